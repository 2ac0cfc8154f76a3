/** Whatever the text says, results are finite numbers, in bounded time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementId } from '#simulation/model/ids.ts';
import { allInstances } from '#simulation/model/instances.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { bytes, bytesPerSecond, cores, fraction, seconds } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, disk, engine, GiB, host, hypervisor, process as job, nic, type Sketch, slice, topology, vm } from './topology-builder.ts';

/** Every number in a value, with its path. */
function* numbersIn(value: unknown, path: string): Generator<readonly [string, number]> {
    if (typeof value === 'number') yield [path, value];
    else if (value instanceof Map) for (const [key, inner] of value) yield* numbersIn(inner, `${path}.${key}`);
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) yield* numbersIn(inner, `${path}.${key}`);
}

const absurd = fc.constantFrom(0, 1e-300, 1e-9, 0.1, 1, 3, 1e9, 1e18, 1e300, Number.MAX_VALUE);
const count = fc.constantFrom<number | undefined>(undefined, 0, 1, 2, 1e9);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const absurdHost: fc.Arbitrary<Sketch> = fc
    .record({
        cpu: optional(absurd),
        memory: optional(absurd),
        replicas: fc.array(count, { minLength: 6, maxLength: 6 }),
        demand: absurd,
        threads: optional(absurd),
        weight: absurd,
        limit: optional(absurd),
        reserve: absurd,
        overhead: optional(absurd),
        vcpus: optional(absurd),
        held: absurd,
        set: optional(fc.subarray([0, 1, 2, 1e9])),
        boot: optional(absurd),
        os: fc.constantFrom('linux', 'macos', 'debian', 'nobody-knows'),
    })
    .map(({ cpu, memory, replicas, demand, threads, weight, limit, reserve, overhead, vcpus, held, set, boot, os }) => {
        const copies = (place: number) => (replicas[place] === undefined ? {} : { replicas: replicas[place] });
        const moved = { read: bytesPerSecond(held), iops: demand, send: bytesPerSecond(demand) };
        const busy = (name: string) => job(name, { cpu: cores(demand), memory: bytes(held), ...moved, ...(threads === undefined ? {} : { threads }) });
        const controls = {
            cpuWeight: weight,
            cpuReserve: cores(reserve),
            memoryReserve: bytes(reserve),
            ioWeight: weight,
            ...(limit === undefined ? {} : { cpuLimit: cores(limit), memoryLimit: bytes(limit), ioLimit: bytesPerSecond(limit) }),
            ...(set === undefined ? {} : { cpuSet: set }),
        };
        const inside = [
            engine('docker', { cpuWeight: weight }, [
                container('c', { ...controls, ...copies(0) }, [busy('p')]),
                slice('s', { ...controls, ...copies(1) }, [container('d', copies(2), [])]),
            ]),
        ];
        const size = {
            ...(vcpus === undefined ? {} : { vcpus }),
            ...(memory === undefined ? {} : { memory: bytes(memory) }),
            cpuReserve: cores(reserve),
            ...(limit === undefined ? {} : { cpuLimit: cores(limit) }),
        };
        const cost = overhead === undefined ? {} : { overheadCpu: fraction(overhead), overheadMemory: bytes(overhead), ownMemory: bytes(overhead) };
        const guests = [
            hypervisor('kvm', { ...cost, overcommitCpu: weight, overcommitMemory: weight, cpuWeight: weight }, [
                vm('v', { ...size, ...copies(3) }, [disk('root', { size: bytes(held) }), ...inside]),
            ]),
        ];
        const machine = {
            ...(cpu === undefined ? {} : { cpu: cores(cpu) }),
            ...(memory === undefined ? {} : { memory: bytes(memory) }),
            ...(boot === undefined ? {} : { boot: seconds(boot) }),
            os: { name: os },
        };
        return host('h', { ...machine, ...copies(4) }, [
            disk('ssd', { size: bytes(held), bandwidth: bytesPerSecond(reserve), ...(limit === undefined ? {} : { iops: limit }) }),
            nic('eth0', { bandwidth: bytesPerSecond(reserve) }),
            ...guests,
            ...inside,
            slice('t', { ...controls, ...copies(5) }, [busy('q')]),
        ]);
    });

describe('absurd figures', () => {
    it('give finite numbers', () => {
        fc.assert(
            fc.property(absurdHost, (sketch) => {
                const { elements, findings, cost } = simulate(topology([sketch]));
                for (const [path, value] of numbersIn({ elements, findings, cost }, '')) expect(Number.isFinite(value), `${path} is ${value}`).toBe(true);
            }),
            { numRuns: 400 },
        );
    });

    it('give fractions that are fractions, and nobody more than it wants', () => {
        fc.assert(
            fc.property(absurdHost, (sketch) => {
                for (const [id, { cpu, io, network }] of simulate(topology([sketch])).elements) {
                    for (const traffic of [io, network]) expect(traffic?.granted ?? 0, id).toBeLessThanOrEqual((traffic?.demand ?? 0) * (1 + 1e-9));
                    for (const share of [cpu?.throttled, cpu?.contended, cpu?.headroom]) {
                        expect(share ?? 0, id).toBeGreaterThanOrEqual(0);
                        expect(share ?? 0, id).toBeLessThanOrEqual(1);
                    }
                    if (cpu?.granted !== undefined && cpu.demand !== undefined) expect(cpu.granted, id).toBeLessThanOrEqual(cpu.demand * (1 + 1e-9));
                }
            }),
            { numRuns: 400 },
        );
    });
});

describe('large topologies', () => {
    it('of a thousand million replicas cost what one does', () => {
        const result = simulate(topology([host('h', { cpu: cores(4), replicas: 1e9 }, [slice('s', { replicas: 1e9 }, [job('p', { cpu: cores(1) })])])]));
        expect(result.elements.get(elementId('h.s'))?.cpu?.granted).toBeCloseTo(4e-9, 15);
        expect(result.cost).toEqual({ elements: 1e9 + 2e18, distinct: 3, events: 0 });
        const [first, second] = allInstances(indexTopology(result.topology));
        expect([first?.path, second?.path]).toEqual(['h[1]', 'h[1].s[1]']);
    });

    it('nest as deep as they like', () => {
        let nested = job('p', { cpu: cores(3), memory: bytes(GiB) });
        for (let depth = 0; depth < 10_000; depth++) nested = slice('s', depth % 2 === 0 ? { cpuSet: [0, 1] } : {}, [nested]);
        const result = simulate(topology([host('h', { cpu: cores(2) }, [nested])]));
        expect(result.elements.get(elementId('h.s'))?.cpu).toMatchObject({ demand: 3, granted: 2 });
        expect(Array.from(allInstances(indexTopology(result.topology)))).toHaveLength(10_002);
    });

    it('are left off when they are told to', () => {
        let asked = 0;
        const one = topology([host('h', {}, [job('p')])]);
        expect(simulate(one, { shouldStop: () => true })).toBe('stopped');
        expect(simulate(one, { shouldStop: () => ++asked > 2 })).toBe('stopped');
        expect(simulate(one, {})).not.toBe('stopped');
    });
});
