/**
 * Hierarchical weighted max-min shares where nodes may be bound to sets of CPUs that overlap: exact, and no CPU is handed out twice.
 *
 * Depth by depth, the grants of all nodes of a depth are found together, given those above. A vector of grants is feasible if it can flow
 * from the root through the groups (each at most its grant above the depth, its want below) into leaves, and from leaves into classes of
 * CPUs that the same sets may use. Such vectors form a polymatroid, so progressive filling gives the lexicographic max-min:
 *   grant_i = clamp(λ · e_i, floor_i, want_i),   e_i = grant of the group · weight_i / Σ count · weight of its children,
 * with the largest feasible λ; the nodes behind the cut that stops λ keep their grants, the others go on. λ is found by Newton's method on
 * cuts: from λ = ∞, the minimum cut is solved exactly for the next, smaller λ, until none is violated.
 *
 * Invariants: as `share-forest.ts` where no set binds; all bases of a polymatroid have one sum, so a depth hands out all that the depths
 * above promised. Equal copies stand in the network as one node of their total.
 * Cost: O(d · b · flow(n)) for d depths with siblings, b bottlenecks a depth and n nodes that have sets in or beside them; subtrees
 * without sets cost what the plain fill does.
 */
import { type Arc, maxFlow, type Network, network, sourceSide } from './max-flow.ts';
import { type CpuSet, intersection, type Machine, processorClasses } from './processor-classes.ts';
import { childrenOf, type ShareForest, type Tree } from './share-forest.ts';
import { type Claims, clampedShare, fill, waterLevel } from './water-filling.ts';

/** Fills a gathered tree in which sets of CPUs may overlap. */
export function shareWithSets(forest: ShareForest, tree: Tree, supply: number, machine: Machine): void {
    const problem = problemOf(forest, tree, supply, machine);
    for (let depth = 0; depth < problem.depths.length; depth++) fillDepth(problem, depth);
    for (const [place, node] of problem.nodes.entries()) forest.grant[node] = read(problem.grant, place);
    for (let node = tree.root; node < tree.end; node++) {
        if (read(problem.interior, node - tree.root) === 1) continue;
        const children = childrenOf(forest, node);
        if (children.length > 0) fill(forest, children, read(forest.grant, node), forest.grant);
    }
}

/** The part of the tree that sets tell apart, as columns of their own; a place is a row. Weights are written depth by depth. */
interface Problem extends Claims {
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
    readonly capacities: readonly number[];
    /** Arc `place` leads into the node of that place; then the leaves' arcs into classes, then the classes' into the sink. */
    readonly net: Network;
    readonly capacity: Float64Array;
}

function problemOf(forest: ShareForest, tree: Tree, supply: number, machine: Machine): Problem {
    const interior = nodesAboveSets(forest, tree);
    const nodes: number[] = [];
    const parent: number[] = [];
    const depth: number[] = [];
    const depths: number[][] = [];
    const sets: CpuSet[] = [];
    const places = new Map<number, number>();
    for (let node = tree.root; node < tree.end; node++) {
        const group = node === tree.root ? -1 : (places.get(read(forest.parent, node)) ?? -1);
        if (node !== tree.root && (group < 0 || read(interior, read(forest.parent, node) - tree.root) === 0)) continue;
        const place = nodes.push(node) - 1;
        places.set(node, place);
        parent.push(group);
        const below = group < 0 ? 0 : (depth[group] ?? 0) + 1;
        depth.push(below);
        (depths[below] ??= []).push(place);
        sets.push(group < 0 ? forest.sets[node] : intersection(sets[group], forest.sets[node]));
    }
    const column = (from: Float64Array) => Float64Array.from(nodes, (node) => read(from, node));
    const isLeaf = nodes.map((node) => read(interior, node - tree.root) === 0);
    const copies = column(forest.count);
    const count = copies.slice().fill(1, 0, 1);
    for (let place = 1; place < nodes.length; place++) count[place] = Math.min(read(count, place) * read(count, parent[place] ?? 0), 1e60);
    const want = column(forest.want);
    want[0] = Math.min(read(want, 0), supply);
    const floor = column(forest.floor);
    floor[0] = Math.min(read(floor, 0), read(want, 0));
    const { net, capacity, capacities } = networkOf(parent, isLeaf, sets, machine);
    return {
        nodes, parent, depth, depths, isLeaf, share: column(forest.weight), weight: new Float64Array(nodes.length).fill(1), floor, want, copies, count,
        grant: new Float64Array(nodes.length), interior, capacities, net, capacity,
    };
}

/** By node from the root on: 1 for the root and for every node with a set strictly below it. */
function nodesAboveSets(forest: ShareForest, tree: Tree): Uint8Array {
    const above = new Uint8Array(tree.end - tree.root);
    above[0] = 1;
    for (let node = tree.end - 1; node > tree.root; node--) {
        if (forest.sets[node] !== undefined || read(above, node - tree.root) === 1) above[read(forest.parent, node) - tree.root] = 1;
    }
    return above;
}

function networkOf(parent: readonly number[], isLeaf: readonly boolean[], sets: readonly CpuSet[], machine: Machine) {
    const size = parent.length;
    const leaves = parent.map((_, place) => place).filter((place) => isLeaf[place]);
    const { capacities, usable } = processorClasses(leaves.map((place) => sets[place]), machine);
    const source = size + capacities.length;
    const sink = source + 1;
    const arcs: Arc[] = parent.map((group, place) => ({ from: group < 0 ? source : group, to: place }));
    for (const [i, place] of leaves.entries()) for (const name of usable[i] ?? []) arcs.push({ from: place, to: size + name });
    const firstClass = arcs.length;
    for (const name of capacities.keys()) arcs.push({ from: size + name, to: sink });
    const capacity = new Float64Array(arcs.length).fill(Infinity);
    for (const [name, value] of capacities.entries()) capacity[firstClass + name] = value;
    return { net: network(sink + 1, source, sink, arcs), capacity, capacities };
}

/** Finds the grants of one depth. An only child gets what its group has; it takes no flow to know that. */
function fillDepth(problem: Problem, depth: number): void {
    const places = problem.depths[depth] ?? [];
    const families = new Map<number, { size: number; weight: number }>();
    for (const place of places) {
        const family = families.get(problem.parent[place] ?? -1) ?? { size: 0, weight: 0 };
        family.size++;
        family.weight += read(problem.copies, place) * read(problem.share, place);
        families.set(problem.parent[place] ?? -1, family);
    }
    const open: number[] = [];
    for (const place of places) {
        const group = problem.parent[place] ?? -1;
        const family = families.get(group);
        const given = group < 0 ? 1 : read(problem.grant, group);
        if (given === 0 || read(problem.count, place) === 0) problem.grant[place] = 0;
        else if (group >= 0 && family?.size === 1) problem.grant[place] = given / read(problem.copies, place);
        else {
            problem.weight[place] = group < 0 ? 1 : Math.max((given / (family?.weight ?? 1)) * read(problem.share, place), Number.MIN_VALUE);
            open.push(place);
        }
    }
    if (open.length === 0) return;
    const rows = Int32Array.from(open);
    fillOpen(problem, depth, rows, feasibleFloors(problem, depth, rows));
}

/** Floors that fit together: all as they are if they do, else each its fair part. */
function feasibleFloors(problem: Problem, depth: number, rows: Int32Array): Claims {
    if (!rows.some((row) => read(problem.floor, row) > 0)) return problem;
    const floor = new Float64Array(problem.nodes.length);
    const asked = { weight: problem.floor.map((value) => Math.max(value, Number.MIN_VALUE)), floor, want: problem.floor, count: problem.count };
    fillOpen(problem, depth, rows, asked);
    return { ...problem, floor: problem.grant.slice() };
}

/** Progressive filling of the rows of a depth, whose claims are given; every other place keeps its grant. */
function fillOpen(problem: Problem, depth: number, rows: Int32Array, claims: Claims): void {
    const { grant } = problem;
    let open = rows;
    while (open.length > 0) {
        for (const row of open) grant[row] = read(claims.want, row);
        let level = Infinity;
        let stopped: Int32Array | undefined;
        for (let cut = violatedCut(problem, depth); cut !== undefined; cut = violatedCut(problem, depth)) {
            const { inside, room } = cut;
            const behind = open.filter((row) => read(inside, row) === 1);
            const next = levelFor(claims, behind, room - fixed(problem, depth, inside, open));
            if (behind.length === 0 || !(next < level)) break;
            level = next;
            stopped = behind;
            for (const row of open) grant[row] = clampedShare(claims, row, level);
        }
        if (stopped === undefined) return;
        const done = new Set(stopped);
        open = open.filter((row) => !done.has(row));
    }
}

/** The λ at which the rows take what a cut lets through; 0 where their floors alone do. */
function levelFor(claims: Claims, rows: Int32Array, room: number): number {
    let floors = 0;
    let wants = 0;
    for (const row of rows) {
        floors += read(claims.count, row) * read(claims.floor, row);
        wants += read(claims.count, row) * read(claims.want, row);
    }
    if (room <= floors) return 0;
    return room >= wants ? Infinity : waterLevel(claims, rows, room);
}

/** What the places behind a cut take that are not open. */
function fixed(problem: Problem, depth: number, inside: Uint8Array, open: Int32Array): number {
    const isOpen = new Set(open);
    let sum = 0;
    for (let place = 0; place < problem.nodes.length; place++) {
        if (isItem(problem, place, depth) && read(inside, place) === 1 && !isOpen.has(place)) sum += read(problem.count, place) * read(problem.grant, place);
    }
    return sum;
}

/**
 * A cut that lets less through than the grants of a depth (and of the leaves above it) need, or undefined where they all fit.
 * `inside` has 1 for the places whose own arc is not in the cut; together they need more than `room`.
 */
function violatedCut(problem: Problem, depth: number): { readonly inside: Uint8Array; readonly room: number } | undefined {
    const { net, capacity } = problem;
    let needed = 0;
    for (let place = 0; place < problem.nodes.length; place++) {
        const each = (problem.depth[place] ?? 0) <= depth ? problem.grant : problem.want;
        const total = read(problem.count, place) * read(each, place);
        capacity[place] = total;
        if (isItem(problem, place, depth)) needed += total;
    }
    for (let arc = 0; arc < capacity.length; arc++) {
        net.residue[2 * arc] = read(capacity, arc);
        net.residue[2 * arc + 1] = 0;
    }
    const slack = needed * 1e-14;
    if (needed === 0 || maxFlow(net, slack) >= needed - slack * (net.nodes + 10)) return undefined;
    const side = sourceSide(net, slack);
    const inside = new Uint8Array(problem.nodes.length);
    let room = 0;
    for (let arc = 0; arc < capacity.length; arc++) {
        const crosses = read(side, read(net.head, 2 * arc + 1)) === 1 && read(side, read(net.head, 2 * arc)) === 0;
        if (arc < inside.length && isItem(problem, arc, depth)) inside[arc] = crosses ? 0 : 1;
        else if (crosses) room += read(capacity, arc);
    }
    return { inside, room };
}

/** Whether a place's grant is asked of the network: it stands at the depth, or is a leaf above it. */
function isItem(problem: Problem, place: number, depth: number): boolean {
    const own = problem.depth[place] ?? 0;
    return own === depth || (own < depth && problem.isLeaf[place] === true);
}

function read(column: Float64Array | Int32Array | Uint8Array, place: number): number {
    return column[place] ?? 0;
}
