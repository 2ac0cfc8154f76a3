/** What must be true of walls and ways on whatever machines somebody describes: 2,000 of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaries, wallsBetween } from '#simulation/isolation/boundaries.ts';
import { kernelGroups, workloads } from '#simulation/isolation/kernels.ts';
import { blastRadius, breaches } from '#simulation/isolation/reach/blast-radius.ts';
import { type ControlGraph, controlGraph } from '#simulation/isolation/reach/control-graph.ts';
import { levels, type Needs } from '#simulation/isolation/reach/edge.ts';
import { easiestWay, reachRows } from '#simulation/isolation/reach/reach.ts';
import { complete } from '#simulation/model/complete.ts';
import { walls } from '#simulation/model/expectation.ts';
import { type ElementId, elementId, type InstanceSet } from '#simulation/model/ids.ts';
import type { Container, NamespaceKind, NamespaceTarget } from '#simulation/model/topology.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, engine, host, hypervisor, process as job, pod, type Sketch, topology, vm } from '../topology-builder.ts';

const runs = { numRuns: 2000 };
const set = (element: string): InstanceSet => ({ element: elementId(element), ranges: [] });
const rank = (needs: Needs): number => levels.indexOf(needs);
const indexOf = (hosts: readonly Sketch[]): TopologyIndex => indexTopology(complete(topology(hosts)));
const needed = (graph: ControlGraph, a: ElementId, b: ElementId): Needs => easiestWay(graph, set(a), set(b))?.needs ?? 'machine';

/** Privileges that a container may have; taking one away must not open anything. */
const privileges: readonly Partial<Container>[] = [
    { privileged: true },
    { mounts: [{ source: '/var/run/docker.sock', readOnly: true }] },
    { mounts: [{ source: '/etc', readOnly: false }] },
    { devices: ['/dev/sda'] },
    { capabilitiesAdded: ['SYS_ADMIN'] },
    { capabilitiesAdded: ['SYS_PTRACE'] },
    { namespaces: { pid: { kind: 'host' } } },
    { namespaces: { mount: { kind: 'host' } } },
    { seccomp: 'unconfined' },
];
const reductions: readonly Partial<Container>[] = [
    { user: '1000' },
    { user: '1000', noNewPrivileges: true },
    { namespaces: { user: { kind: 'own' } } },
    { runtime: 'gvisor' },
    { runtime: 'kata' },
    { capabilitiesDropped: ['ALL'] },
];

const oneOf = (all: readonly Partial<Container>[]) => fc.option(fc.integer({ min: 0, max: all.length - 1 }), { nil: undefined, freq: 2 });
const replicas = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 3 });
const count = (given: number | undefined): { readonly replicas?: number } => (given === undefined ? {} : { replicas: given });

/** A container with at most one privilege and one reduction, and perhaps the namespace of its engine's first. */
const oneContainer = fc.record({
    replicas,
    privilege: oneOf(privileges),
    reduction: oneOf(reductions),
    joins: fc.option(fc.constantFrom<NamespaceKind>('pid', 'mount', 'network'), { nil: undefined, freq: 3 }),
    inPod: fc.boolean(),
});
const engineInside = fc.record({ kind: fc.constantFrom('docker', 'lxc'), containers: fc.array(oneContainer, { minLength: 1, maxLength: 3 }) });
const machineInside = fc.record({ engines: fc.array(engineInside, { maxLength: 2 }), processes: fc.array(replicas, { maxLength: 2 }) });
const machines = fc.array(fc.record({ replicas, inside: machineInside, guests: fc.array(fc.record({ replicas, inside: machineInside }), { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 2,
});
type Machines = typeof machines extends fc.Arbitrary<infer Value> ? Value : never;
type MachineInside = typeof machineInside extends fc.Arbitrary<infer Value> ? Value : never;

interface Mode {
    readonly withPrivileges: 'all' | 'none';
    /** Counts containers down to the one that is left without its privilege. */
    readonly without?: number;
}

function sketchesOf(given: Machines, mode: Mode): readonly Sketch[] {
    let seen = 0;
    const keeps = (): boolean => mode.withPrivileges === 'all' && seen++ !== mode.without;
    const inside = (place: string, { engines, processes }: MachineInside): readonly Sketch[] => [
        ...engines.map(({ kind, containers }, number) =>
            engine(
                kind,
                { name: `${kind}${number}` } as never,
                containers.map((one, position) => {
                    const target: NamespaceTarget = { kind: 'container', of: set(`${place}.${kind}${number}.${containers[0]?.inPod ? 'p0.' : ''}c0`) };
                    const privilege = one.privilege !== undefined && keeps() ? (privileges[one.privilege] ?? {}) : {};
                    const reduction = one.reduction === undefined ? {} : (reductions[one.reduction] ?? {});
                    const isOnHost = privileges[one.privilege ?? -1]?.namespaces !== undefined;
                    const joins = one.joins === undefined || isOnHost || position === 0 || mode.withPrivileges === 'none' ? {} : { [one.joins]: target };
                    const namespaces = { ...joins, ...reduction.namespaces, ...privilege.namespaces };
                    const sketch = container(`c${position}`, { ...count(one.replicas), ...reduction, ...privilege, namespaces });
                    return one.inPod ? pod(`p${position}`, {}, [sketch]) : sketch;
                }),
            ),
        ),
        ...processes.map((replicated, number) => job(`q${number}`, count(replicated))),
    ];
    return given.map((machine, number) =>
        host(`h${number}`, count(machine.replicas), [
            ...inside(`h${number}`, machine.inside),
            hypervisor(
                'kvm',
                {},
                machine.guests.map((guest, place) => vm(`v${place}`, count(guest.replicas), inside(`h${number}.kvm.v${place}`, guest.inside))),
            ),
        ]),
    );
}
const privilegedContainers = (given: Machines): number =>
    given
        .flatMap(({ inside, guests }) => [inside, ...guests.map((guest) => guest.inside)])
        .flatMap(({ engines }) => engines.flatMap(({ containers }) => containers.filter(({ privilege }) => privilege !== undefined))).length;

const namesOf = (index: TopologyIndex): readonly ElementId[] => workloads(index).flatMap((number) => index.elements[number]?.id ?? []);

describe('over generated machines', () => {
    it('kernels are a partition of the workloads', () => {
        fc.assert(
            fc.property(machines, (given) => {
                const index = indexOf(sketchesOf(given, { withPrivileges: 'all' }));
                const members = kernelGroups(index).flatMap((group) => group.members);
                expect(members.toSorted()).toEqual(namesOf(index).toSorted());
            }),
            runs,
        );
    });

    it('a boundary is symmetric, is that of the weakest pair, and is no stronger than what the easier direction needs', () => {
        fc.assert(
            fc.property(machines, (given) => {
                const index = indexOf(sketchesOf(given, { withPrivileges: 'all' }));
                const graph = controlGraph(index);
                for (const { a, b, wall } of boundaries(index)) {
                    const there = wallsBetween(index, set(a), set(b)).map((between) => between.wall);
                    expect(there).toEqual(wallsBetween(index, set(b), set(a)).map((between) => between.wall));
                    expect(there[0]).toBe(wall);
                    const easier = Math.min(rank(needed(graph, a, b)), rank(needed(graph, b, a)));
                    expect(easier).toBeLessThanOrEqual(rank(wall));
                }
            }),
            runs,
        );
    });

    it('reach is transitive at every level', () => {
        fc.assert(
            fc.property(machines, (given) => {
                const index = indexOf(sketchesOf(given, { withPrivileges: 'all' }).map(single));
                const graph = controlGraph(index);
                const names = namesOf(index);
                const ranks = names.map((a) => names.map((b) => rank(needed(graph, a, b))));
                for (const [a, fromA] of ranks.entries()) {
                    for (const [b, direct] of fromA.entries()) {
                        const byWay = Math.min(...names.map((_, third) => Math.max(fromA[third] ?? 0, ranks[third]?.[b] ?? 0)));
                        expect(direct, `${names[a]} ${names[b]}`).toBeLessThanOrEqual(byWay);
                    }
                }
            }),
            runs,
        );
    });

    it('taking a privilege away never adds reach', () => {
        fc.assert(
            fc.property(machines, fc.nat({ max: 11 }), (given, which) => {
                const without = privilegedContainers(given) === 0 ? 0 : which % privilegedContainers(given);
                const graph = controlGraph(indexOf(sketchesOf(given, { withPrivileges: 'all' })));
                const less = controlGraph(indexOf(sketchesOf(given, { withPrivileges: 'all', without })));
                for (const { from, to, way } of reachRows(less)) {
                    const [a, b] = [less.index.elements[from]?.id, less.index.elements[to]?.id];
                    if (a !== undefined && b !== undefined && a !== b) expect(rank(needed(graph, a, b)), `${a} ${b}`).toBeLessThanOrEqual(rank(way.needs));
                }
            }),
            runs,
        );
    });

    it('without privileges and shared namespaces a way needs what the wall is, in the easier direction', () => {
        fc.assert(
            fc.property(machines, (given) => {
                const bare = sketchesOf(given, { withPrivileges: 'none' });
                const graph = controlGraph(indexOf(bare));
                for (const { a, b, wall } of boundaries(graph.index)) {
                    const ways = [needed(graph, a, b), needed(graph, b, a)].map(rank);
                    expect(levels[Math.min(...ways)], `${a} ${b}`).toBe(wall);
                }
            }),
            runs,
        );
    });

    it('a blast radius grows with what is broken, and is what rows and expectations say', () => {
        fc.assert(
            fc.property(machines, (given) => {
                const hosts = sketchesOf(given, { withPrivileges: 'all' }).map(single);
                const graph = controlGraph(indexOf(hosts));
                const rows = [...reachRows(graph)];
                for (const number of workloads(graph.index)) {
                    let before = 0;
                    for (const breach of breaches) {
                        const { workloads: fallen, machines: rooted } = blastRadius(graph, number, breach);
                        expect(fallen.length + rooted.length).toBeGreaterThanOrEqual(before);
                        before = fallen.length + rooted.length;
                        // A broken runtime is no help to a process that runs under none; rows say what is needed, not of whom.
                        if (breach.broken === 'runtime' && graph.index.elements[number]?.kind === 'process') continue;
                        const reached = rows.filter(({ from, way }) => from === number && rank(way.needs) <= rank(breach.needs));
                        const names = new Set([graph.index.elements[number]?.id, ...reached.map(({ to }) => graph.index.elements[to]?.id)]);
                        expect(new Set([...fallen, ...rooted])).toEqual(names);
                    }
                }
            }),
            runs,
        );
    });

    it('an expectation says of a level what the way needs', () => {
        fc.assert(
            fc.property(machines, fc.constantFrom(undefined, ...walls), (given, broken) => {
                const hosts = sketchesOf(given, { withPrivileges: 'all' });
                const graph = controlGraph(indexOf(hosts));
                const pairs = namesOf(graph.index).flatMap((a) => namesOf(graph.index).map((b) => [a, b] as const));
                const asked = pairs.map(([a, b]) => ({ kind: 'reaches', from: set(a), to: set(b), ...(broken === undefined ? {} : { broken }) }) as const);
                const { expectations } = simulate(topology(hosts, {}, asked));
                expect(expectations.map(({ holds }) => holds)).toEqual(pairs.map(([a, b]) => rank(needed(graph, a, b)) <= rank(broken ?? 'none')));
            }),
            { numRuns: 300 },
        );
    });
});

/** The same machines with one replica of each: a set stands for all its members, and what reaches one of them need not reach the next. */
function single(sketch: Sketch): Sketch {
    const { replicas: _all, ...element } = sketch.element;
    return { element, inside: sketch.inside.map(single) };
}
