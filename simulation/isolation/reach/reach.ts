/**
 * Who controls whom: A reaches B where a way through the control graph leads from A to B, or to the root of a kernel that carries B.
 *
 * Invariants: transitive, because ways can be put behind each other; monotone, because a privilege only adds edges and a level only allows more
 * of them. Between two machines there is no way: networks and stored credentials are not modelled.
 */
import { append } from '../../model/append.ts';
import { at, none } from '../../model/columns.ts';
import type { InstanceSet } from '../../model/ids.ts';
import type { TopologyIndex } from '../../model/topology-index.ts';
import { closestGround, commonKernel, isAtOrAbove, isCommon, meantBy, sharedLevels } from '../common-ground.ts';
import { isWorkload, workloads } from '../kernels.ts';
import { type ControlGraph, joined, namespaceKey, nothingNeeded, type Way, waysUp } from './control-graph.ts';
import { type Edge, levels, type Needs, weaker } from './edge.ts';

/** From one declared element to another, between their closest replicas. */
export interface Reach {
    readonly from: number;
    readonly to: number;
    readonly way: Way;
}

/** Every workload and machine that a workload reaches by breaking at most a `kernel` wall, and how; between other machines there is nothing to say. */
export function* reachRows(graph: ControlGraph): Generator<Reach> {
    const { index } = graph;
    const byHost = new Map<number, number[]>();
    for (const number of index.elements.keys()) {
        if (!isWorkload(index, number) && !isMachine(index, number)) continue;
        const host = at(index.host, number);
        append(byHost, host, number);
    }
    for (const from of workloads(index)) {
        const ways = waysUp(graph, from);
        for (const to of byHost.get(at(index.host, from)) ?? []) {
            const shared = closestGround(index, from, to);
            const way = shared === undefined ? undefined : wayBetween(graph, from, to, shared, ways);
            if (way !== undefined) yield { from, to, way };
        }
    }
}

/** The easiest way from any member of one set to any other of another; undefined where only networks connect them, or a set is empty. */
export function easiestWay(graph: ControlGraph, from: InstanceSet, to: InstanceSet): Way | undefined {
    let easiest: Way | undefined;
    for (const one of partsOf(graph.index, from)) {
        for (const other of partsOf(graph.index, to)) {
            const [a, b] = [meantBy(graph.index, one), meantBy(graph.index, other)];
            if (a === undefined || b === undefined) continue;
            const grounds = sharedLevels(graph.index, a, b);
            const up = waysUp(graph, a.number);
            const ways = grounds.length === 0 ? [nothingNeeded] : grounds.map((shared) => wayBetween(graph, a.number, b.number, shared, up));
            for (const way of ways) if (way !== undefined) easiest = easierWay(easiest, way);
        }
    }
    return easiest;
}

/** The easiest way between two replicas that have `shared` and all above it in common. */
function wayBetween(graph: ControlGraph, a: number, b: number, shared: number, ways: ReturnType<typeof waysUp>): Way | undefined {
    const kernel = commonKernel(graph.index, a, b, shared);
    if (kernel === none) return undefined;
    const up = ways.find((step) => step.kernel === kernel)?.way;
    const isSideBySide = at(graph.index.kernel, a) === kernel && at(graph.index.kernel, b) === kernel;
    const sideways = up?.needs === 'none' || !isSideBySide ? undefined : waySideways(graph, a, b, shared);
    return sideways === undefined ? up : easierWay(up, sideways);
}

/** Through namespaces that two replicas on one kernel share, be it by way of a third. */
function waySideways(graph: ControlGraph, a: number, b: number, shared: number): Way | undefined {
    const isOpen = ({ to }: Edge): boolean =>
        to.kind === 'namespace' && (to.owner === at(graph.index.kernel, a) || isCommon(graph.index, to.owner, a, b, shared));
    const goals = new Set(
        entriesOf(graph, b)
            .filter(isOpen)
            .map(({ to }) => keyOf(to)),
    );
    if (goals.size === 0) return undefined;
    for (const level of ['none', 'process'] as const) {
        const way = flood(graph, a, goals, level, isOpen);
        if (way !== undefined) return way;
    }
    return undefined;
}

/** The shortest way into one of the goals over edges that need at most a level. */
function flood(graph: ControlGraph, from: number, goals: ReadonlySet<number>, level: Needs, isOpen: (edge: Edge) => boolean): Way | undefined {
    const seen = new Set<number>();
    const open: { readonly number: number; readonly way: Way }[] = [{ number: from, way: nothingNeeded }];
    for (const { number, way } of open) {
        for (const edge of entriesOf(graph, number)) {
            const key = keyOf(edge.to);
            if (seen.has(key) || levels.indexOf(edge.needs) > levels.indexOf(level) || !isOpen(edge)) continue;
            seen.add(key);
            const next = joined(way, { needs: edge.needs, edges: [edge] });
            if (goals.has(key)) return next;
            for (const member of graph.namespaces.get(key)?.entries ?? []) open.push({ number: member.from, way: next });
        }
    }
    return undefined;
}

/** Edges into namespaces that others are in as well. */
function entriesOf({ edges, namespaces }: ControlGraph, number: number): readonly Edge[] {
    return (edges[number] ?? []).filter(({ to }) => to.kind === 'namespace' && namespaces.has(namespaceKey(to)));
}

function keyOf(to: Edge['to']): number {
    return to.kind === 'namespace' ? namespaceKey(to) : none;
}

function easierWay(one: Way | undefined, other: Way): Way {
    return one !== undefined && weaker(one.needs, other.needs) === one.needs ? one : other;
}

/** A group of workloads stands for them, a disk or NIC for its host. */
function partsOf(index: TopologyIndex, set: InstanceSet): readonly InstanceSet[] {
    const number = index.numbers.get(set.element) ?? none;
    const element = index.elements[number];
    if (element?.kind === 'disk' || element?.kind === 'nic') {
        const parent = index.elements[at(index.parent, number)];
        const ranges = element.replicas === undefined ? set.ranges : set.ranges.slice(0, -1);
        return parent === undefined ? [] : [{ element: parent.id, ranges }];
    }
    if (element?.kind !== 'slice' && element?.kind !== 'pod') return [set];
    return workloads(index).flatMap((member) => {
        const id = index.elements[member]?.id;
        return id !== undefined && isAtOrAbove(index, number, member) ? [{ element: id, ranges: set.ranges }] : [];
    });
}

/** A host with a system of its own, or a guest. */
export function isMachine(index: TopologyIndex, number: number): boolean {
    const kind = index.elements[number]?.kind;
    return (kind === 'host' || kind === 'vm') && at(index.multiplicity, number) > 0;
}
