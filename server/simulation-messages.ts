/** How a topology gets to the worker and its result back: each side keeps what was sent last, and only what differs from it travels. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { ElementResult, KernelGroup, Result } from '#simulation/model/result.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';
import { applyChange, isSameData, type MapChange, mapChange } from './map-change.ts';

export interface WorkerData {
    readonly stopped: Int32Array<SharedArrayBuffer>;
}

export interface SimulationOrder {
    readonly run: number;
    readonly topology: TopologyChange;
}

/** A worker first says that its modules are loaded. */
export type WorkerMessage = { readonly kind: 'loaded' } | SimulationAnswer;

export type SimulationAnswer = { readonly run: number } & (
    | { readonly kind: 'done'; readonly result: ResultChange; readonly milliseconds: number }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly because: string }
);

export type TopologyChange = Omit<Topology, 'elements'> & { readonly elements: MapChange<ElementId, Element> };

/** Without the topology, which who ordered the result has. */
export type ResultChange = Omit<ResultOnly, keyof ResultMaps> & { readonly [Name in keyof ResultMaps]: MapChange<ElementId, ResultMaps[Name]> };
type ResultOnly = Omit<Result, 'topology'>;
interface ResultMaps {
    readonly elements: ElementResult;
    readonly kernels: KernelGroup;
}

export type SentElements = ReadonlyMap<ElementId, Element>;
export interface SentResults {
    readonly elements: ReadonlyMap<ElementId, ElementResult>;
    readonly kernels: ReadonlyMap<ElementId, KernelGroup>;
}

export const nothingSent: SentResults = { elements: new Map(), kernels: new Map() };

/** Elements that the language did not make anew are the very same. */
export function packTopology(topology: Topology, sent: SentElements): TopologyChange {
    return { ...topology, elements: mapChange(sent, topology.elements, Object.is) };
}

export function unpackTopology(change: TopologyChange, sent: SentElements): Topology {
    return { ...change, elements: applyChange(sent, change.elements) };
}

/** The core makes each result anew, so they are compared figure by figure: that takes less time than to copy them. */
export function packResult({ topology: _, ...result }: Result, sent: SentResults): ResultChange {
    return {
        ...result,
        elements: mapChange(sent.elements, result.elements, isSameData),
        kernels: mapChange(sent.kernels, byKernel(result), isSameData),
    };
}

export function unpackResult(change: ResultChange, sent: SentResults): ResultOnly {
    return { ...change, elements: applyChange(sent.elements, change.elements), kernels: [...applyChange(sent.kernels, change.kernels).values()] };
}

export const sentResults = (result: ResultOnly): SentResults => ({ elements: result.elements, kernels: byKernel(result) });

const byKernel = ({ kernels }: Pick<Result, 'kernels'>): ReadonlyMap<ElementId, KernelGroup> => new Map(kernels.map((group) => [group.kernel, group]));
