/** What falls with one workload: all that it reaches when nothing, a runtime, a kernel or a hypervisor is broken. */
import { at, none } from '../../model/columns.ts';
import type { ElementId } from '../../model/ids.ts';
import type { TopologyIndex } from '../../model/topology-index.ts';
import { isWorkload } from '../kernels.ts';
import { type ControlGraph, namespaceKey, type Way, waysUp } from './control-graph.ts';
import { type Edge, type Layer, levels, type Needs } from './edge.ts';
import { isMachine } from './reach.ts';

/** What is taken as broken: the walls that fall with it, and whose mistakes those may be. */
export interface Breach {
    readonly broken: string;
    readonly needs: Needs;
    readonly layers: readonly Layer[];
}

/** Each takes what stands above it along. */
export const breaches = [
    { broken: 'nothing', needs: 'none', layers: [] },
    { broken: 'runtime', needs: 'namespace', layers: ['runtime'] },
    /** A flaw of a kernel may also be found behind a sandbox that stands on it. */
    { broken: 'kernel', needs: 'sandbox', layers: ['runtime', 'kernel'] },
    { broken: 'hypervisor', needs: 'kernel', layers: ['runtime', 'kernel', 'hypervisor'] },
] as const satisfies readonly Breach[];

export interface BlastRadius {
    /** Kernels whose root falls, outermost first, with all that they carry. */
    readonly machines: readonly ElementId[];
    /** Workloads that fall, the one it began with included. */
    readonly workloads: readonly ElementId[];
}

/** Linear in the number of elements and edges. Of replicas, those that stand on the same machine. */
export function blastRadius(graph: ControlGraph, from: number, breach: Breach): BlastRadius {
    const { index } = graph;
    const owned = ownedKernel(graph, from, breach);
    const falls = owned === none ? neighbours(graph, from, breach.needs) : carriedBy(index, owned);
    const named = (isMeant: (index: TopologyIndex, number: number) => boolean): readonly ElementId[] =>
        index.elements.flatMap((element, number) => (at(falls, number) === 1 && isMeant(index, number) ? [element.id] : []));
    return { machines: named(isMachine), workloads: named(isWorkload) };
}

/** How many groups of workloads and how many machines fall, for one workload after the other: what a kernel carries is counted once. */
export function blastCounts(graph: ControlGraph): (from: number, breach: Breach) => { readonly groups: number; readonly machines: number } {
    const known = new Map<string, { readonly groups: number; readonly machines: number }>();
    return (from, breach) => {
        const owned = ownedKernel(graph, from, breach);
        const key = owned === none ? `${from} ${breach.broken}` : String(owned);
        const counted = known.get(key) ?? countsOf(blastRadius(graph, from, breach));
        known.set(key, counted);
        return counted;
    };
}

function countsOf({ machines, workloads }: BlastRadius): { readonly groups: number; readonly machines: number } {
    return { groups: workloads.length, machines: machines.length };
}

function ownedKernel(graph: ControlGraph, from: number, breach: Breach): number {
    return openedWay(graph, from, breach)?.kernel ?? none;
}

/** The outermost kernel whose root falls, and the way there. */
export function openedWay(graph: ControlGraph, from: number, breach: Breach): { readonly kernel: number; readonly way: Way } | undefined {
    return waysUp(graph, from).findLast(({ way }) => isOpened(way, breach));
}

/** A broken runtime is no help to a process that runs under none. */
function isOpened({ needs, edges }: Way, breach: Breach): boolean {
    const isTheirs = (edge: Edge): boolean => isAtMost(edge.needs, 'process') || edge.rule.layers.some((layer) => breach.layers.includes(layer));
    return isAtMost(needs, breach.needs) && edges.every(isTheirs);
}

function isAtMost(needed: Needs, allowed: Needs): boolean {
    return levels.indexOf(needed) <= levels.indexOf(allowed);
}

/** 1 for a kernel's machine and all that stands on it. */
function carriedBy(index: TopologyIndex, kernel: number): Uint8Array {
    const falls = new Uint8Array(index.elements.length);
    falls[kernel] = 1;
    for (const number of index.elements.keys())
        if (at(falls, Math.max(at(index.carrier, number), 0)) === 1 && at(index.carrier, number) !== none) falls[number] = 1;
    return falls;
}

/** 1 for itself and those that it reaches through shared namespaces. */
function neighbours({ index, edges, namespaces }: ControlGraph, from: number, allowed: Needs): Uint8Array {
    const falls = new Uint8Array(index.elements.length);
    falls[from] = 1;
    const open = [from];
    const seen = new Set<number>();
    for (const number of open) {
        for (const { to, needs } of edges[number] ?? []) {
            const key = to.kind === 'namespace' ? namespaceKey(to) : undefined;
            if (key === undefined || seen.has(key) || !isAtMost(needs, allowed)) continue;
            seen.add(key);
            for (const member of namespaces.get(key)?.entries ?? []) {
                if (at(falls, member.from) === 1) continue;
                falls[member.from] = 1;
                open.push(member.from);
            }
        }
    }
    return falls;
}
