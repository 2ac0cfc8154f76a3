/** Times walls and reach where every workload is declared by itself: groups of equals, not pairs of workloads, must be what costs. */
import { blastRadius } from '#simulation/isolation/reach/blast-radius.ts';
import { type ControlGraph, controlGraph } from '#simulation/isolation/reach/control-graph.ts';
import { passageBetween, wallGroups } from '#simulation/isolation/wall-groups.ts';
import { walls } from '#simulation/model/expectation.ts';
import type { Container } from '#simulation/model/topology.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { container, engine, host, hypervisor, process, type Sketch, topology, vm } from '../simulation/topology-builder.ts';
import { alternate, printTable, timed } from './measure.ts';

export async function timeIsolation(workloads: number, hosts: number, rounds: number): Promise<void> {
    const index = indexTopology(topology(list(hosts, (number) => machine(number, Math.round(workloads / hosts)))));
    const first = index.elements.findIndex(({ kind }) => kind === 'container');
    const rows = await alternate(
        [
            {
                name: 'all boundaries of groups',
                run: () =>
                    timed(
                        () => boundaryRanks(index),
                        (sum) => sum,
                    ),
            },
            { name: 'control graph', run: () => timed(() => controlGraph(index), edges) },
            {
                name: 'one blast radius, graph included',
                run: () =>
                    timed(
                        () => blastRadius(controlGraph(index), first, everything).workloads.length,
                        (count) => count,
                    ),
            },
            {
                name: 'boundaries and blast radius together',
                run: () =>
                    timed(
                        () => boundaryRanks(index) + blastRadius(controlGraph(index), first, everything).workloads.length,
                        (sum) => sum,
                    ),
            },
        ],
        rounds,
    );
    printTable(`Isolation: ${workloads.toLocaleString('en')} workloads on ${hosts} hosts, each declared by itself`, rows);
}

/** Half of the workloads in guests, a few of each kind of wall, one in twenty with a privilege. */
function machine(number: number, workloads: number): Sketch {
    const half = Math.floor(workloads / 2);
    const inGuest = (guest: number): Sketch =>
        vm(`v${guest}`, {}, [
            engine(
                'docker',
                {},
                list(Math.floor(half / 5), (place) => container(`g${place}`, privilegeOf(place))),
            ),
        ]);
    return host(`h${number}`, {}, [
        hypervisor('kvm', {}, list(5, inGuest)),
        engine(
            'docker',
            {},
            list(workloads - half - 2, (place) => container(`c${place}`, privilegeOf(place))),
        ),
        process('agent'),
        process('backup'),
    ]);
}

function privilegeOf(place: number): Partial<Container> {
    if (place % 20 === 3) return { mounts: [{ source: '/var/run/docker.sock', readOnly: true }] };
    return place % 10 === 7 ? { runtime: 'gvisor' } : {};
}

/** Every wall between two groups, as one number. */
function boundaryRanks(index: TopologyIndex): number {
    const groups = wallGroups(index);
    let sum = 0;
    for (const [place, a] of groups.entries()) for (const b of groups.slice(place)) sum += walls.indexOf(passageBetween(index, a, b).wall) + 1;
    return sum;
}

const everything = { broken: 'hypervisor', needs: 'kernel', layers: ['runtime', 'kernel', 'hypervisor'] } as const;
const edges = (graph: ControlGraph): number => graph.edges.reduce((sum, { length }) => sum + length, 0);
const list = <Item>(length: number, item: (number: number) => Item): readonly Item[] => Array.from({ length }, (_, number) => item(number));
