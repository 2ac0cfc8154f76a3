/**
 * Hierarchical weighted max-min shares where nodes may be bound to sets of CPUs that overlap: exact, and no CPU is handed out twice.
 *
 * The root takes as much as can flow through its tree into the CPUs. Then, depth by depth, the grants of all nodes of a depth are found
 * together such that each group hands out exactly what it was granted: the lexicographic max-min of grant_i / e_i, where
 *   grant_i = clamp(λ · e_i, floor_i, want_i),   e_i = grant of the group · weight_i / Σ weight of its children,
 * as far as the CPUs allow. A vector l of lower bounds is possible if a flow saturates all of: source → node i (l_i), source → group
 * (its grant − Σ l), group → node i (want_i − l_i), and on through the tree below (each at most its want) into classes of CPUs.
 *
 * Progressive filling: each group is filled by itself first. If that flows, it is the answer. Else the minimum cut names nodes S that
 * together can get at most `room` (the bounds of all others cancel out of the cut), and Σ_S clamp(λ · e_i, …) = room is solved exactly for
 * the next, smaller λ, until no cut is violated (Newton's method on cuts). What stands in the last cut keeps its grant; the others go on.
 *
 * Invariants: as `share-forest.ts` where no set binds; equal copies stand in the network as one node of their total, which by symmetry is
 * what each of them would get alone.
 * Cost: O(d · b · flow(n)) for d depths with siblings, b bottlenecks a depth and n nodes that have sets in or beside them; subtrees
 * without sets cost what the plain fill does.
 */
import { at } from '../model/columns.ts';
import { maxFlow, sourceSide } from './max-flow.ts';
import type { Machine } from './processor-classes.ts';
import { type Problem, problemOf } from './set-problem.ts';
import { childrenOf, type ShareForest, type Tree } from './share-forest.ts';
import { type Claims, clampedShare, fill, waterLevel } from './water-filling.ts';

/** Fills a gathered tree in which sets of CPUs may overlap. */
export function shareWithSets(forest: ShareForest, tree: Tree, supply: number, machine: Machine): void {
    const problem = problemOf(forest, tree, supply, machine);
    fillRoot(problem);
    for (let depth = 1; depth < problem.depths.length; depth++) fillDepth(problem, depth);
    for (const [place, node] of problem.nodes.entries()) forest.grant[node] = at(problem.grant, place);
    for (let node = tree.root; node < tree.end; node++) {
        if (at(problem.interior, node - tree.root) === 1) continue;
        const children = childrenOf(forest, node);
        if (children.length > 0) fill(forest, children, at(forest.grant, node), forest.grant);
    }
}

/** The root gets all that it wants and the CPUs can give. */
function fillRoot(problem: Problem): void {
    const { capacity, net, grant, want, count } = problem;
    for (let place = 0; place < problem.nodes.length; place++) {
        capacity[2 * place] = place === 0 ? 0 : at(count, place) * at(want, place);
        capacity[2 * place + 1] = place === 0 ? at(want, 0) : 0;
    }
    reset(problem);
    grant[0] = Math.min(at(want, 0), maxFlow(net, at(want, 0) * precision));
}

/** Rounding that a flow may lose at an arc, as a share of all that flows. */
const precision = 1e-14;

/** Nodes of one depth that are filled together. */
interface Layer {
    readonly depth: number;
    /** Families with more than one member, whose groups have something to hand out. */
    readonly families: ReadonlyMap<number, Int32Array>;
    /** 1 for places whose grant is settled. */
    readonly settled: Uint8Array;
}

/** Finds the grants of one depth. An only child gets what its group has; it takes no flow to know that. */
function fillDepth(problem: Problem, depth: number): void {
    const { parent, share, copies, count, grant, weight } = problem;
    const members = new Map<number, number[]>();
    for (const place of problem.depths[depth] ?? []) {
        grant[place] = 0;
        const group = parent[place] ?? 0;
        if (at(grant, group) === 0 || at(count, place) === 0) continue;
        const family = members.get(group);
        if (family === undefined) members.set(group, [place]);
        else family.push(place);
    }
    const families = new Map<number, Int32Array>();
    for (const [group, family] of members) {
        const [only] = family;
        if (family.length === 1 && only !== undefined) {
            grant[only] = at(grant, group) / at(copies, only);
            continue;
        }
        const weights = family.reduce((sum, place) => sum + at(copies, place) * at(share, place), 0);
        for (const place of family) weight[place] = Math.max((at(grant, group) / weights) * at(share, place), Number.MIN_VALUE);
        families.set(group, Int32Array.from(family));
    }
    if (families.size === 0) return;
    fillLayer(problem, { depth, families, settled: settledPlaces(problem, families) }, feasibleFloors(problem, depth, families));
}

/** All places but the families' members. */
function settledPlaces(problem: Problem, families: ReadonlyMap<number, Int32Array>): Uint8Array {
    const settled = new Uint8Array(problem.nodes.length).fill(1);
    for (const family of families.values()) for (const place of family) settled[place] = 0;
    return settled;
}

/** Floors that fit together: all as they are if they do, else each its fair part. */
function feasibleFloors(problem: Problem, depth: number, families: ReadonlyMap<number, Int32Array>): Claims {
    const { floor, weight, want, count } = problem;
    if (![...families.values()].some((family) => family.some((place) => at(floor, place) > 0))) return { weight, floor, want, count };
    const asked: Claims = { weight: floor.map((value) => Math.max(value, Number.MIN_VALUE)), floor: new Float64Array(floor.length), want: floor, count };
    fillLayer(problem, { depth, families, settled: settledPlaces(problem, families) }, asked);
    return { weight, floor: problem.grant.map((value, place) => Math.min(value, at(floor, place))), want, count };
}

/** Progressive filling of a layer, whose claims are given. */
function fillLayer(problem: Problem, layer: Layer, claims: Claims): void {
    const { grant } = problem;
    for (;;) {
        const open = fillFamilies(problem, layer, claims);
        const alone: Claims = { ...claims, want: grant.slice() };
        let level = Infinity;
        let stopped: Int32Array | undefined;
        for (let cut = violatedCut(problem, layer); cut !== undefined; cut = violatedCut(problem, layer)) {
            const { inside, room } = cut;
            const behind = open.filter((place) => at(inside, place) === 1);
            const next = levelFor(alone, behind, room);
            if (behind.length === 0 || !(next < level)) break;
            level = next;
            stopped = behind;
            for (const place of open) grant[place] = clampedShare(alone, place, level);
        }
        if (stopped === undefined) return;
        for (const place of stopped) layer.settled[place] = 1;
    }
}

/** Fills each family's open members by themselves with what the settled ones leave; returns the open ones. */
function fillFamilies(problem: Problem, layer: Layer, claims: Claims): Int32Array {
    const { grant, copies } = problem;
    const open: number[] = [];
    for (const [group, family] of layer.families) {
        const rest = family.filter((place) => at(layer.settled, place) === 0);
        let supply = at(grant, group);
        for (const place of family) if (at(layer.settled, place) === 1) supply -= at(copies, place) * at(grant, place);
        fill({ ...claims, count: copies }, rest, Math.max(supply, 0), grant);
        open.push(...rest);
    }
    return Int32Array.from(open);
}

/** The λ at which the rows take what a cut lets through; 0 where their floors alone do. */
function levelFor(claims: Claims, rows: Int32Array, room: number): number {
    let floors = 0;
    let wants = 0;
    for (const row of rows) {
        floors += at(claims.count, row) * at(claims.floor, row);
        wants += at(claims.count, row) * at(claims.want, row);
    }
    if (room <= floors) return 0;
    return room >= wants ? Infinity : waterLevel(claims, rows, room);
}

/**
 * A cut that shows that a layer's grants, taken as lower bounds, cannot all flow; undefined where they can.
 * `inside` has 1 for the open places whose bounds the cut holds: together they can get at most `room`.
 */
function violatedCut(problem: Problem, layer: Layer): { readonly inside: Uint8Array; readonly room: number } | undefined {
    const { net, parent, grant, count, capacity } = problem;
    const needed = bound(problem, layer);
    reset(problem);
    const slack = needed * precision;
    const flow = needed === 0 ? 0 : maxFlow(net, slack);
    if (flow >= needed - slack * (net.nodes + 10)) return undefined;
    const side = sourceSide(net, slack);
    let through = 0;
    for (let arc = 0; arc < capacity.length; arc++) {
        if (at(side, at(net.head, 2 * arc + 1)) === 1 && at(side, at(net.head, 2 * arc)) === 0) through += at(capacity, arc);
    }
    const inside = new Uint8Array(problem.nodes.length);
    let room = through - needed;
    for (const place of problem.depths[layer.depth] ?? []) {
        const holds = at(layer.settled, place) === 0 && at(side, place) === 1 && at(side, parent[place] ?? 0) === 0;
        if (!holds) continue;
        inside[place] = 1;
        room += at(count, place) * at(grant, place);
    }
    return { inside, room };
}

/** Writes the capacities of a layer's network; returns what has to flow. */
function bound(problem: Problem, layer: Layer): number {
    const { depth, parent, isLeaf, grant, want, count, capacity } = problem;
    let needed = 0;
    for (let place = 0; place < problem.nodes.length; place++) {
        const own = depth[place] ?? 0;
        const granted = at(count, place) * at(grant, place);
        const isAbove = own < layer.depth && (isLeaf[place] === true || own === layer.depth - 1);
        const wanted = at(count, place) * at(want, place);
        capacity[2 * place] = own > layer.depth ? wanted : own === layer.depth && at(layer.settled, place) === 0 ? Math.max(wanted - granted, 0) : 0;
        capacity[2 * place + 1] = own === layer.depth || isAbove ? granted : 0;
        if (isAbove) needed += granted;
    }
    for (const place of problem.depths[layer.depth] ?? []) {
        const group = 2 * (parent[place] ?? 0) + 1;
        capacity[group] = Math.max(at(capacity, group) - at(capacity, 2 * place + 1), 0);
    }
    return needed;
}

function reset({ net, capacity }: Problem): void {
    for (let arc = 0; arc < capacity.length; arc++) {
        net.residue[2 * arc] = at(capacity, arc);
        net.residue[2 * arc + 1] = 0;
    }
}
