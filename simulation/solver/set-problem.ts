/** The part of a tree that CPU sets tell apart, as columns and as a flow network; the rest of the tree follows from it. */
import { at } from '../model/columns.ts';
import { type Arc, type Network, network } from './max-flow.ts';
import { type CpuSet, intersection, type Machine, processorClasses } from './processor-classes.ts';
import type { ShareForest, Tree } from './share-forest.ts';
import type { Claims } from './water-filling.ts';

/** The part of the tree that sets tell apart, as columns of their own; a place is a row. Weights are written depth by depth. */
export interface Problem extends Claims {
    /** Nodes of the forest by place: the root first, parents before children. */
    readonly nodes: readonly number[];
    /** Place of the group; −1 for the root. */
    readonly parent: readonly number[];
    readonly depth: readonly number[];
    readonly depths: readonly (readonly number[])[];
    readonly isLeaf: readonly boolean[];
    /** Weight as declared. */
    readonly share: Float64Array;
    /** Copies under one copy of the group; `count` has those in all. */
    readonly copies: Float64Array;
    readonly grant: Float64Array;
    /** By node from the tree's root on: 1 where a set below tells its children apart. */
    readonly interior: Uint8Array;
    /** Two arcs a place: `2 · place` from its group, `2 · place + 1` from the source; then the leaves' into classes, and the classes' into the sink. */
    readonly net: Network;
    readonly capacity: Float64Array;
}

/** Lays out a gathered tree for filling with sets. */
export function problemOf(forest: ShareForest, tree: Tree, supply: number, machine: Machine): Problem {
    const interior = nodesAboveSets(forest, tree);
    const nodes: number[] = [];
    const parent: number[] = [];
    const depth: number[] = [];
    const depths: number[][] = [];
    const sets: CpuSet[] = [];
    const places = new Map<number, number>();
    for (let node = tree.root; node < tree.end; node++) {
        const group = node === tree.root ? -1 : (places.get(at(forest.parent, node)) ?? -1);
        if (node !== tree.root && (group < 0 || at(interior, at(forest.parent, node) - tree.root) === 0)) continue;
        const place = nodes.push(node) - 1;
        places.set(node, place);
        parent.push(group);
        const below = group < 0 ? 0 : (depth[group] ?? 0) + 1;
        depth.push(below);
        if (depths[below] === undefined) depths[below] = [];
        depths[below].push(place);
        sets.push(group < 0 ? forest.sets[node] : intersection(sets[group], forest.sets[node]));
    }
    const column = (from: Float64Array) => Float64Array.from(nodes, (node) => at(from, node));
    const isLeaf = nodes.map((node) => at(interior, node - tree.root) === 0);
    const copies = column(forest.count);
    const count = copies.slice().fill(1, 0, 1);
    for (let place = 1; place < nodes.length; place++) count[place] = Math.min(at(count, place) * at(count, parent[place] ?? 0), 1e60);
    const want = column(forest.want);
    want[0] = Math.min(at(want, 0), supply);
    const floor = column(forest.floor);
    floor[0] = Math.min(at(floor, 0), at(want, 0));
    const { net, capacity } = networkOf(parent, isLeaf, sets, machine);
    return {
        nodes,
        parent,
        depth,
        depths,
        isLeaf,
        share: column(forest.weight),
        weight: new Float64Array(nodes.length).fill(1),
        floor,
        want,
        copies,
        count,
        grant: new Float64Array(nodes.length),
        interior,
        net,
        capacity,
    };
}

/** By node from the root on: 1 for the root and for every node with a set strictly below it. */
function nodesAboveSets(forest: ShareForest, tree: Tree): Uint8Array {
    const above = new Uint8Array(tree.end - tree.root);
    above[0] = 1;
    for (let node = tree.end - 1; node > tree.root; node--) {
        if (forest.sets[node] !== undefined || at(above, node - tree.root) === 1) above[at(forest.parent, node) - tree.root] = 1;
    }
    return above;
}

function networkOf(parent: readonly number[], isLeaf: readonly boolean[], sets: readonly CpuSet[], machine: Machine) {
    const size = parent.length;
    const leaves = parent.map((_, place) => place).filter((place) => isLeaf[place]);
    const { capacities, usable } = processorClasses(
        leaves.map((place) => sets[place]),
        machine,
    );
    const source = size + capacities.length;
    const sink = source + 1;
    const arcs: Arc[] = parent.flatMap((group, place) => [
        { from: Math.max(group, 0), to: place },
        { from: source, to: place },
    ]);
    for (const [i, place] of leaves.entries()) for (const name of usable[i] ?? []) arcs.push({ from: place, to: size + name });
    const firstClass = arcs.length;
    for (const name of capacities.keys()) arcs.push({ from: size + name, to: sink });
    const capacity = new Float64Array(arcs.length).fill(Infinity);
    for (const [name, value] of capacities.entries()) capacity[firstClass + name] = value;
    return { net: network(sink + 1, source, sink, arcs), capacity };
}
