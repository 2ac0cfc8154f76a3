/** The ways to run the same workloads: figures derived by hand, and the ways agree with topologies that people wrote. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '#simulation/comparison/compare.ts';
import type { Comparison, WayFigures, WayName } from '#simulation/comparison/comparison.ts';
import { wayNames } from '#simulation/comparison/comparison.ts';
import type { Definitions } from '#simulation/model/definitions.ts';
import { elementId, type IndexRange } from '#simulation/model/ids.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { bytes, cores, fraction, seconds } from '#simulation/model/units.ts';
import { topologies } from '../../helpers/topology-sketches.ts';
import {
    bareHost,
    catalog,
    container,
    disk,
    engine,
    engineType,
    GiB,
    host,
    hypervisor,
    hypervisorType,
    process as job,
    MiB,
    named,
    os,
    runtimeType,
    type Sketch,
    slice,
    topology,
    vm,
} from '../topology-builder.ts';

const formula = (base: number) => ({ kind: 'formula', base: bytes(base), perVcpu: bytes(0), perMemory: fraction(0) }) as const;
const runsEverywhere = catalog.engineTypes.get('docker')?.runs ?? [];

/** Round figures, all different. */
const library: Definitions = {
    ...catalog,
    operatingSystems: named(
        { ...os('debian', 'linux', 256 * MiB), disk: bytes(GiB), boot: seconds(10) },
        { ...os('linux', 'linux', 32 * MiB), boot: seconds(1) },
        os('windows-server', 'windows', 2 * GiB),
        os('macos', 'macos', 4 * GiB),
    ),
    hypervisorTypes: named(
        hypervisorType('kvm', { memory: formula(100 * MiB), cpu: fraction(0.1), start: seconds(0.5) }),
        hypervisorType('firecracker', { memory: formula(4 * MiB), cpu: fraction(0.05), start: seconds(0.25) }),
        hypervisorType('esxi', { class: 'native', memory: formula(50 * MiB) }),
        hypervisorType('virtualbox', { class: 'hosted' }),
    ),
    engineTypes: named(
        engineType('docker', { memoryPerContainer: bytes(4 * MiB), start: seconds(0.2), runs: runsEverywhere, vm: 'when-needed' }),
        engineType('docker-desktop', { runs: runsEverywhere, vm: 'always' }),
    ),
    runtimeTypes: named(
        runtimeType('runc', {}),
        runtimeType('gvisor', { class: 'sandbox', memoryPerContainer: bytes(20 * MiB), cpu: fraction(0.25), start: seconds(0.1) }),
        runtimeType('kata', { class: 'kernel', memoryPerContainer: bytes(100 * MiB), cpu: fraction(0.1), start: seconds(0.3) }),
    ),
};

const busy = (name: string, cpu: number, memory: number) => job(name, { cpu: cores(cpu), memory: bytes(memory) });
const server = (inside: readonly Sketch[]) => host('h', { cpu: cores(8), memory: bytes(16 * GiB), os: { name: 'debian' } }, inside);

function compared(made: Topology, ...paths: readonly (string | readonly [string, ...IndexRange[]])[]): Comparison {
    const selection = paths.map((path) =>
        typeof path === 'string' ? { element: elementId(path), ranges: [] } : { element: elementId(path[0]), ranges: path.slice(1) as IndexRange[] },
    );
    return compare(made, selection, library);
}

const hosts = (...sketches: readonly Sketch[]): Topology => topology(sketches, library);

/** The figures of a way that must be possible. */
function figures({ ways }: Comparison, name: WayName): WayFigures {
    const way = ways.find((candidate) => candidate.name === name);
    if (way?.kind !== 'possible') throw new Error(`${name} is ${way === undefined ? 'missing' : way.because.join('; ')}`);
    return way.figures;
}

/** Two replicas of a container with 1 core and 1 GiB, one with 2 cores and 2 GiB: together 4 cores, 4 GiB. */
const services = server([engine('docker', {}, [container('web', { replicas: 2 }, [busy('p', 1, GiB)]), container('db', {}, [busy('p', 2, 2 * GiB)])])]);

describe('three workloads of 4 cores and 4 GiB on a host of 8 cores and 16 GiB', () => {
    const comparison = compared(hosts(services), 'h.docker');

    it('are the three that were selected', () => {
        expect(comparison.host).toBe('h');
        expect(comparison.workloads).toEqual([
            { name: 'web', element: 'h.docker.web', replicas: 2, family: 'linux', isKnown: true },
            { name: 'db', element: 'h.docker.db', replicas: 1, family: 'linux', isKnown: true },
        ]);
        expect(comparison.ways.map(({ name }) => name)).toEqual(wayNames);
    });

    it('need three bare hosts, each with a system of its own', () => {
        const systems = 3 * 256 * MiB;
        expect(figures(comparison, 'bare')).toEqual({
            hosts: 3,
            memory: { used: 4 * GiB + systems, committed: 4 * GiB + systems, workloads: 4 * GiB, systems, virtualisation: 0, containers: 0 },
            disk: { used: 3 * GiB, systems: 3 * GiB },
            cpu: { granted: 4, overhead: 0, overheadShare: 0 },
            ready: { at: 10, start: 10 },
            idle: { cpu: 3 * 8 - 4, memory: 3 * 16 * GiB - 4 * GiB - systems, inGuests: 0 },
            kernels: { count: 3, families: ['linux'], runs: ['linux', 'macos', 'windows'] },
            wall: { wall: 'machine', because: expect.stringContaining('different machines') },
            crash: { falls: 1, of: 3, isHost: true },
        });
    });

    it('cost as VMs a guest system and a monitor each, and a tenth of the CPU', () => {
        const systems = 4 * 256 * MiB;
        const used = 4 * GiB + systems + 300 * MiB;
        const way = figures(comparison, 'vms');
        // Guests are just large enough: all they were promised is used.
        expect(way.memory).toEqual({ used, committed: used, workloads: 4 * GiB, systems, virtualisation: 300 * MiB, containers: 0 });
        expect(way.disk).toEqual({ used: 4 * GiB, systems: 4 * GiB });
        expect(way.cpu.granted).toBeCloseTo(4.4, 12);
        expect(way.cpu.overhead).toBeCloseTo(0.4, 12);
        expect(way.cpu.overheadShare).toBeCloseTo(0.1, 12);
        // The host's 10 s, the monitor's 0.5 s, the guest's 10 s.
        expect(way.ready).toEqual({ at: 20.5, start: 10.5 });
        // A copy takes 4096 + 3 · 256 + 300 MiB beside the host's 256: (16384 − 256) / 5164 = 3.1. CPU: 8 / 4.4 = 1.8; vCPUs: 8 / (1 + 1 + 2).
        expect(way.fit).toEqual({ memory: { used: 3, committed: 3 }, cpu: { used: 1, committed: 2 } });
        expect(way.idle).toMatchObject({ memory: 16 * GiB - used, inGuests: 0 });
        expect(way.idle.cpu).toBeCloseTo(3.6, 12);
        expect(way.kernels).toEqual({ count: 3, families: ['linux'], runs: ['linux', 'macos', 'windows'] });
        expect(way.wall.wall).toBe('kernel');
        expect(way.crash).toEqual({ falls: 1, of: 3, isHost: false });
    });

    it('share as containers one kernel and fall together', () => {
        const used = (4096 + 256 + 12) * MiB;
        const way = figures(comparison, 'containers');
        expect(way.memory).toEqual({ used, committed: used, workloads: 4 * GiB, systems: 256 * MiB, virtualisation: 0, containers: 12 * MiB });
        expect(way.cpu).toEqual({ granted: 4, overhead: 0, overheadShare: 0 });
        expect(way.ready.at).toBeCloseTo(10.2, 12);
        expect(way.ready.start).toBeCloseTo(0.2, 12);
        // (16384 − 256) / (4096 + 12) = 3.9; 8 / 4; containers without reserves are promised no CPU.
        expect(way.fit).toEqual({ memory: { used: 3, committed: 3 }, cpu: { used: 2, committed: 'unbounded' } });
        expect(way.kernels).toEqual({ count: 1, families: ['linux'], runs: ['linux'] });
        expect(way.wall.wall).toBe('namespace');
        expect(way.crash).toEqual({ falls: 3, of: 3, isHost: true });
    });

    it('pay for a sandbox each in memory and CPU', () => {
        const way = figures(comparison, 'gvisor');
        expect(way.memory).toMatchObject({ systems: 256 * MiB, containers: 3 * 24 * MiB, virtualisation: 0 });
        expect(way.cpu).toEqual({ granted: 5, overhead: 1, overheadShare: 0.25 });
        expect(way.ready.start).toBeCloseTo(0.3, 12);
        expect(way.fit?.cpu.used).toBe(1);
        expect(way.wall.wall).toBe('sandbox');
        expect(way.crash).toEqual({ falls: 3, of: 3, isHost: true });
    });

    it('get from Kata a small system and kernel each', () => {
        const way = figures(comparison, 'kata');
        expect(way.memory).toMatchObject({ systems: (256 + 3 * 32) * MiB, containers: 3 * 104 * MiB, virtualisation: 0 });
        // 0.2 s of the engine, 0.3 s of the runtime, 1 s of the guest's system.
        expect(way.ready.start).toBeCloseTo(1.5, 12);
        expect(way.cpu.overheadShare).toBeCloseTo(0.1, 12);
        expect(way.kernels).toMatchObject({ count: 3, runs: ['linux'] });
        expect(way.wall.wall).toBe('kernel');
        expect(way.crash).toEqual({ falls: 1, of: 3, isHost: false });
    });

    it('get the same from Firecracker for less memory', () => {
        const way = figures(comparison, 'firecracker');
        expect(way.memory).toMatchObject({ systems: (256 + 3 * 32) * MiB, virtualisation: 12 * MiB, containers: 0 });
        expect(way.ready.start).toBeCloseTo(1.25, 12);
        expect(way.cpu.overheadShare).toBeCloseTo(0.05, 12);
        expect(way.wall.wall).toBe('kernel');
    });

    it('rest on these definitions', () => {
        expect(comparison.uses.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
            'os debian',
            'hypervisor-type kvm',
            'engine-type docker',
            'runtime-type runc',
            'runtime-type gvisor',
            'runtime-type kata',
            'os linux',
            'hypervisor-type firecracker',
        ]);
    });
});

describe('a selection', () => {
    const made = hosts(services);

    it('may be some replicas', () => {
        expect(compared(made, ['h.docker.web', { first: 2, last: 2 }]).workloads).toMatchObject([{ name: 'web', replicas: 1 }]);
        const both = compared(made, ['h.docker.web', { first: 1, last: 1 }], ['h.docker.web', { first: 2, last: 2 }]);
        expect(both.workloads).toMatchObject([{ name: 'web', replicas: 2 }]);
    });

    it('names nothing twice', () => {
        expect(compared(made, 'h', 'h.docker.web', 'h').workloads.map(({ replicas }) => replicas)).toEqual([2, 1]);
    });

    it('may be one process of a container, which leaves the others behind', () => {
        const two = hosts(server([engine('docker', {}, [container('c', {}, [busy('a', 1, GiB), busy('b', 3, 3 * GiB)])])]));
        const comparison = compared(two, 'h.docker.c.a');
        expect(comparison.workloads).toMatchObject([{ name: 'c', element: 'h.docker.c' }]);
        expect(figures(comparison, 'containers').memory.workloads).toBe(GiB);
        expect(figures(comparison, 'vms').memory.workloads).toBe(GiB);
    });

    it('may be processes outside containers, replicas of hosts, guests and slices counted', () => {
        const guests = hypervisor('kvm', {}, [
            vm('v', { replicas: 3, vcpus: 8, memory: bytes(8 * GiB), os: { name: 'debian' } }, [
                slice('s', {}, [job('p', { replicas: 2, memory: bytes(GiB) })]),
            ]),
        ]);
        const many = hosts(host('h', { replicas: 2, cpu: cores(32), memory: bytes(64 * GiB), os: { name: 'debian' } }, [guests]));
        expect(compared(many, 'h').workloads).toMatchObject([{ name: 'p', replicas: 12 }]);
        expect(figures(compared(many, 'h'), 'containers').memory.workloads).toBe(12 * GiB);
        expect(compared(many, ['h.kvm.v', { first: 1, last: 1 }, { first: 2, last: 3 }]).workloads).toMatchObject([{ replicas: 4 }]);
    });

    it('without a workload compares nothing', () => {
        const idle = hosts(server([disk('ssd', { size: bytes(GiB) }), engine('docker', {}, [container('none', { replicas: 0 }, [busy('p', 1, GiB)])])]));
        const nothing = { workloads: [], ways: [], uses: [] };
        expect(compared(idle, 'h')).toEqual(nothing);
        expect(compared(idle)).toEqual(nothing);
        expect(compared(idle, 'nowhere')).toEqual(nothing);
    });

    it('tells workloads of one name apart', () => {
        const twins = hosts(
            server([
                engine('docker', {}, [container('a', {}, [busy('p', 1, GiB)])]),
                engine('docker', { name: 'other' } as never, [container('a', {}, [busy('p', 1, GiB)])]),
            ]),
        );
        expect(compared(twins, 'h').workloads.map(({ name }) => name)).toEqual(['a', 'a-2']);
        expect(figures(compared(twins, 'h'), 'bare').hosts).toBe(2);
    });
});

describe('limits', () => {
    it('of a container hold in every way', () => {
        const limited = hosts(server([engine('docker', {}, [container('c', { cpuLimit: cores(0.5), memoryLimit: bytes(2 * GiB) }, [busy('p', 2, GiB)])])]));
        const comparison = compared(limited, 'h');
        for (const [way, cost] of [
            ['bare', 1],
            ['vms', 1.1],
            ['containers', 1],
            ['gvisor', 1],
            ['kata', 1],
            ['firecracker', 1.05],
        ] as const)
            expect(figures(comparison, way).cpu.granted, way).toBeCloseTo(0.5 * cost, 12);
        // A guest is given what the limit allows, not what the processes hold.
        expect(figures(comparison, 'vms').memory.committed).toBe((256 + 100 + 256) * MiB + 2 * GiB);
    });
});

describe('a VM', () => {
    const guest = (inside: readonly Sketch[]) =>
        hypervisor('kvm', { overcommitCpu: 2 }, [vm('v', { vcpus: 4, memory: bytes(6 * GiB), os: { name: 'debian' } }, inside)]);

    it('that a workload has to itself keeps its size, and its hypervisor keeps its promises', () => {
        const way = figures(compared(hosts(server([guest([busy('p', 1, GiB)])])), 'h'), 'vms');
        expect(way.memory.committed).toBe(6 * GiB + (100 + 256) * MiB);
        expect(way.idle.inGuests).toBe(5 * GiB - 256 * MiB);
        // 8 cores, promised twice, hold four times 4 vCPUs.
        expect(way.fit?.cpu.committed).toBe(4);
        expect(way.fit?.memory.committed).toBe(2);
    });

    it('that carries several is no measure for one of them', () => {
        const way = figures(compared(hosts(server([guest([busy('p', 1, GiB), busy('q', 1, GiB)])])), 'h'), 'vms');
        expect(way.memory.committed).toBe(2 * (GiB + (256 + 100) * MiB) + 256 * MiB);
    });
});

describe('what nobody described', () => {
    const dark = compared(hosts(server([engine('docker', {}, [container('dark', {}), container('web', {}, [busy('p', 1, GiB)])])])), 'h');

    it('stays unknown, and is never 0', () => {
        expect(dark.workloads.map(({ isKnown }) => isKnown)).toEqual([false, true]);
        for (const way of wayNames) {
            const { memory, cpu, idle, fit } = figures(dark, way);
            expect(Object.keys(memory).sort(), way).toEqual(['containers', 'systems', 'virtualisation']);
            expect([cpu, idle], way).toEqual([{}, {}]);
            if (way !== 'bare') expect(fit?.memory.used).toBe('unknown');
        }
    });

    it('still has a cost, a wall and a start', () => {
        expect(figures(dark, 'containers')).toMatchObject({
            memory: { containers: 8 * MiB, systems: 256 * MiB },
            wall: { wall: 'namespace' },
            crash: { falls: 2, of: 2 },
        });
        expect(figures(dark, 'vms')).toMatchObject({ memory: { virtualisation: 200 * MiB }, ready: { at: 20.5 }, wall: { wall: 'kernel' } });
    });
});

describe('programs of another system', () => {
    const iis = container('iis', { image: { reference: 'iis', definition: 'iis' } }, [busy('w3wp', 1, GiB)]);
    const because = (comparison: Comparison, name: WayName): readonly string[] =>
        comparison.ways.flatMap((way) => (way.name === name && way.kind === 'impossible' ? way.because : []));

    it('run on machines and in VMs of their own, and nowhere else', () => {
        const comparison = compared(hosts(server([engine('docker', {}, [iis])])), 'h.docker.iis');
        expect(figures(comparison, 'bare').kernels.families).toEqual(['windows']);
        expect(figures(comparison, 'vms').memory.systems).toBe(2 * GiB + 256 * MiB);
        expect(because(comparison, 'containers')).toEqual([expect.stringContaining('iis needs a Windows kernel, and h has a Linux one')]);
        for (const way of ['gvisor', 'kata', 'firecracker'] as const)
            expect(because(comparison, way), way).toEqual([expect.stringContaining('iis consists of Windows programs')]);
    });

    it('are known by the kernel where there is no image', () => {
        const guest = vm('v', { vcpus: 2, memory: bytes(8 * GiB), os: { name: 'windows-server' } }, [busy('erp', 1, GiB)]);
        const comparison = compared(hosts(server([hypervisor('kvm', {}, [guest])])), 'h');
        expect(comparison.workloads).toMatchObject([{ name: 'erp', family: 'windows' }]);
        expect(because(comparison, 'containers')).toHaveLength(1);
        expect(figures(comparison, 'vms').memory.systems).toBe(2 * GiB + 256 * MiB);
    });

    it('run in containers on their own kernel, which does not make them fit into a Linux sandbox', () => {
        const windows = host('w', { cpu: cores(8), memory: bytes(16 * GiB), os: { name: 'windows-server' } }, [engine('docker', {}, [iis])]);
        const comparison = compared(hosts(windows), 'w');
        expect(figures(comparison, 'containers')).toMatchObject({
            kernels: { families: ['windows'], runs: ['linux', 'windows'] },
            wall: { wall: 'namespace' },
        });
        expect(because(comparison, 'gvisor')).toHaveLength(1);
    });

    it('run on a Mac in the machine that the engine brings, whose memory is what bounds them', () => {
        const mac = host('mac', { cpu: cores(8), memory: bytes(16 * GiB), os: { name: 'macos' } }, [
            engine('docker', {}, [container('web', {}, [busy('p', 1, GiB)])]),
        ]);
        const comparison = compared(hosts(mac), 'mac');
        const way = figures(comparison, 'containers');
        expect(way.memory.systems).toBe(4 * GiB + 32 * MiB);
        expect(way.kernels).toMatchObject({ count: 1, families: ['linux'] });
        // Half of 16 GiB, less 32 MiB: seven times 1 GiB + 4 MiB.
        expect(way.fit?.memory.used).toBe(7);
        expect(because(comparison, 'firecracker')).toEqual(['Firecracker needs a Linux host with KVM, and mac runs macOS']);
    });
});

describe('bare metal', () => {
    it('keeps its native hypervisor for VMs, and gets the system of the workload for the rest', () => {
        const guest = vm('v', { vcpus: 2, memory: bytes(4 * GiB), os: { name: 'debian' } }, [busy('p', 1, GiB)]);
        const comparison = compared(hosts(bareHost('b', { cpu: cores(8), memory: bytes(16 * GiB) }, [hypervisor('esxi', {}, [guest])])), 'b');
        expect(figures(comparison, 'vms').memory).toMatchObject({ systems: 256 * MiB, virtualisation: 50 * MiB });
        expect(figures(comparison, 'containers').memory).toMatchObject({ systems: 256 * MiB, containers: 4 * MiB });
    });
});

describe('how many fit', () => {
    const hostWith = (memory: number, inside: Sketch) => hosts(host('h', { cpu: cores(8), memory: bytes(memory), os: { name: 'debian' } }, [inside]));

    it('is the last number that the simulation finds room for, whatever the figures', () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 300, max: 60_000 }), (each, size) => {
                const worker = job('p', { memory: bytes(each * MiB) });
                const fit = figures(compared(hostWith(size * MiB, worker), 'h'), 'containers').fit?.memory.used;
                // 256 MiB for the system, 4 MiB for each container.
                expect(fit).toBe(Math.floor((size - 256) / (each + 4)));
            }),
        );
    });

    it('of what takes nothing has no bound', () => {
        const fit = figures(compared(hostWith(GiB, job('p', {})), 'h'), 'bare').fit;
        expect(fit).toBeUndefined();
        expect(
            figures(
                compared(
                    topology([
                        host('h', { cpu: cores(8), memory: bytes(GiB), os: { name: 'linux' } }, [engine('lxc', {}, [container('c', {}, [job('p', {})])])]),
                    ]),
                    'h',
                ),
                'containers',
            ).fit,
        ).toEqual({
            memory: { used: 'unbounded', committed: 'unbounded' },
            cpu: { used: 'unbounded', committed: 'unbounded' },
        });
    });

    it('is bounded by limits that cut already, not by what they cut', () => {
        // Each wants 4 cores and may have 1: eight fit into 8 cores.
        const limited = hosts(server([engine('docker', {}, [container('c', { cpuLimit: cores(1) }, [busy('p', 4, MiB)])])]));
        expect(figures(compared(limited, 'h'), 'containers').fit?.cpu.used).toBe(8);
    });

    it('counts reserves as promised', () => {
        const reserved = hosts(server([engine('docker', {}, [container('c', { cpuReserve: cores(3) }, [busy('p', 1, MiB)])])]));
        expect(figures(compared(reserved, 'h'), 'containers').fit?.cpu).toEqual({ used: 8, committed: 2 });
    });
});

/** Working sets of all replicas, in bytes. */
function memoryAsked(made: Topology): number {
    const { elements, multiplicity } = indexTopology(made);
    return elements.reduce((sum, element, number) => sum + (element.kind === 'process' ? element.memory * (multiplicity[number] ?? 0) : 0), 0);
}

describe('of any topology', () => {
    it('every sum adds up, every figure is finite, and more isolation is never a weaker wall', () => {
        fc.assert(
            fc.property(topologies, (made) => {
                const comparison = compare(
                    made,
                    [...made.elements.values()].filter(({ kind }) => kind === 'host').map(({ id }) => ({ element: id, ranges: [] })),
                    {
                        ...library,
                        ...made.definitions,
                        hypervisorTypes: new Map([...library.hypervisorTypes, ...made.definitions.hypervisorTypes]),
                    },
                );
                // What a guest wants beyond its size is taken off again: of 10²¹ bytes, a double keeps the last 10⁵.
                const rounding = 1e-14 * memoryAsked(made);
                for (const way of comparison.ways) {
                    if (way.kind === 'impossible') continue;
                    const { memory, fit, crash, wall } = way.figures;
                    const { used, workloads, systems, virtualisation, containers } = memory;
                    if (used !== undefined && workloads !== undefined)
                        expect(Math.abs(workloads + systems + virtualisation + containers - used)).toBeLessThanOrEqual(1e-9 * used + rounding);
                    for (const one of [fit?.memory.used, fit?.memory.committed, fit?.cpu.used, fit?.cpu.committed])
                        if (typeof one === 'number') expect(Number.isInteger(one) && one >= 0).toBe(true);
                    expect(crash.falls).toBeGreaterThanOrEqual(1);
                    expect(crash.falls).toBeLessThanOrEqual(crash.of);
                    expect(
                        { bare: 'machine', vms: 'kernel', containers: 'namespace', gvisor: 'sandbox', kata: 'kernel', firecracker: 'kernel' }[way.name],
                    ).toBe(wall.wall);
                }
            }),
            { numRuns: 60 },
        );
    });
});
