/**
 * Hierarchical weighted max-min shares: a forest of trees in columns, each tree filled from its root down by `water-filling.ts`.
 *
 * Upwards, for a leaf   want = min(demand, limit),               floor = min(reserve, want);
 *          for a group  want = min(limit, Σ count · want),       floor = min(want, max(reserve, Σ count · floor)).
 * Downwards, a root is granted min(supply, want), and each group's grant is filled among its children.
 *
 * Invariants: a tree's nodes stand next to each other, its root first, parents before children; grants are per copy; Σ count · grant of
 * children equals the group's grant unless they want less. Cost: O(n log n) a tree. The columns `demand`, `limit` and `reserve` may be
 * rewritten between fills, which is how an event changes a rate; nothing else has to be built anew.
 */
import { type Columns, separateColumns } from '../model/arena.ts';
import type { Claims } from './water-filling.ts';
import { fill } from './water-filling.ts';

export interface ShareForest extends Claims {
    /** Group of each node; below 0 at a root. */
    readonly parent: Int32Array;
    /** Children of node `i`: `children[start[i] … start[i + 1]]`. */
    readonly start: Int32Array;
    readonly children: Int32Array;
    /** What a leaf could use; groups have none. */
    readonly demand: Float64Array;
    /** Infinity: none. */
    readonly limit: Float64Array;
    readonly reserve: Float64Array;
    readonly grant: Float64Array;
    /** CPUs that a node may use; absent: those of its group. */
    readonly sets: readonly (readonly number[] | undefined)[];
}

/** A tree of the forest: its nodes are numbered `root … end - 1`. */
export interface Tree {
    readonly root: number;
    readonly end: number;
    /** Whether any node of it has a set of its own. */
    readonly hasSets: boolean;
}

/** A forest of nodes whose parents are given, without any demand. */
export function shareForest(parent: Int32Array, columns: Columns = separateColumns): ShareForest {
    const size = parent.length;
    const start = columns.ints(size + 1);
    for (const group of parent) if (group >= 0) start[group + 1] = (start[group + 1] ?? 0) + 1;
    for (let i = 0; i < size; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
    const children = columns.ints(start[size] ?? 0);
    const next = columns.ints(size + 1);
    next.set(start);
    for (let i = 0; i < size; i++) {
        const group = parent[i] ?? -1;
        if (group < 0) continue;
        const slot = next[group] ?? 0;
        children[slot] = i;
        next[group] = slot + 1;
    }
    const column = (value: number) => (value === 0 ? columns.floats(size) : columns.floats(size).fill(value));
    return {
        parent,
        start,
        children,
        weight: column(1),
        floor: column(0),
        want: column(0),
        count: column(1),
        demand: column(0),
        limit: column(Infinity),
        reserve: column(0),
        grant: column(0),
        sets: new Array<undefined>(size),
    };
}

export function childrenOf(forest: ShareForest, node: number): Int32Array {
    return forest.children.subarray(forest.start[node], forest.start[node + 1]);
}

/** Computes wants and floors of a tree from its leaves' demand. */
export function gather(forest: ShareForest, tree: Tree): void {
    const { want, floor, count, demand, limit, reserve, parent } = forest;
    for (let node = tree.root; node < tree.end; node++) {
        want[node] = demand[node] ?? 0;
        floor[node] = 0;
    }
    for (let node = tree.end - 1; node >= tree.root; node--) {
        const wanted = Math.min(want[node] ?? 0, limit[node] ?? Infinity);
        const held = Math.min(Math.max(reserve[node] ?? 0, floor[node] ?? 0), wanted);
        want[node] = wanted;
        floor[node] = held;
        const group = parent[node] ?? -1;
        if (group < 0) continue;
        want[group] = (want[group] ?? 0) + (count[node] ?? 0) * wanted;
        floor[group] = (floor[group] ?? 0) + (count[node] ?? 0) * held;
    }
}

/** Fills a gathered tree from its root down. */
export function share(forest: ShareForest, tree: Tree, supply: number): void {
    forest.grant[tree.root] = Math.min(supply, forest.want[tree.root] ?? 0);
    for (let node = tree.root; node < tree.end; node++) {
        if (forest.start[node] === forest.start[node + 1]) continue;
        fill(forest, childrenOf(forest, node), forest.grant[node] ?? 0, forest.grant);
    }
}
