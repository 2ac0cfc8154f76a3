/**
 * Maximum flow and minimum cut by Dinic's algorithm, with loops instead of recursion so that deep networks are safe.
 *
 * Capacities are real numbers; a residue below `slack` (1e-13 of the largest finite sum of capacities out of the source) counts as none,
 * so rounding can neither keep the search going nor hide a cut. Cost: O(nodes² · arcs) at worst, far less on trees with few classes.
 */

/** A network whose capacities may be rewritten between flows. Arc `a` and its reverse `a ^ 1` are neighbours. */
export interface Network {
    readonly nodes: number;
    readonly source: number;
    readonly sink: number;
    /** Head of each arc. */
    readonly head: Int32Array;
    /** Arcs that leave node `i`: `arcs[start[i] … start[i + 1]]`. */
    readonly start: Int32Array;
    readonly arcs: Int32Array;
    /** Residual capacities; set them before each flow: the capacity for even arcs, 0 for odd ones. */
    readonly residue: Float64Array;
}

export interface Arc {
    readonly from: number;
    readonly to: number;
}

/** A network with the given arcs; arc `i` of the list has number `2 · i`. */
export function network(nodes: number, source: number, sink: number, list: readonly Arc[]): Network {
    const head = new Int32Array(list.length * 2);
    const start = new Int32Array(nodes + 1);
    for (const [i, { from, to }] of list.entries()) {
        head[2 * i] = to;
        head[2 * i + 1] = from;
        start[from + 1] = (start[from + 1] ?? 0) + 1;
        start[to + 1] = (start[to + 1] ?? 0) + 1;
    }
    for (let i = 0; i < nodes; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
    const next = start.slice();
    const arcs = new Int32Array(list.length * 2);
    for (let arc = 0; arc < arcs.length; arc++) {
        const tail = head[arc ^ 1] ?? 0;
        const slot = next[tail] ?? 0;
        arcs[slot] = arc;
        next[tail] = slot + 1;
    }
    return { nodes, source, sink, head, start, arcs, residue: new Float64Array(list.length * 2) };
}

/** Pushes as much as fits; returns the amount. Afterwards `residue` is what is left. */
export function maxFlow(net: Network, slack: number): number {
    let total = 0;
    for (let depth = distances(net, slack); (depth[net.sink] ?? -1) >= 0; depth = distances(net, slack)) total += blockingFlow(net, depth, slack);
    return total;
}

/** 1 for the nodes that the source still reaches: its side of a minimum cut. */
export function sourceSide(net: Network, slack: number): Uint8Array {
    const side = new Uint8Array(net.nodes);
    const depth = distances(net, slack);
    for (let node = 0; node < net.nodes; node++) side[node] = (depth[node] ?? -1) >= 0 ? 1 : 0;
    return side;
}

/** Steps from the source over arcs with room; −1 where none leads. */
function distances(net: Network, slack: number): Int32Array {
    const depth = new Int32Array(net.nodes).fill(-1);
    const queue = new Int32Array(net.nodes);
    depth[net.source] = 0;
    queue[0] = net.source;
    for (let read = 0, written = 1; read < written; read++) {
        const node = queue[read] ?? 0;
        for (let slot = net.start[node] ?? 0; slot < (net.start[node + 1] ?? 0); slot++) {
            const arc = net.arcs[slot] ?? 0;
            const to = net.head[arc] ?? 0;
            if ((net.residue[arc] ?? 0) <= slack || (depth[to] ?? 0) >= 0) continue;
            depth[to] = (depth[node] ?? 0) + 1;
            queue[written++] = to;
        }
    }
    return depth;
}

/** Saturates every shortest path: walks towards the sink, steps back from dead ends. */
function blockingFlow(net: Network, depth: Int32Array, slack: number): number {
    const { head, start, arcs, residue } = net;
    const cursor = start.slice();
    const path: number[] = [];
    let total = 0;
    let node = net.source;
    for (;;) {
        if (node === net.sink) {
            total += augment(net, path);
            const cut = path.findIndex((arc) => (residue[arc] ?? 0) <= slack);
            node = head[(path[cut] ?? 0) ^ 1] ?? net.source;
            path.length = cut;
            continue;
        }
        const slot = cursor[node] ?? 0;
        if (slot < (start[node + 1] ?? 0)) {
            const arc = arcs[slot] ?? 0;
            const to = head[arc] ?? 0;
            if ((residue[arc] ?? 0) > slack && (depth[to] ?? -1) === (depth[node] ?? 0) + 1) {
                path.push(arc);
                node = to;
            } else {
                cursor[node] = slot + 1;
            }
            continue;
        }
        const back = path.pop();
        if (back === undefined) return total;
        node = head[back ^ 1] ?? net.source;
        cursor[node] = (cursor[node] ?? 0) + 1;
    }
}

function augment(net: Network, path: readonly number[]): number {
    let amount = Infinity;
    for (const arc of path) amount = Math.min(amount, net.residue[arc] ?? 0);
    for (const arc of path) {
        net.residue[arc] = (net.residue[arc] ?? 0) - amount;
        net.residue[arc ^ 1] = (net.residue[arc ^ 1] ?? 0) + amount;
    }
    return amount;
}
