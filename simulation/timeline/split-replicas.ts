/**
 * Which replicas are told apart in a run: all others are computed once and counted.
 *
 * A step that names `web[3]` cuts the replicas of `web` into 1…2, 3 and 4…n; so does a kill among equals (see `told-apart.ts`). Where hosts fail whose VMs restart
 * elsewhere, each of those VMs and of the hosts that could take them is a member of its own, because each may find another place.
 */
import type { Columns } from '../model/arena.ts';
import { at, none } from '../model/columns.ts';
import type { InstanceSet } from '../model/ids.ts';
import type { Members } from '../model/timeline.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { failsOver } from './components.ts';

/** By element: replicas at which a new member begins, beside the first. */
export type Cuts = ReadonlyMap<number, ReadonlySet<number>>;

/** More replicas than this are not told apart for a failover: they move together. */
const mostApart = 500;

export function cutsOf(index: TopologyIndex, scenario: Scenario): Map<number, Set<number>> {
    const cuts = new Map<number, Set<number>>();
    for (const step of scenario.steps) {
        cutSet(index, cuts, step.target);
        if (step.kind === 'migrate') cutSet(index, cuts, step.to);
        if (step.kind === 'fail' && failsOver(index, step)) cutFailover(index, cuts);
    }
    return cuts;
}

/** Cuts an element's replicas before one of them. */
export function cut(cuts: Map<number, Set<number>>, index: TopologyIndex, element: number, before: number): void {
    if (before <= 1 || before > at(index.count, element)) return;
    const known = cuts.get(element);
    if (known === undefined) cuts.set(element, new Set([before]));
    else known.add(before);
}

function cutSet(index: TopologyIndex, cuts: Map<number, Set<number>>, { element, ranges }: InstanceSet): void {
    let place = ranges.length - 1;
    for (let number = index.numbers.get(element) ?? none; number !== none; number = at(index.parent, number)) {
        if (index.elements[number]?.replicas === undefined) continue;
        const range = ranges[place--];
        if (range === undefined) continue;
        cut(cuts, index, number, range.first);
        cut(cuts, index, number, range.last + 1);
    }
}

function cutFailover(index: TopologyIndex, cuts: Map<number, Set<number>>): void {
    for (const [number, element] of index.elements.entries()) {
        const isConcerned = element.kind === 'host' ? hasHypervisor(index, number) : element.kind === 'vm' && element.hostFailure === 'restart';
        if (!isConcerned || at(index.count, number) > mostApart) continue;
        for (let replica = 2; replica <= at(index.count, number); replica++) cut(cuts, index, number, replica);
    }
}

const hasHypervisor = (index: TopologyIndex, host: number): boolean =>
    index.elements[host]?.children.some((child) => index.topology.elements.get(child)?.kind === 'hypervisor') === true;

/** The members of some elements, which are given with all that carries them, carriers first. */
export interface Cohort extends Members {
    readonly count: Float64Array;
    /** Member that it stands on at the start. */
    readonly carrier: Int32Array;
}

/** `elements`: numbers of the index, ascending, closed under parents and carriers. */
export function cohortOf(index: TopologyIndex, elements: Int32Array, cuts: Cuts, columns: Columns): Cohort {
    const cohort = cuts.size === 0 ? undefined : splitCohort(index, elements, cuts);
    if (cohort !== undefined) return cohort;
    const size = elements.length;
    const base = at(elements, 0);
    // Nearly always a host's elements stand together, so that an element's place follows from its number.
    const isDense = at(elements, size - 1) - base === size - 1;
    const places = isDense ? undefined : new Map(Array.from(elements, (number, place) => [number, place]));
    const placeOf = (number: number) => (number === none ? none : places === undefined ? number - base : (places.get(number) ?? none));
    const parent = columns.ints(size);
    const carrier = columns.ints(size);
    const last = columns.floats(size);
    for (let place = 0; place < size; place++) {
        const number = at(elements, place);
        parent[place] = placeOf(at(index.parent, number));
        carrier[place] = placeOf(at(index.carrier, number));
        last[place] = at(index.count, number);
    }
    return { element: elements, parent, carrier, first: columns.floats(size).fill(1), last, count: last };
}

/** How many members there are with some cuts. */
export function cohortSize(index: TopologyIndex, elements: Int32Array, cuts: Cuts): number {
    const pieces = new Map<number, number>();
    let size = 0;
    for (const number of elements) {
        const own = (pieces.get(at(index.parent, number)) ?? 1) * (1 + (cuts.get(number)?.size ?? 0));
        pieces.set(number, own);
        size += own;
    }
    return size;
}

function splitCohort(index: TopologyIndex, elements: Int32Array, cuts: Cuts): Cohort | undefined {
    if (!elements.some((number) => cuts.has(number))) return undefined;
    const columns = { element: [] as number[], parent: [] as number[], carrier: [] as number[], first: [] as number[], last: [] as number[] };
    const membersOf = new Map<number, readonly number[]>();
    for (const number of elements) {
        const starts = [1, ...Array.from(cuts.get(number) ?? []).sort((a, b) => a - b)];
        const own: number[] = [];
        const carriers = membersOf.get(at(index.carrier, number)) ?? [none];
        for (const [place, parent] of (membersOf.get(at(index.parent, number)) ?? [none]).entries()) {
            for (const [slice, first] of starts.entries()) {
                own.push(columns.element.length);
                columns.element.push(number);
                columns.parent.push(parent);
                // A parent has one virtual machine at most, so carriers stand in the order of parents.
                columns.carrier.push(carriers[place] ?? none);
                columns.first.push(first);
                columns.last.push((starts[slice + 1] ?? at(index.count, number) + 1) - 1);
            }
        }
        membersOf.set(number, own);
    }
    const first = Float64Array.from(columns.first);
    const last = Float64Array.from(columns.last);
    return {
        element: Int32Array.from(columns.element),
        parent: Int32Array.from(columns.parent),
        carrier: Int32Array.from(columns.carrier),
        first,
        last,
        count: last.map((end, place) => Math.max(end - at(first, place) + 1, 0)),
    };
}

/** Whether all that a member stands for is in a set. Cuts have made it so that either all or nothing of it is. */
export function isMember(index: TopologyIndex, members: Members, member: number, { element, ranges }: InstanceSet): boolean {
    if (index.elements[at(members.element, member)]?.id !== element) return false;
    let place = ranges.length - 1;
    for (let one = member; one >= 0; one = at(members.parent, one)) {
        if (index.elements[at(members.element, one)]?.replicas === undefined) continue;
        const range = ranges[place--];
        if (range !== undefined && (at(members.last, one) < range.first || at(members.first, one) > range.last)) return false;
    }
    return true;
}
