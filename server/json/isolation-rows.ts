/** The rows of `isolation`: who shares a kernel, the walls between workloads, and what is seen from where. */
import { boundaries, wallsBetween } from '#simulation/isolation/boundaries.ts';
import { workloads } from '#simulation/isolation/kernels.ts';
import { blastCounts, breaches } from '#simulation/isolation/reach/blast-radius.ts';
import { controlGraph } from '#simulation/isolation/reach/control-graph.ts';
import { ruleNames } from '#simulation/isolation/reach/edge.ts';
import { reachRows as allReach } from '#simulation/isolation/reach/reach.ts';
import { type View, viewFrom } from '#simulation/isolation/view.ts';
import { vantagePoints, visibilityOf, visibleFrom } from '#simulation/isolation/visibility.ts';
import { at } from '#simulation/model/columns.ts';
import type { ElementId, InstanceSet } from '#simulation/model/ids.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Instance } from '#simulation/model/instances.ts';
import type { KernelGroup, Result } from '#simulation/model/result.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { firstInstances, instancesOf } from './instances.ts';
import { jsonRows } from './json-text.ts';

type Selected = (path: string) => boolean;

/** One row for each kernel replica that has a `selected` member or is selected itself; members are streamed, since one kernel may carry very many. */
export function* kernelRows(result: Result, index: TopologyIndex, selected: Selected): Generator<Iterable<string>> {
    for (const group of result.kernels) {
        for (const kernel of instancesOf(index, numberOf(index, group.kernel))) {
            const paths = (): Generator<string> => memberPaths(index, group, kernel, selected);
            if (selected(kernel.path) || paths().next().done !== true) {
                yield kernelRow(kernel.path, group, paths());
            }
        }
    }
}

/** One row for each declared kernel, with counts in place of members. */
export function* kernelSummaryRows(result: Result, index: TopologyIndex, selected: Selected): Generator<object> {
    for (const { kernel, family, members } of result.kernels) {
        if (selected(kernel)) {
            const total = members.reduce((sum, member) => sum + at(index.multiplicity, numberOf(index, member)), 0);
            yield { kernel, count: at(index.multiplicity, numberOf(index, kernel)), family, members: total };
        }
    }
}

/** A row for each pair of workload groups, named by their first members; a group paired with itself by its first two. */
export function* boundaryRows(index: TopologyIndex, selected: Selected): Generator<object> {
    const firstOf = memoised((id) => firstInstances(index, id, 2).map(({ path }) => path));
    for (const { a, b, wall, because } of boundaries(index)) {
        const [first, second] = a === b ? firstOf(a) : [firstOf(a)[0], firstOf(b)[0]];
        if (first !== undefined && second !== undefined && (selected(first) || selected(second))) {
            yield { a: first, b: second, boundary: wall, because };
        }
    }
}

/** A row for each pair of workloads, replica by replica. */
export function* pairRows(index: TopologyIndex, selected: Selected): Generator<object> {
    const numbers = workloads(index);
    for (const [place, a] of numbers.entries()) {
        for (const one of instancesOf(index, a)) {
            for (const b of numbers.slice(place)) {
                for (const other of instancesOf(index, b)) {
                    const isLater = a !== b || isBefore(one, other);
                    const isWanted = isLater && (selected(one.path) || selected(other.path));
                    for (const { wall, because } of isWanted ? wallsBetween(index, onlyThis(index, one), onlyThis(index, other)) : []) {
                        yield { a: one.path, b: other.path, boundary: wall, because };
                    }
                }
            }
        }
    }
}

/** A row for each workload and each workload or machine that it reaches without leaving its host, named as in `boundaryRows`; a wall between machines is no way. */
export function* reachRows(index: TopologyIndex, selected: Selected): Generator<object> {
    const firstOf = memoised((id) => firstInstances(index, id, 2).map(({ path }) => path));
    for (const { from, to, way } of allReach(controlGraph(index))) {
        const [first, second] = firstOf(idOf(index, from));
        const target = from === to ? second : firstOf(idOf(index, to))[0];
        if (first !== undefined && target !== undefined && (selected(first) || selected(target))) {
            const rules = [...new Set(way.edges.flatMap(({ rule }) => ruleNames(rule.rules)))];
            const because = way.edges.map((edge) => edge.because()).join('; ');
            yield { from: first, to: target, via: way.edges.map(({ via }) => via()), needs: way.needs, because, rules };
        }
    }
}

/** A row for each group of workloads: how many groups and machines fall with one of its members, by what is broken. */
export function* blastRadiusRows(index: TopologyIndex, selected: Selected): Generator<object> {
    const countsOf = blastCounts(controlGraph(index));
    for (const number of workloads(index)) {
        const from = firstInstances(index, idOf(index, number), 1)[0]?.path;
        if (from !== undefined && selected(from)) {
            yield { from, ...Object.fromEntries(breaches.map((breach) => [breach.broken, countsOf(number, breach)])) };
        }
    }
}

/** One row for each host, guest and container that runs: what it shows of its machine, and the processes that `ps` lists there, streamed. */
export function* visibilityRows(index: TopologyIndex, selected: Selected): Generator<Iterable<string>> {
    const visibility = visibilityOf(index);
    for (const from of vantagePoints(index)) {
        if (selected(from.path)) {
            yield visibilityRow({ from: from.path, ...viewMembers(viewFrom(index, from)) }, visibleRows(visibility, from));
        }
    }
}

function* visibilityRow(members: object, rows: Iterable<object>): Generator<string> {
    yield `${JSON.stringify(members).slice(0, -1)},"sees":`;
    yield* jsonRows(rows);
    yield '}';
}

function viewMembers({ memoryTotal, ...view }: View): object {
    return { 'meminfo-total': memoryTotal, ...view };
}

function* visibleRows(visibility: ReturnType<typeof visibilityOf>, from: Instance): Generator<object> {
    for (const { pid, path, as, innerPid } of visibleFrom(visibility, from)) {
        yield { pid, path, as, 'inner-pid': innerPid };
    }
}

function* kernelRow(kernel: string, { family }: KernelGroup, members: Iterable<string>): Generator<string> {
    yield `{"kernel":${JSON.stringify(kernel)},${family === undefined ? '' : `"family":${JSON.stringify(family)},`}"members":`;
    yield* jsonRows(members);
    yield '}';
}

function* memberPaths(index: TopologyIndex, group: KernelGroup, kernel: Instance, selected: Selected): Generator<string> {
    for (const member of group.members) {
        for (const { path } of instancesOf(index, numberOf(index, member), kernel)) {
            if (selected(kernel.path) || selected(path)) {
                yield path;
            }
        }
    }
}

function idOf(index: TopologyIndex, number: number): ElementId {
    return index.elements[number]?.id ?? elementId('');
}

function numberOf(index: TopologyIndex, id: ElementId): number {
    const number = index.numbers.get(id);
    if (number === undefined) {
        throw new Error(`The result names ${id}, which its topology has not.`);
    }
    return number;
}

/** The set that holds one replica. */
function onlyThis(index: TopologyIndex, instance: Instance): InstanceSet {
    const ranges: InstanceSet['ranges'][number][] = [];
    for (let link: Instance | undefined = instance; link !== undefined; link = link.parent) {
        if (index.elements[link.number]?.replicas !== undefined) {
            ranges.unshift({ first: link.replica, last: link.replica });
        }
    }
    return { element: index.elements[instance.number]?.id ?? elementId(''), ranges };
}

/** Of two replicas of one element, in the order in which they are listed. */
function isBefore(one: Instance, other: Instance): boolean {
    const above = one.parent !== undefined && other.parent !== undefined && one.parent.path !== other.parent.path;
    return above && one.parent !== undefined && other.parent !== undefined ? isBefore(one.parent, other.parent) : one.replica < other.replica;
}

function memoised<Value>(make: (id: ElementId) => Value): (id: ElementId) => Value {
    const made = new Map<ElementId, Value>();
    return (id) => {
        const known = made.get(id) ?? make(id);
        made.set(id, known);
        return known;
    };
}
