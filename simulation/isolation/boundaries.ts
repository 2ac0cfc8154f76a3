/**
 * The wall between two workloads: what must be broken to get from one to the other, in the weaker of the two directions.
 *
 * Both stand on a lowest common kernel K, or on different machines. From A one gets to B by taking over K:
 *   through `namespace` walls, if A runs on K, or a `sandbox` if it does so under gVisor;
 *   through a `kernel` otherwise, because A is in a guest (or has a kernel of its own) that K carries.
 * Whoever owns K owns all that it carries, guests included. So the wall is the weaker of A's and B's way to K. Workloads on one kernel that
 * share a PID or mount namespace have only a `process` wall between them; processes outside containers share the initial ones.
 *
 * Invariants: symmetric; the same for all replicas that nothing tells apart, of which the weakest pair decides.
 * Cost: O(depth) a pair. Rows are made one at a time, because there are as many as pairs of declarations.
 */

import { at, none } from '../model/columns.ts';
import { type Wall, walls } from '../model/expectation.ts';
import type { IndexRange, InstanceSet } from '../model/ids.ts';
import type { Boundary } from '../model/result.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { workloads } from './kernels.ts';
import { isSandboxed, namespaceOwner } from './namespaces.ts';

export interface WallBetween {
    readonly wall: Wall;
    /** In words. */
    readonly because: string;
}

/** One row for each pair of declared workloads, and for each that has replicas with itself. */
export function* boundaries(index: TopologyIndex): Generator<Boundary> {
    const numbers = workloads(index);
    for (const [place, a] of numbers.entries()) {
        for (const b of numbers.slice(place)) {
            const shared = a === b ? aboveInnermostReplicas(index, a) : lowestCommonAncestor(index, a, b);
            const { id: first } = index.elements[a] ?? {};
            const { id: second } = index.elements[b] ?? {};
            if (shared === undefined || first === undefined || second === undefined) continue;
            yield { a: first, b: second, ...wallUnder(index, a, b, shared) };
        }
    }
}

/** Every wall that stands between a member of one set and another member of the other, weakest first; none where a set is empty. */
export function wallsBetween(index: TopologyIndex, from: InstanceSet, to: InstanceSet): readonly WallBetween[] {
    const a = workloadOf(index, from);
    const b = workloadOf(index, to);
    if (a === undefined || b === undefined) return [];
    const levels = sharedLevels(index, a, b);
    if (levels.length === 0)
        return [{ wall: 'process', because: `${nameOf(index, a.number)} is one workload: nothing but processes stand side by side in it` }];
    return levels.map((shared) => wallUnder(index, a.number, b.number, shared)).sort((one, other) => walls.indexOf(one.wall) - walls.indexOf(other.wall));
}

/** A workload with the replicas that are meant of each replicated element on its path. */
interface Workload {
    readonly number: number;
    readonly ranges: ReadonlyMap<number, IndexRange>;
}

/** The workload that a path means: of a process in a container, the container. */
function workloadOf(index: TopologyIndex, set: InstanceSet): Workload | undefined {
    const number = index.numbers.get(set.element);
    if (number === undefined) return undefined;
    const replicated = ancestry(index, number).filter((step) => index.elements[step]?.replicas !== undefined);
    const ranges = new Map<number, IndexRange>();
    for (const [place, step] of replicated.entries()) {
        const whole = { first: 1, last: index.elements[step]?.replicas ?? 1 };
        const range = set.ranges[place] ?? whole;
        const meant = { first: Math.max(range.first, 1), last: Math.min(range.last, whole.last) };
        if (meant.last < meant.first) return undefined;
        ranges.set(step, meant);
    }
    const isInside = index.elements[number]?.kind === 'process' && at(index.container, number) !== none;
    return { number: isInside ? at(index.container, number) : number, ranges };
}

/** The lowest elements that two different replicas can have in common, one for each place where their paths can part; `none`: they stand on different hosts. */
function sharedLevels(index: TopologyIndex, a: Workload, b: Workload): readonly number[] {
    const levels: number[] = [];
    const other = new Set(ancestry(index, b.number));
    let shared = none;
    for (const step of ancestry(index, a.number)) {
        if (!other.has(step)) break;
        const one = a.ranges.get(step);
        const two = b.ranges.get(step);
        if (one !== undefined && two !== undefined) {
            if (one.last < two.first || two.last < one.first) return [...levels, shared];
            if (one.first !== one.last || two.first !== two.last) levels.push(shared);
        }
        shared = step;
    }
    return a.number === b.number ? levels : [...levels, shared];
}

/** The wall between two replicas that have `shared` and all above it in common. */
function wallUnder(index: TopologyIndex, a: number, b: number, shared: number): WallBetween {
    const kernel = shared === none ? none : commonKernel(index, a, b, shared);
    if (kernel === none) return { wall: 'machine', because: `${pairOf(index, a, b)} run on different machines` };
    if (at(index.kernel, a) === kernel && at(index.kernel, b) === kernel && !isSandboxed(index, a) && !isSandboxed(index, b)) {
        if (sharesNamespace(index, a, b, shared, 'pid'))
            return { wall: 'process', because: `${pairOf(index, a, b)} share a PID namespace: each sees the other's processes` };
        if (sharesNamespace(index, a, b, shared, 'mount'))
            return { wall: 'process', because: `${pairOf(index, a, b)} share a mount namespace: each sees the other's files` };
    }
    const wayOfA = wayTo(index, a, kernel);
    const wayOfB = wayTo(index, b, kernel);
    const [wall, weaker, other] = walls.indexOf(wayOfA) <= walls.indexOf(wayOfB) ? [wayOfA, a, b] : [wayOfB, b, a];
    return { wall, because: reason(index, wall, weaker, other, kernel) + alsoShared(index, a, b, shared) };
}

function wayTo(index: TopologyIndex, number: number, kernel: number): Wall {
    if (at(index.kernel, number) !== kernel) return 'kernel';
    return isSandboxed(index, number) ? 'sandbox' : 'namespace';
}

/** The lowest kernel that carries both replicas. An engine's own machine is in every replica of its engine once. */
function commonKernel(index: TopologyIndex, a: number, b: number, shared: number): number {
    const common = new Set(kernelChain(index, b));
    const above = new Set(ancestry(index, shared));
    for (const kernel of kernelChain(index, a)) {
        const holder = index.elements[kernel]?.implicit === true ? at(index.parent, kernel) : kernel;
        if (common.has(kernel) && above.has(holder)) return kernel;
    }
    return none;
}

/** The kernels that carry an element, its own first. */
function kernelChain(index: TopologyIndex, number: number): readonly number[] {
    const chain: number[] = [];
    for (
        let kernel = at(index.kernel, number);
        kernel !== none;
        kernel = at(index.carrier, kernel) === none ? none : at(index.kernel, at(index.carrier, kernel))
    )
        chain.push(kernel);
    return chain;
}

/** The elements that an element is named under, from its host down to itself. */
function ancestry(index: TopologyIndex, number: number): readonly number[] {
    const chain: number[] = [];
    for (let step = number; step !== none; step = at(index.parent, step)) chain.push(step);
    return chain.reverse();
}

function lowestCommonAncestor(index: TopologyIndex, a: number, b: number): number {
    if (at(index.host, a) !== at(index.host, b)) return none;
    const other = new Set(ancestry(index, b));
    return ancestry(index, a).findLast((step) => other.has(step)) ?? none;
}

/** What two replicas of one element have in common at best; undefined where there is only one replica. */
function aboveInnermostReplicas(index: TopologyIndex, number: number): number | undefined {
    const innermost = ancestry(index, number).findLast((step) => at(index.count, step) > 1);
    return innermost === undefined ? undefined : at(index.parent, innermost);
}

/** Whether two replicas on one kernel are in one namespace: the kernel's initial one, or one that a container or pod owns which they have in common. */
function sharesNamespace(index: TopologyIndex, a: number, b: number, shared: number, kind: 'pid' | 'mount' | 'network' | 'ipc'): boolean {
    const owner = namespaceOwner(index, a, kind);
    if (owner !== namespaceOwner(index, b, kind)) return false;
    if (a !== b || owner === at(index.kernel, a)) return true;
    const above = new Set(ancestry(index, shared));
    return above.has(owner) || (owner !== a && above.has(at(index.parent, owner)));
}

function alsoShared(index: TopologyIndex, a: number, b: number, shared: number): string {
    if (at(index.kernel, a) !== at(index.kernel, b) || commonKernel(index, a, b, shared) !== at(index.kernel, a)) return '';
    const words = (['network', 'ipc'] as const).filter((kind) => sharesNamespace(index, a, b, shared, kind)).map((kind) => (kind === 'ipc' ? 'IPC' : kind));
    return words.length === 0 ? '' : `; they also share the ${words.join(' and ')} namespace${words.length > 1 ? 's' : ''}`;
}

function reason(index: TopologyIndex, wall: Wall, weaker: number, other: number, kernel: number): string {
    const [from, to, root] = [nameOf(index, weaker), weaker === other ? 'its replicas' : nameOf(index, other), nameOf(index, kernel)];
    const carried = guestBetween(index, other, kernel);
    const prize = carried === none || carried === other ? to : `the guest ${nameOf(index, carried)} with ${to}`;
    const takeover =
        index.elements[weaker]?.kind === 'container'
            ? `whoever breaks out of ${from} owns ${root}'s kernel`
            : `whoever gets from ${from} into ${root}'s kernel owns it`;
    switch (wall) {
        case 'process':
            return `only processes stand between ${pairOf(index, weaker, other)}`;
        case 'namespace':
            return carried === none && !isSandboxed(index, other)
                ? `${pairOf(index, weaker, other)} share ${root}'s kernel, with only namespaces between them`
                : `${takeover}, and with it ${prize}${isSandboxed(index, other) ? ', sandbox or not' : ''}`;
        case 'sandbox':
            return `gVisor stands between ${from} and ${root}'s kernel, which carries ${prize}`;
        case 'kernel':
            return `${pairOf(index, weaker, other)} run on kernels of their own; to get across, one has to break out of a virtual machine on ${root}`;
        case 'machine':
            return `${pairOf(index, weaker, other)} run on different machines`;
        default:
            return wall satisfies never;
    }
}

/** The outermost guest in which an element stands on a kernel; `none` where it runs on the kernel itself. */
function guestBetween(index: TopologyIndex, number: number, kernel: number): number {
    const chain = kernelChain(index, number);
    return chain[chain.indexOf(kernel) - 1] ?? none;
}

function pairOf(index: TopologyIndex, a: number, b: number): string {
    if (a === b) return `replicas of ${nameOf(index, a)}`;
    const [first, second] = [nameOf(index, a), nameOf(index, b)];
    return first === second ? `${index.elements[a]?.id ?? first} and ${index.elements[b]?.id ?? second}` : `${first} and ${second}`;
}

function nameOf(index: TopologyIndex, number: number): string {
    const element = index.elements[number];
    if (element === undefined) return 'nothing';
    return element.implicit ? element.id : element.name;
}
