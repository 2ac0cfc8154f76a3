/** Who comes to control whom that did not, or no longer does, or by breaking something else than before. */
import { controlGraph } from '#simulation/isolation/reach/control-graph.ts';
import type { Needs } from '#simulation/isolation/reach/edge.ts';
import { type Reach, reachRows } from '#simulation/isolation/reach/reach.ts';
import { append } from '#simulation/model/append.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import type { Bounded } from './difference.ts';
import type { ElementMatch } from './match-elements.ts';
import type { Indices } from './workload-pairs.ts';

export interface ReachDifference {
    /** As they are called after; what is gone, as it was called. */
    readonly from: ElementId;
    readonly to: readonly ElementId[];
    /** What has to be broken on the way; absent where there is no way. */
    readonly before?: Needs;
    readonly after?: Needs;
    /** What opens the way to the first of them, on the side after if there is one. */
    readonly via: readonly string[];
}

/** Ways that are looked at on each side; a topology of three hundred workloads on one host has as many. */
const mostWays = 100_000;

/** One row for each that reaches something, and each change of what it takes. */
export function reachDifferences({ before, after }: Indices, { was, became }: ElementMatch): Bounded<ReachDifference> {
    const earlier = waysOf(before, (id) => became.get(id) ?? id);
    const later = waysOf(after, (id) => id);
    if (earlier === undefined || later === undefined) {
        return { rows: [], isComplete: false };
    }
    const isNew = (id: ElementId): boolean => !was.has(id);
    const isGone = (id: ElementId): boolean => !became.has(id) && !was.has(id);
    const changes = new Map<string, Pair[]>();
    for (const key of new Set([...later.keys(), ...earlier.keys()])) {
        const [then, now] = [earlier.get(key), later.get(key)];
        const pair = now ?? then;
        if (pair === undefined || then?.needs === now?.needs) {
            continue;
        }
        // That what has just arrived, or is gone, stands behind some wall is no news; that there is none, is.
        const isExpected = isNew(pair.from) || isNew(pair.to) || isGone(pair.from) || isGone(pair.to);
        if (!isExpected || isOpen(then?.needs) || isOpen(now?.needs)) {
            append(changes, `${pair.from} ${then?.needs} ${now?.needs}`, { ...pair, ...(then && { before: then.needs }), ...(now && { after: now.needs }) });
        }
    }
    return { rows: [...changes.values()].flatMap(rowOf), isComplete: true };
}

interface Way {
    readonly from: ElementId;
    readonly to: ElementId;
    readonly needs: Needs;
    readonly via: () => readonly string[];
}

interface Pair extends Way {
    readonly before?: Needs;
    readonly after?: Needs;
}

function rowOf(pairs: readonly Pair[]): readonly ReachDifference[] {
    const [first] = pairs;
    if (first === undefined) {
        return [];
    }
    const { from, before, after, via } = first;
    return [{ from, to: pairs.map(({ to }) => to), ...(before !== undefined && { before }), ...(after !== undefined && { after }), via: via() }];
}

function isOpen(needs: Needs | undefined): boolean {
    return needs === 'none' || needs === 'process';
}

/** By both ends; nothing where there are too many. */
function waysOf(index: TopologyIndex, name: (id: ElementId) => ElementId): ReadonlyMap<string, Way> | undefined {
    const ways = new Map<string, Way>();
    for (const { from, to, way } of reachRows(controlGraph(index))) {
        const [one, other] = [index.elements[from]?.id, index.elements[to]?.id];
        if (one !== undefined && other !== undefined) {
            const named = { from: name(one), to: name(other), needs: way.needs, via: () => viaOf(way) };
            ways.set(`${named.from} ${named.to}`, named);
        }
        if (ways.size > mostWays) {
            return undefined;
        }
    }
    return ways;
}

function viaOf({ edges }: Reach['way']): readonly string[] {
    return edges.map(({ via }) => via());
}
