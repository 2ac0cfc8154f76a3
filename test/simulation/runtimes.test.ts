/** What a runtime adds to a container: memory, CPU, time, and the wall it puts up. */
import { describe, expect, it } from 'vitest';
import type { RuntimeType } from '#simulation/model/definitions.ts';
import { elementId } from '#simulation/model/ids.ts';
import { bytes, coreSeconds, cores, fraction, seconds } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, engine, engineType, GiB, host, process as job, MiB, named, os, runtimeType, type Sketch, topology } from './topology-builder.ts';

/** An engine that takes 4 MiB, 0.2 s and 0.1 core-s for a container; a guest system of 30 MiB that boots in 1 s and 0.5 core-s. */
const linux = { ...os('linux', 'linux', 30 * MiB), boot: seconds(1), bootWork: coreSeconds(0.5) };
const docker = engineType('docker', { memoryPerContainer: bytes(4 * MiB), start: seconds(0.2), startWork: coreSeconds(0.1) });
const boxed = runtimeType('boxed', {
    class: 'sandbox',
    memoryPerContainer: bytes(20 * MiB),
    cpu: fraction(0.25),
    start: seconds(0.3),
    startWork: coreSeconds(0.4),
});
const own = runtimeType('own', { class: 'kernel', memoryPerContainer: bytes(100 * MiB), start: seconds(0.3), startWork: coreSeconds(0.4) });

function run(runtime: RuntimeType, given: Parameters<typeof container>[1] = {}, inside: readonly Sketch[] = [], cpu = 4) {
    const definitions = { operatingSystems: named(linux, os('debian', 'linux')), engineTypes: named(docker), runtimeTypes: named(runtime) };
    const hosts = [
        host('h', { cpu: cores(cpu), memory: bytes(GiB), os: { name: 'debian' } }, [
            engine('docker', {}, [container('c', { runtime: runtime.name, ...given }, inside)]),
        ]),
    ];
    const result = simulate(topology(hosts, definitions));
    return { result, of: (path: string) => result.elements.get(elementId(path)) ?? {} };
}
const works = (amount: number, memory = 0) => job('p', { cpu: cores(amount), threads: 8, memory: bytes(memory) });

describe('a runtime', () => {
    it('adds memory to what the engine takes', () => {
        const { of } = run(boxed, { memoryLimit: bytes(200 * MiB) }, [works(1, 100 * MiB)]);
        expect(of('h.docker.c').memory).toMatchObject({ used: 124 * MiB, overhead: 24 * MiB, committed: 200 * MiB });
    });

    it('with a kernel of its own adds the idle system, and is promised its limit and all that beside it', () => {
        const { of } = run(own, { memoryLimit: bytes(200 * MiB) }, [works(1, 100 * MiB)]);
        const beside = (4 + 100 + 30) * MiB;
        expect(of('h.docker.c').memory).toMatchObject({ used: 100 * MiB + beside, overhead: beside, committed: 200 * MiB + beside });
        expect(of('h.docker.c').memory?.parts).toEqual([
            { label: "the runtime's share", origin: 'containers', bytes: 104 * MiB },
            { label: 'p', origin: 'carried', element: 'h.docker.c.p', bytes: 100 * MiB },
            { label: 'linux, idle', origin: 'system', bytes: 30 * MiB },
        ]);
    });

    it('takes CPU on top of what the processes get', () => {
        // 2 cores of work cost 2 · 1.25.
        const { of } = run(boxed, {}, [works(2)]);
        expect(of('h.docker.c.p').cpu).toMatchObject({ demand: 2, granted: 2, throttled: 0, contended: 0 });
        expect(of('h.docker.c').cpu).toMatchObject({ demand: 2.5, granted: 2.5, overhead: 0.5 });
        expect(of('h').cpu).toMatchObject({ granted: 2.5, overhead: 0.5 });
    });

    it('takes its CPU from under the limit of the container', () => {
        // A limit of 1 core leaves 1 / 1.25 = 0.8 for the processes, which want 2: 60 % are cut.
        const { of } = run(boxed, { cpuLimit: cores(1) }, [works(2)]);
        expect(of('h.docker.c.p').cpu?.granted).toBeCloseTo(0.8, 12);
        expect(of('h.docker.c.p').cpu?.throttled).toBeCloseTo(0.6, 12);
        expect(of('h.docker.c').cpu).toMatchObject({ granted: 1, bound: { by: 'limit' } });
    });

    it('shares a short host by what it takes, not by what the processes get', () => {
        // 4 cores of work cost 5 and there are 4: the processes get 4 / 1.25.
        const { of } = run(boxed, {}, [works(4)]);
        expect(of('h.docker.c.p').cpu?.granted).toBeCloseTo(3.2, 12);
        expect(of('h.docker.c.p').cpu?.contended).toBeCloseTo(0.2, 12);
        expect(of('h').cpu?.headroom).toBe(0);
    });

    it('adds to the start of a container', () => {
        // 0.2 s + 0.3 s of latency, 0.1 + 0.4 core-s on one thread; on half a CPU the work takes twice as long.
        expect(run(boxed).of('h.docker.c').readyAt).toBeCloseTo(1, 12);
        expect(run(boxed, {}, [], 0.5).of('h.docker.c').readyAt).toBeCloseTo(1.5, 12);
    });

    it('with a kernel of its own boots it as well, unless the text says how long it all takes', () => {
        // 0.2 + 0.3 + 1 s of latency, 0.1 + 0.4 + 0.5 core-s.
        expect(run(own).of('h.docker.c').readyAt).toBeCloseTo(2.5, 12);
        expect(run(own, { boot: seconds(7) }).of('h.docker.c').readyAt).toBe(7);
    });

    it('decides on whose kernel a container runs', () => {
        expect(run(own, {}, [works(1)]).result.kernels).toContainEqual({ kernel: 'h.docker.c', family: 'linux', members: ['h.docker.c'] });
        expect(run(boxed, {}, [works(1)]).of('h.docker.c').kernel).toBe('h');
    });

    it('that nobody defined is no runtime of its own', () => {
        const { of } = run(own, { runtime: 'unheard-of' }, [works(1)]);
        expect(of('h.docker.c').memory).toMatchObject({ overhead: 4 * MiB });
        expect(of('h.docker.c').kernel).toBe('h');
    });
});
