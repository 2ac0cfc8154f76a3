/**
 * The control graph: for each workload the easiest way to the root of each kernel that carries it.
 *
 * Edges lead up to a kernel's root or sideways into a shared namespace, never to another machine, so the way to a kernel is found in two steps:
 * among the workloads right on their kernel, then from kernel to kernel. Both are linear in the number of edges.
 *
 * Invariant: a way is as hard as the strongest wall on it, and of several ways the easiest counts.
 */
import { at, none } from '../../model/columns.ts';
import type { TopologyIndex } from '../../model/topology-index.ts';
import { kernelChain } from '../common-ground.ts';
import { isWorkload } from '../kernels.ts';
import { namespaceOwner } from '../namespaces.ts';
import { type ContainerPowers, directPowers, powersOf } from './container-powers.ts';
import { type Edge, levels, type Needs, stronger } from './edge.ts';
import { edgeRules } from './edge-rules.ts';

/** A way through the graph: its edges in order, and the strongest wall among them. */
export interface Way {
    readonly needs: Needs;
    readonly edges: readonly Edge[];
}

/** A namespace that several share: what leads into it, and who is in it. */
export interface SharedNamespace {
    readonly owner: number;
    readonly entries: readonly Edge[];
}

export interface ControlGraph {
    readonly index: TopologyIndex;
    /** Of each container. */
    readonly powers: readonly (ContainerPowers | undefined)[];
    /** Edges that lead away from each element. */
    readonly edges: readonly (readonly Edge[])[];
    /** Namespaces that somebody joined, and the initial ones of kernels, by `namespaceKey`. */
    readonly namespaces: ReadonlyMap<number, SharedNamespace>;
    /** From each element the easiest way to the root of the kernel that it runs on, or of the one below where it has its own. */
    readonly escapes: readonly (Way | undefined)[];
}

export const nothingNeeded: Way = { needs: 'none', edges: [] };

export function controlGraph(index: TopologyIndex): ControlGraph {
    const powers = index.elements.map((_, number) => powersOf(index, number));
    const joined = joinedContainers(index);
    const edges = index.elements.map(({ kind }, number): readonly Edge[] => {
        if (kind !== 'vm' && !isWorkload(index, number)) return [];
        const subject = { index, number, powers: powers[number], direct: directPowers(powers[number]), joined };
        return edgeRules.flatMap((rule) => rule.edges(subject));
    });
    const namespaces = sharedNamespaces(edges);
    return { index, powers, edges, namespaces, escapes: escapesOf(edges, namespaces) };
}

/** One number for a namespace, whatever its kind. */
export function namespaceKey({ of, owner }: Extract<Edge['to'], { readonly kind: 'namespace' }>): number {
    return 2 * owner + (of === 'pid' ? 0 : 1);
}

/** The ways from an element to the roots of the kernels that carry it, its own first; each is at least as hard as the one before. */
export function waysUp({ index, escapes }: ControlGraph, number: number): readonly { readonly kernel: number; readonly way: Way }[] {
    const kind = index.elements[number]?.kind;
    const ownsIt = at(index.kernel, number) === number || (kind !== 'container' && kind !== 'process');
    let way = ownsIt ? nothingNeeded : escapes[number];
    const ways: { readonly kernel: number; readonly way: Way }[] = [];
    for (const kernel of kernelChain(index, number)) {
        if (way === undefined) break;
        ways.push({ kernel, way });
        const next = escapes[kernel];
        way = next && joined(way, next);
    }
    return ways;
}

export function joined(first: Way, second: Way): Way {
    return { needs: stronger(first.needs, second.needs), edges: [...first.edges, ...second.edges] };
}

function joinedContainers(index: TopologyIndex): ReadonlySet<number> {
    const owners = new Set<number>();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind !== 'container') continue;
        for (const kind of ['pid', 'mount'] as const) if (element.namespaces[kind]?.kind === 'container') owners.add(namespaceOwner(index, number, kind));
    }
    return owners;
}

function sharedNamespaces(edges: ControlGraph['edges']): ReadonlyMap<number, SharedNamespace> {
    const all = new Map<number, { readonly owner: number; readonly entries: Edge[] }>();
    for (const away of edges) {
        for (const edge of away) {
            if (edge.to.kind !== 'namespace') continue;
            const key = namespaceKey(edge.to);
            const known = all.get(key);
            if (known === undefined) all.set(key, { owner: edge.to.owner, entries: [edge] });
            else known.entries.push(edge);
        }
    }
    return all;
}

/**
 * Level by level from the roots back: what can be left at a level is settled before the next is looked at, so each namespace and element is
 * settled once.
 */
function escapesOf(edges: ControlGraph['edges'], namespaces: ControlGraph['namespaces']): readonly (Way | undefined)[] {
    const escapes: (Way | undefined)[] = edges.map(() => undefined);
    const exits = new Map<number, Way>();
    const direct = edges.map(easiestUp);
    const pending = new Map<Needs, Edge[]>(levels.map((level) => [level, []]));
    for (const level of levels) {
        const settled: number[] = [];
        const settle = (number: number, way: Way): void => {
            if (escapes[number] !== undefined) return;
            escapes[number] = way;
            settled.push(number);
        };
        for (const edge of pending.get(level) ?? []) {
            const exit = edge.to.kind === 'namespace' ? exits.get(namespaceKey(edge.to)) : undefined;
            if (exit !== undefined) settle(edge.from, joined({ needs: edge.needs, edges: [edge] }, exit));
        }
        for (const [number, edge] of direct.entries()) if (edge?.needs === level) settle(number, { needs: level, edges: [edge] });
        for (const number of settled) {
            const exit = escapes[number];
            for (const { to } of exit === undefined ? [] : (edges[number] ?? [])) {
                const key = to.kind === 'namespace' ? namespaceKey(to) : undefined;
                if (key === undefined || exit === undefined || exits.has(key)) continue;
                exits.set(key, exit);
                for (const entry of namespaces.get(key)?.entries ?? []) {
                    const needs = stronger(entry.needs, exit.needs);
                    if (needs === level) settle(entry.from, joined({ needs: entry.needs, edges: [entry] }, exit));
                    else pending.get(needs)?.push(entry);
                }
            }
        }
    }
    return escapes;
}

function easiestUp(edges: readonly Edge[]): Edge | undefined {
    let easiest: Edge | undefined;
    for (const edge of edges) {
        if (edge.to.kind === 'root' && edge.to.kernel !== none && (easiest === undefined || levels.indexOf(edge.needs) < levels.indexOf(easiest.needs)))
            easiest = edge;
    }
    return easiest;
}
