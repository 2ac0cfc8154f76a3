/** Memory and disk space: what is used, what it may come to, and where it comes from. */
import { describe, expect, it } from 'vitest';
import { elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { bytes, fraction } from '#simulation/model/units.ts';
import { interpolate } from '#simulation/resources/overhead-table.ts';
import { simulate } from '#simulation/simulate.ts';
import {
    catalog,
    container,
    disk,
    engine,
    engineType,
    GiB,
    host,
    hypervisor,
    process as job,
    MiB,
    named,
    os,
    slice,
    topology,
    vm,
} from './topology-builder.ts';

const holds = (name: string, memory: number, replicas?: number) => job(name, { memory: bytes(memory), ...(replicas === undefined ? {} : { replicas }) });
const memoryOf = (result: Result, path: string) => result.elements.get(elementId(path))?.memory ?? {};
const diskOf = (result: Result, path: string) => result.elements.get(elementId(path))?.disk ?? {};

describe('memory', () => {
    it('of a container is its processes and the share of the runtime', () => {
        const types = { engineTypes: named(engineType('docker', { memoryPerContainer: bytes(4 * MiB), memory: bytes(50 * MiB) })) };
        const inside = [container('web', { replicas: 3, memoryLimit: bytes(256 * MiB) }, [holds('nginx', 100 * MiB, 2)]), container('dark', {})];
        const result = simulate(topology([host('h', { memory: bytes(GiB) }, [engine('docker', {}, inside)])], types));
        expect(memoryOf(result, 'h.docker.web')).toMatchObject({ used: 204 * MiB, committed: 256 * MiB, overhead: 4 * MiB, limit: 256 * MiB });
        // Three replicas of web, the share of a container that nobody described, the daemon.
        expect(memoryOf(result, 'h.docker').used).toBe(3 * 204 * MiB + 4 * MiB + 50 * MiB);
        expect(memoryOf(result, 'h.docker').committed).toBe(3 * 256 * MiB + 4 * MiB + 50 * MiB);
        expect(memoryOf(result, 'h.docker.dark').used).toBeUndefined();
    });

    it('of a VM is what its guest has touched, at most its size, and the overhead', () => {
        const debian = GiB / 4;
        const guests = [
            vm('small', { memory: bytes(2 * GiB), os: { name: 'debian' } }, [holds('p', GiB)]),
            vm('full', { memory: bytes(GiB), os: { name: 'debian' } }, [holds('p', 2 * GiB)]),
        ];
        const result = simulate(
            topology([
                host('h', { memory: bytes(8 * GiB), os: { name: 'debian' } }, [
                    hypervisor('kvm', { overheadMemory: bytes(100 * MiB), ownMemory: bytes(10 * MiB) }, guests),
                ]),
            ]),
        );
        expect(memoryOf(result, 'h.kvm.small')).toMatchObject({
            used: GiB + debian + 100 * MiB,
            committed: 2 * GiB + 100 * MiB,
            capacity: 2 * GiB,
            headroom: 1 - 1.25 / 2,
        });
        expect(memoryOf(result, 'h.kvm.full')).toMatchObject({ used: GiB + 100 * MiB, headroom: 1 - 2.25 });
        const used = 2.25 * GiB + 200 * MiB + 10 * MiB;
        expect(memoryOf(result, 'h.kvm').used).toBe(used);
        expect(memoryOf(result, 'h')).toMatchObject({ used: used + debian, committed: 3 * GiB + 210 * MiB + debian });
    });

    it('says where it comes from, and the parts add up', () => {
        const guests = [vm('v', { memory: bytes(GiB), os: { name: 'debian' }, replicas: 2 }, [holds('p', 2 * GiB)])];
        const result = simulate(
            topology([
                host('h', { memory: bytes(8 * GiB), os: { name: 'debian' } }, [
                    hypervisor('kvm', { ownMemory: bytes(MiB) }, guests),
                    slice('s', {}, [holds('q', MiB)]),
                ]),
            ]),
        );
        for (const [path, { memory }] of result.elements) {
            const sum = (memory?.parts ?? []).reduce((total, part) => total + part.bytes, 0);
            expect(sum, path).toBe(memory?.used ?? 0);
        }
        expect(memoryOf(result, 'h').parts?.[0]).toMatchObject({ label: 'kvm', element: 'h.kvm' });
    });

    it('of a slice promises at most its limit', () => {
        const result = simulate(
            topology([host('h', { memory: bytes(GiB) }, [slice('s', { memoryLimit: bytes(50 * MiB) }, [holds('a', 40 * MiB), holds('b', 40 * MiB)])])]),
        );
        expect(memoryOf(result, 'h.s')).toMatchObject({ used: 80 * MiB, committed: 50 * MiB });
    });

    it('takes the peak of phases and of what they grow to', () => {
        const phase = {
            name: 'a',
            cpu: 0,
            memory: bytes(GiB),
            memoryTo: bytes(3 * GiB),
            read: 0,
            write: 0,
            iops: 0,
            receive: 0,
            send: 0,
            dirty: 0,
            end: { kind: 'for', time: 1 },
        };
        const result = simulate(topology([host('h', {}, [job('p', { memory: bytes(9 * GiB), phases: [phase] as never })])]));
        expect(memoryOf(result, 'h.p').used).toBe(3 * GiB);
    });

    it('is not used by what does not start by itself', () => {
        const guests = [vm('off', { memory: bytes(GiB), autostart: false }, [holds('p', GiB)])];
        const result = simulate(topology([host('h', { memory: bytes(GiB) }, [hypervisor('kvm', {}, guests)])]));
        expect(memoryOf(result, 'h')).toMatchObject({ used: 0, committed: 0 });
    });
});

describe("a vendor's table", () => {
    // Two points each way: 10 + 2 a GiB beyond the first and 3 a vCPU beyond the first.
    const cells = (first: number) => [
        { vcpus: 1, overhead: bytes(first) },
        { vcpus: 2, overhead: bytes(first + 3) },
    ];
    const rows = [
        { memory: bytes(GiB), cells: cells(10) },
        { memory: bytes(2 * GiB), cells: cells(12) },
    ];
    it.each([
        ['at a point', GiB, 2, 13],
        ['between points', 1.5 * GiB, 1.5, 12.5],
        ['beyond the last', 4 * GiB, 4, 10 + 3 * 2 + 3 * 3],
        ['below the first', 0, 1, 8],
    ])('is read %s', (_, memory, vcpus, overhead) => expect(interpolate(rows, memory, vcpus)).toBeCloseTo(overhead, 9));

    it('of one point is a constant, of none is nothing', () => {
        expect(interpolate([{ memory: bytes(GiB), cells: [{ vcpus: 1, overhead: bytes(7) }] }], 5 * GiB, 9)).toBe(7);
        expect(interpolate([], GiB, 1)).toBe(0);
    });
});

describe('overhead by formula', () => {
    it('grows with vCPUs and memory', () => {
        const kvm = {
            ...catalog.hypervisorTypes.get('kvm'),
            memory: { kind: 'formula', base: bytes(100), perVcpu: bytes(10), perMemory: fraction(0.5) },
        } as never;
        const result = simulate(
            topology([host('h', {}, [hypervisor('kvm', {}, [vm('v', { vcpus: 4, memory: bytes(1000) })])])], { hypervisorTypes: named(kvm) }),
        );
        expect(memoryOf(result, 'h.kvm.v').overhead).toBe(100 + 40 + 500);
    });
});

describe('disk space', () => {
    it('holds each image once an engine, and systems where they are installed', () => {
        const systems = { operatingSystems: new Map([['linux', { ...os('linux', 'linux'), disk: bytes(GiB) }]]) };
        const web = (name: string) => container(name, { image: { reference: 'nginx', definition: 'nginx' } });
        const guest = vm('v', { replicas: 2 }, [disk('root', { size: bytes(20 * GiB) }), engine('docker', {}, [web('a')])]);
        const hosts = [
            host('h', {}, [
                disk('ssd', { size: bytes(50 * GiB) }),
                disk('hdd', { size: bytes(50 * GiB) }),
                hypervisor('kvm', {}, [guest]),
                engine('docker', {}, [web('a'), web('b')]),
            ]),
        ];
        const result = simulate(topology(hosts, systems));
        expect(diskOf(result, 'h.docker.a').used).toBe(100 * MiB);
        expect(diskOf(result, 'h.docker').used).toBe(100 * MiB);
        expect(diskOf(result, 'h.kvm.v')).toMatchObject({ used: GiB + 100 * MiB, capacity: 20 * GiB });
        expect(diskOf(result, 'h').used).toBe(GiB + 100 * MiB + 2 * (GiB + 100 * MiB));
        expect(diskOf(result, 'h.ssd').used).toBe(diskOf(result, 'h').used);
        expect(diskOf(result, 'h.hdd').used).toBe(0);
    });
});
