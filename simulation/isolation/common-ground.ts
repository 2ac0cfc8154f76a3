/** What two replicas have in common: the elements that both are named under, and the lowest kernel that carries both. */

import { at, none } from '../model/columns.ts';
import type { IndexRange, InstanceSet } from '../model/ids.ts';
import type { TopologyIndex } from '../model/topology-index.ts';

/** An element with the replicas that are meant of each replicated element on its path. */
export interface Meant {
    readonly number: number;
    readonly ranges: ReadonlyMap<number, IndexRange>;
}

/** What a path means: of a process in a container, the container. Undefined where no replica is meant. */
export function meantBy(index: TopologyIndex, set: InstanceSet): Meant | undefined {
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
export function sharedLevels(index: TopologyIndex, a: Meant, b: Meant): readonly number[] {
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

/** What the closest two replicas of two elements have in common; undefined where both are one and the same. */
export function closestGround(index: TopologyIndex, a: number, b: number): number | undefined {
    return a === b ? aboveInnermostReplicas(index, a) : lowestCommonAncestor(index, a, b);
}

/** The lowest kernel that carries both replicas, which have `shared` and all above it in common. An engine's own machine is in every replica of its engine once. */
export function commonKernel(index: TopologyIndex, a: number, b: number, shared: number): number {
    if (shared === none) return none;
    const other = kernelChain(index, b);
    for (const kernel of kernelChain(index, a)) {
        const holder = index.elements[kernel]?.implicit === true ? at(index.parent, kernel) : kernel;
        if (other.includes(kernel) && isAtOrAbove(index, holder, shared)) return kernel;
    }
    return none;
}

/** The kernels that carry an element, its own first. */
export function kernelChain(index: TopologyIndex, number: number): readonly number[] {
    const chain: number[] = [];
    for (let kernel = at(index.kernel, number); kernel !== none; kernel = outerKernel(index, kernel)) chain.push(kernel);
    return chain;
}

/** The kernel that carries a machine or a container with a kernel of its own; `none` for a host. */
export function outerKernel(index: TopologyIndex, kernel: number): number {
    const carrier = at(index.carrier, kernel);
    return carrier === none ? none : at(index.kernel, carrier);
}

/** Whether two replicas of `a` and `b`, which have `shared` and all above it in common, mean the same replica of a third element that both refer to. */
export function isCommon(index: TopologyIndex, third: number, a: number, b: number, shared: number): boolean {
    return [a, b].some((number) => isAtOrAbove(index, lowestCommonAncestor(index, third, number), shared));
}

/** Whether an element is the other or one that the other is named under. */
export function isAtOrAbove(index: TopologyIndex, upper: number, lower: number): boolean {
    for (let step = lower; step !== none; step = at(index.parent, step)) if (step === upper) return true;
    return false;
}

/** The elements that an element is named under, from its host down to itself. */
function ancestry(index: TopologyIndex, number: number): readonly number[] {
    const chain: number[] = [];
    for (let step = number; step !== none; step = at(index.parent, step)) chain.push(step);
    return chain.reverse();
}

function lowestCommonAncestor(index: TopologyIndex, a: number, b: number): number {
    if (at(index.host, a) !== at(index.host, b)) return none;
    let [one, two] = [a, b];
    // A parent's number is smaller than its children's, so the larger of the two can't be above the other.
    while (one !== two) [one, two] = one > two ? [at(index.parent, one), two] : [one, at(index.parent, two)];
    return one;
}

/** What two replicas of one element have in common at best; undefined where there is only one replica. */
function aboveInnermostReplicas(index: TopologyIndex, number: number): number | undefined {
    for (let step = number; step !== none; step = at(index.parent, step)) if (at(index.count, step) > 1) return at(index.parent, step);
    return undefined;
}
