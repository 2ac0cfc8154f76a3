/** Virtual machines that products bring along, and what runs in them. */
import { describe, expect, it } from 'vitest';
import { complete } from '#simulation/model/complete.ts';
import { elementId } from '#simulation/model/ids.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, engine, GiB, host, process as job, pod, type Sketch, slice, topology } from './topology-builder.ts';

const linux = (name: string) => container(name, { image: { reference: 'nginx', definition: 'nginx' } }, [job('p', { cpu: cores(1), memory: bytes(GiB) })]);
const windows = (name: string) => container(name, { image: { reference: 'iis', definition: 'iis' } });
const on = (os: string, inside: readonly Sketch[]) => simulate(topology([host('h', { cpu: cores(8), memory: bytes(16 * GiB), os: { name: os } }, inside)]));
const kernelOf = (result: ReturnType<typeof on>, path: string) => result.elements.get(elementId(path))?.kernel;
const codes = (result: ReturnType<typeof on>) => result.findings.map(({ code, subject }) => `${code} ${subject}`);

describe('an engine on another system', () => {
    it('brings a virtual machine where images need it, sized by its carrier', () => {
        const result = on('macos', [engine('docker', {}, [linux('web')])]);
        const vm = result.topology.elements.get(elementId('h.docker.vm'));
        expect(vm).toMatchObject({ kind: 'vm', implicit: true, vcpus: 8, memory: 8 * GiB, parent: 'h.docker', os: { name: 'linux' } });
        expect(kernelOf(result, 'h.docker.web')).toBe('h.docker.vm');
        expect(kernelOf(result, 'h.docker')).toBe('h');
        expect(result.elements.get(elementId('h.docker.web'))).toMatchObject({ carrier: 'h.docker.vm', cpu: { granted: 1 } });
        expect([...result.topology.elements.keys()].indexOf(elementId('h.docker.vm'))).toBe(2);
    });

    it('is sized by the text where it says so', () => {
        const result = on('macos', [engine('docker', { vm: { vcpus: 2, memory: bytes(GiB / 2) } }, [linux('web')])]);
        expect(result.topology.elements.get(elementId('h.docker.vm'))).toMatchObject({ vcpus: 2, memory: GiB / 2 });
        expect(codes(result)).toEqual(['memory-capacity h.docker.vm']);
    });

    it('brings none where its kernel will do', () => {
        const result = on('linux', [engine('docker', {}, [linux('web')])]);
        expect(result.topology.elements.has(elementId('h.docker.vm'))).toBe(false);
        expect(kernelOf(result, 'h.docker.web')).toBe('h');
    });

    it('runs each image on its own kernel on Windows', () => {
        const result = on('windows-server', [engine('docker', {}, [linux('web'), windows('iis')])]);
        expect(kernelOf(result, 'h.docker.web')).toBe('h.docker.vm');
        expect(kernelOf(result, 'h.docker.iis')).toBe('h');
        expect(codes(result)).toEqual([]);
        expect(result.kernels.map(({ kernel, family, members }) => [kernel, family, members])).toEqual([
            ['h', 'windows', ['h.docker.iis']],
            ['h.docker.vm', 'linux', ['h.docker.web']],
        ]);
    });

    it('always has its machine where its type says so, even on Linux and even empty', () => {
        const result = on('linux', [engine('docker-desktop', {}, [linux('web')])]);
        expect(kernelOf(result, 'h.docker-desktop.web')).toBe('h.docker-desktop.vm');
        expect(on('linux', [engine('docker-desktop', {}, [])]).topology.elements.has(elementId('h.docker-desktop.vm'))).toBe(true);
    });

    it('takes slices and pods along with the containers in them', () => {
        const result = on('macos', [engine('docker', {}, [slice('s', { cpuLimit: cores(0.5) }, [pod('p', {}, [linux('web')])])])]);
        expect(result.elements.get(elementId('h.docker.s'))).toMatchObject({ carrier: 'h.docker.vm', kernel: 'h.docker.vm' });
        expect(result.elements.get(elementId('h.docker.s.p.web'))?.cpu).toMatchObject({ granted: 0.5, bound: { by: 'limit', at: 'h.docker.s' } });
    });

    it('is completed once', () => {
        const once = complete(topology([host('h', { os: { name: 'macos' } }, [engine('docker', {}, [linux('web')])])]));
        expect(complete(once)).toBe(once);
    });

    it('does not change the topology that it is given', () => {
        const given = topology([host('h', { os: { name: 'macos' } }, [engine('docker', {}, [linux('web')])])]);
        const before = structuredClone(given);
        simulate(given);
        expect(given).toEqual(before);
    });
});

describe('an image that no kernel there can run', () => {
    it('is an error with what a fix needs', () => {
        const result = on('linux', [engine('docker', {}, [windows('iis')])]);
        expect(result.findings).toMatchObject([
            {
                code: 'os-family',
                severity: 'error',
                subject: 'h.docker.iis',
                statement: 'image',
                facts: { required: 'windows', offered: 'linux', host: 'h', engine: 'h.docker' },
            },
        ]);
    });

    it('is an error under Docker Desktop too, whose machine is Linux', () => {
        expect(codes(on('macos', [engine('docker-desktop', {}, [windows('iis')])]))).toEqual(['os-family h.docker-desktop.iis']);
    });

    it('is an error under an engine that knows one kernel only', () => {
        expect(codes(on('windows-server', [engine('lxc', {}, [linux('web')])]))).toEqual(['os-family h.lxc.web']);
    });
});
