/**
 * How fast each of many users may go when each needs several shared things at once, and all of its uses go at one rate.
 *
 * User i goes at x_i ≤ cap_i of what it would use. Each resource r is shared as by `share-forest.ts`, among those who use it and at most as
 * much as each can use of it at the rate that its other resources let it have:
 *
 *     x_i = min(cap_i, min_r share_ir / uses_ir),   share_ir = hierarchical weighted max-min of capacity_r over the wants uses_jr · x_j
 *
 * where i itself may want what it could use at its cap. So whoever goes slower than it may has its fair share of something that is full, and
 * what the slow leave of other things goes to those who can use it. With one resource it is that resource's plain share.
 *
 * One resource after the other is filled with what the others let its users take, which tells how far it would let each of them go; that is
 * repeated until no rate changes. Where shares do not depend on each other in a circle that is exact, after as many rounds as there are
 * links in the chain of who waits for whom; in circles the error shrinks by a factor a round. What an end after `mostRounds` leaves is filled evenly;
 * members of groups that depend on each other in a circle may so keep less than the ideal.
 * Invariants: nobody above its cap, no resource exceeded but by rounding, and whoever is below its cap uses a full resource.
 * Cost: O(n log n) a round.
 */
import { childrenOf, gather, type ShareForest, share, shareForest, type Tree } from './share-forest.ts';

/** Users by position; nodes are numbered parents before children. */
export interface Contest {
    /** By user: the most that it may advance, from 0 to 1. */
    readonly cap: Float64Array;
    /** By user: its node. */
    readonly leaf: Int32Array;
    /** By node: its group, below 0 at the top. */
    readonly group: Int32Array;
    /** By node; above 0. */
    readonly weight: Float64Array;
    /** By node: equal copies under one copy of its group. */
    readonly count: Float64Array;
    readonly resources: readonly Resource[];
}

/** Something that is shared by those who use it. */
export interface Resource {
    readonly capacity: number;
    /** The group whose members share it, one for each copy of the group; below 0: all. */
    readonly owner: number;
    readonly users: readonly number[];
    /** What one copy of each user takes at full rate; in step with `users`. */
    readonly uses: readonly number[];
    /** Copies of each user under one copy of the owner. */
    readonly copies: readonly number[];
}

export interface JointShares {
    /** By user. */
    readonly rate: Float64Array;
    /** By resource: 1 where it is full, and would be asked for more. */
    readonly full: Uint8Array;
}

export function shareJointly(contest: Contest): JointShares {
    const { cap, resources } = contest;
    const short = resources.filter((resource) => used(resource, cap) > resource.capacity * (1 + rounding));
    const trees = short.map((resource) => treeFor(contest, resource));
    const rate = cap.slice();
    for (let round = 0; round < mostRounds; round++) {
        for (const tree of trees) fillOne(tree, trees, cap);
        if (!settle(trees, cap, rate)) break;
    }
    const granted = rate.slice();
    for (const tree of trees) lower(tree, rate, granted);
    fillEvenly(short, granted, cap);
    return { rate: granted, full: Uint8Array.from(resources, (one) => (short.includes(one) && used(one, granted) >= one.capacity * (1 - tolerance) ? 1 : 0)) };
}

/** Differences within rounding are none. */
const rounding = 1e-14;
const tolerance = 1e-9;
/** Rates that change by less have settled. */
const settled = 1e-12;
/** An error that halves each round is gone after 50. */
const mostRounds = 200;

function used({ users, uses, copies }: Resource, rate: Float64Array): number {
    return users.reduce((sum, user, i) => sum + (uses[i] ?? 0) * (copies[i] ?? 0) * read(rate, user), 0);
}

/** A resource's users with the groups above them, as a tree to be filled. */
interface ResourceTree {
    readonly resource: Resource;
    readonly forest: ShareForest;
    readonly tree: Tree;
    /** By user of the resource: its node in the tree. */
    readonly nodes: Int32Array;
    /** By user of the contest: the rate up to which the resource would let it go. */
    readonly allowed: Float64Array;
}

function treeFor({ cap, leaf, group, weight, count }: Contest, resource: Resource): ResourceTree {
    const taking = new Set<number>();
    for (const user of resource.users)
        for (let node = read(leaf, user); node >= 0 && node !== resource.owner && !taking.has(node); node = read(group, node)) taking.add(node);
    const members = Int32Array.from(taking).sort();
    const places = new Map(Array.from(members, (node, place) => [node, place + 1]));
    const forest = shareForest(Int32Array.from([-1, ...Array.from(members, (node) => places.get(read(group, node)) ?? 0)]));
    for (const [place, node] of members.entries()) {
        forest.weight[place + 1] = read(weight, node);
        forest.count[place + 1] = read(count, node);
    }
    return {
        resource,
        forest,
        tree: { root: 0, end: members.length + 1, hasSets: false },
        nodes: Int32Array.from(resource.users, (user) => places.get(read(leaf, user)) ?? 0),
        allowed: cap.slice().fill(Infinity),
    };
}

/** Fills one resource with what the others let its users take, and finds how far it would let each of them go. */
function fillOne(own: ResourceTree, trees: readonly ResourceTree[], cap: Float64Array): void {
    const { resource, forest, tree, nodes, allowed } = own;
    for (const [i, user] of resource.users.entries()) {
        let rate = read(cap, user);
        for (const other of trees) if (other !== own) rate = Math.min(rate, read(other.allowed, user));
        forest.demand[read(nodes, i)] = (resource.uses[i] ?? 0) * rate;
    }
    gather(forest, tree);
    share(forest, tree, resource.capacity);
    const reach = reaches(own);
    for (const [i, user] of resource.users.entries()) allowed[user] = read(reach, read(nodes, i)) / (resource.uses[i] ?? 1);
}

/** By node of a filled tree: how much it could have if it wanted more. In a family that is short that is its weight at the family's level, else also all that is left over. */
function reaches({ resource, forest, tree }: ResourceTree): Float64Array {
    const reach = new Float64Array(tree.end);
    reach[0] = resource.capacity;
    for (let node = 0; node < tree.end; node++) {
        const children = childrenOf(forest, node);
        let level = 0;
        for (const child of children)
            if (read(forest.grant, child) < read(forest.want, child)) level = Math.max(level, read(forest.grant, child) / read(forest.weight, child));
        const left = Math.max(read(reach, node) - read(forest.grant, node), 0);
        for (const child of children) {
            const grant = read(forest.grant, child);
            reach[child] = level > 0 ? Math.max(level * read(forest.weight, child), grant) : grant + left / read(forest.count, child);
        }
    }
    return reach;
}

/** Takes each rate from what all resources allow; whether any has changed. */
function settle(trees: readonly ResourceTree[], cap: Float64Array, rate: Float64Array): boolean {
    let changes = false;
    for (const [user, most] of cap.entries()) {
        const next = trees.reduce((least, { allowed }) => Math.min(least, read(allowed, user)), most);
        changes ||= Math.abs(next - read(rate, user)) > next * settled;
        rate[user] = next;
    }
    return changes;
}

/** Takes the rates down to what a resource grants when all its users want as much as `high` lets them. */
function lower({ resource, forest, tree, nodes }: ResourceTree, high: Float64Array, low: Float64Array): void {
    for (const [i, user] of resource.users.entries()) forest.demand[read(nodes, i)] = (resource.uses[i] ?? 0) * read(high, user);
    gather(forest, tree);
    share(forest, tree, resource.capacity);
    for (const [i, user] of resource.users.entries()) {
        const node = read(nodes, i);
        // Who gets all that it wants is not slowed, not even by rounding.
        if (read(forest.grant, node) < read(forest.want, node)) low[user] = Math.min(read(low, user), read(forest.grant, node) / (resource.uses[i] ?? 1));
    }
}

/** Lets all rise together from `low` to `high`, each stopping where something that it uses is full. */
function fillEvenly(resources: readonly Resource[], low: Float64Array, high: Float64Array): void {
    const rise = high.map((value, user) => Math.max(value - read(low, user), 0));
    // What is full but for rounding has nothing to hand out.
    for (const resource of resources) if (used(resource, low) >= resource.capacity * (1 - settled)) for (const user of resource.users) rise[user] = 0;
    let left = 1;
    while (left > 0 && rise.some((value) => value > 0)) {
        let step = left;
        let tightest: Resource | undefined;
        for (const resource of resources) {
            const growth = used(resource, rise);
            const until = growth > 0 ? Math.max(resource.capacity - used(resource, low), 0) / growth : Infinity;
            if (until >= step) continue;
            step = until;
            tightest = resource;
        }
        for (const [user, value] of rise.entries()) low[user] = read(low, user) + value * step;
        left -= step;
        if (tightest === undefined) return;
        for (const user of tightest.users) rise[user] = 0;
    }
}

function read(column: Float64Array | Int32Array, place: number): number {
    return column[place] ?? 0;
}
