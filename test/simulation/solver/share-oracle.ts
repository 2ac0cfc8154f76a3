/** An independent oracle for shares: bisection on λ, and feasibility by trying every cut of CPUs. Slow, and simple enough to be believed. */
import { type ShareForest, shareForest, type Tree } from '#simulation/solver/share-forest.ts';

/** A node as a generator makes it. */
export interface Branch {
    readonly weight: number;
    readonly count: number;
    readonly limit?: number;
    readonly reserve: number;
    readonly set?: readonly number[];
    /** Of leaves. */
    readonly demand: number;
    readonly inside: readonly Branch[];
}

/** The oracle's own tree, with what it works out. */
export interface Node {
    readonly branch: Branch;
    readonly inside: readonly Node[];
    readonly parent: Node | undefined;
    readonly depth: number;
    /** Copies in all. */
    readonly copies: number;
    readonly allowed: readonly number[] | undefined;
    readonly want: number;
    readonly floor: number;
    grant: number;
}

export function oracleTree(branch: Branch, parent?: Node): Node {
    const own = branch.set;
    const above = parent?.allowed;
    const allowed = own === undefined ? above : above === undefined ? own : own.filter((cpu) => above.includes(cpu));
    const shell = {
        branch,
        parent,
        depth: (parent?.depth ?? -1) + 1,
        copies: (parent?.copies ?? 1) * (parent === undefined ? 1 : branch.count),
        allowed,
        grant: 0,
    };
    const node: Node = { ...shell, inside: [], want: 0, floor: 0 };
    const inside = branch.inside.map((child) => oracleTree(child, node));
    const wanted = inside.length === 0 ? branch.demand : inside.reduce((sum, child) => sum + child.branch.count * child.want, 0);
    const want = Math.min(wanted, branch.limit ?? Infinity);
    const floor = Math.min(
        want,
        Math.max(
            branch.reserve,
            inside.reduce((sum, child) => sum + child.branch.count * child.floor, 0),
        ),
    );
    const finished: { -readonly [Key in keyof Node]: Node[Key] } = node;
    finished.inside = inside;
    finished.want = want;
    finished.floor = floor;
    return node;
}

export function nodesOf(root: Node): readonly Node[] {
    return [root, ...root.inside.flatMap(nodesOf)];
}

/** Plain hierarchical filling, λ by bisection at each group. */
export function fillPlainly(root: Node, supply: number): void {
    root.grant = Math.min(supply, root.want);
    for (const group of nodesOf(root)) {
        const { inside } = group;
        if (inside.length === 0) continue;
        const total = (level: number) =>
            inside.reduce((sum, child) => sum + child.branch.count * clamp(level * child.branch.weight, child.floor, child.want), 0);
        const floors = total(0);
        if (floors >= group.grant) {
            for (const child of inside) child.grant = floors === 0 ? 0 : (child.floor * group.grant) / floors;
            continue;
        }
        const level = largest((candidate) => total(candidate) <= group.grant * (1 + 1e-15));
        for (const child of inside) child.grant = clamp(level * child.branch.weight, child.floor, child.want);
    }
}

/**
 * Filling with CPU sets, depth by depth; requires few CPUs, and floors that can all be met.
 * All nodes of a depth rise together in proportion to their part of their group's grant; one stops when it could not get more even alone.
 */
export function fillWithCpus(root: Node, supply: number, capacities: readonly number[]): void {
    const nodes = nodesOf(root);
    for (const node of nodes) node.grant = 0;
    root.grant = Math.max(Math.min(supply, root.want, mostThrough(root, capacities)) - 1e-9, 0);
    for (let depth = 1; nodes.some((node) => node.depth === depth); depth++) {
        let open = nodes.filter((node) => node.depth === depth && node.copies > 0 && (node.parent?.grant ?? 0) > 0);
        const entitlement = (node: Node) => {
            const siblings = node.parent?.inside ?? [];
            return ((node.parent?.grant ?? 0) * node.branch.weight) / siblings.reduce((sum, child) => sum + child.branch.count * child.branch.weight, 0);
        };
        while (open.length > 0) {
            const raise = (level: number) => {
                for (const node of open) node.grant = clamp(level * entitlement(node), node.floor, node.want);
                return isPossible(root, depth, capacities);
            };
            raise(largest(raise));
            // Bisection uses up what rounding allows; a hair less keeps the next question about the next node.
            for (const node of open) node.grant = Math.max(node.grant - 1e-9, 0);
            const before = open.length;
            open = open.filter((node) => {
                const grant = node.grant;
                node.grant = Math.min(node.want, grant + 1e-6);
                const canGrow = node.grant > grant + 1e-8 && isPossible(root, depth, capacities);
                node.grant = grant;
                return canGrow;
            });
            if (open.length === before) throw new Error('the oracle made no progress');
        }
    }
}

/** Whether all groups above a depth can hand out exactly their grants with at least its grant for each node of the depth: no set of CPUs is asked too much. */
export function isPossible(root: Node, depth: number, capacities: readonly number[]): boolean {
    const groups = nodesOf(root).filter((node) => node.depth < depth && (node.depth === depth - 1 || node.inside.length === 0));
    const needed = groups.reduce((sum, group) => sum + group.copies * group.grant, 0);
    const slack = 1e-12 * Math.max(needed, 1e-3);
    for (const group of groups) {
        const held = group.inside.reduce((sum, child) => sum + child.copies * child.grant, 0);
        if (group.inside.length > 0 && held > group.copies * group.grant + slack) return false;
    }
    return everyCut(capacities, (cut, capacity) => {
        const through = groups.reduce((sum, group) => sum + throughGroup(group, cut, capacities.length), capacity);
        return through >= needed - slack;
    });
}

/** The most that a tree can use of the CPUs. */
export function mostThrough(root: Node, capacities: readonly number[]): number {
    let most = Infinity;
    everyCut(capacities, (cut, capacity) => {
        most = Math.min(most, capacity + passing(root, cut, capacities.length));
        return true;
    });
    return most;
}

function everyCut(capacities: readonly number[], holds: (cut: number, capacity: number) => boolean): boolean {
    for (let cut = 0; cut < 1 << capacities.length; cut++) {
        if (
            !holds(
                cut,
                capacities.reduce((sum, value, cpu) => sum + ((cut >> cpu) & 1) * value, 0),
            )
        )
            return false;
    }
    return true;
}

/** What a group's grant can bring to CPUs outside the cut: either its surplus is lost with the lower bounds that pass, or all passes that its children can take. */
function throughGroup(group: Node, cut: number, cpus: number): number {
    const granted = group.copies * group.grant;
    if (group.inside.length === 0) return reaches(group, cut, cpus) ? granted : 0;
    const below = (child: Node) =>
        child.inside.length > 0 ? child.inside.reduce((sum, one) => sum + passing(one, cut, cpus), 0) : reaches(child, cut, cpus) ? Infinity : 0;
    const held = group.inside.reduce((sum, child) => sum + child.copies * child.grant, 0);
    const asBounds = granted - held + group.inside.reduce((sum, child) => sum + Math.min(child.copies * child.grant, below(child)), 0);
    return Math.min(
        asBounds,
        group.inside.reduce((sum, child) => sum + Math.min(child.copies * child.want, below(child)), 0),
    );
}

/** What passes a subtree to CPUs outside the cut, each node at most its want. */
function passing(node: Node, cut: number, cpus: number): number {
    const own = node.copies * node.want;
    if (node.inside.length > 0)
        return Math.min(
            own,
            node.inside.reduce((sum, child) => sum + passing(child, cut, cpus), 0),
        );
    return reaches(node, cut, cpus) ? own : 0;
}

function reaches(leaf: Node, cut: number, cpus: number): boolean {
    const all = leaf.allowed ?? Array.from({ length: cpus }, (_, cpu) => cpu);
    return all.some((cpu) => cpu < cpus && ((cut >> cpu) & 1) === 0);
}

/** The largest level that passes; levels above 1e7 count as endless. */
function largest(passes: (level: number) => boolean): number {
    let [low, high] = [0, 1e7];
    if (passes(high)) return high;
    for (let step = 0; step < 200; step++) {
        const middle = low === 0 && high > 1e-9 ? high / 2 : (low + high) / 2;
        if (passes(middle)) low = middle;
        else high = middle;
    }
    return low;
}

function clamp(value: number, floor: number, want: number): number {
    return Math.min(Math.max(value, floor), want);
}

/** The same tree for the solver, nodes in the order of `nodesOf`. */
export function forestOf(root: Node): { readonly forest: ShareForest; readonly tree: Tree } {
    const nodes = nodesOf(root);
    const numbers = new Map(nodes.map((node, number) => [node, number]));
    const forest = shareForest(Int32Array.from(nodes, (node) => (node.parent === undefined ? -1 : (numbers.get(node.parent) ?? -1))));
    const sets = forest.sets as (readonly number[] | undefined)[];
    for (const [number, { branch }] of nodes.entries()) {
        forest.weight[number] = branch.weight;
        forest.count[number] = number === 0 ? 1 : branch.count;
        forest.limit[number] = branch.limit ?? Infinity;
        forest.reserve[number] = branch.reserve;
        forest.demand[number] = branch.inside.length === 0 ? branch.demand : 0;
        sets[number] = branch.set;
    }
    return { forest, tree: { root: 0, end: nodes.length, hasSets: true } };
}
