/** How wide everything is: what each element takes, costs, leaves idle and lacks, of the resource that the picture shows. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { PictureResource } from '../protocol.ts';
import { measureCpu } from './measure-cpu.ts';
import { measureMemory } from './measure-memory.ts';
import type { Place } from './standing.ts';

/**
 * Amounts of all replicas together, in base units.
 * Invariant: what an element carries, with its `cost` and `idle`, sums to `amount`, or to `amount + over` where it needs more than it has.
 */
export interface Measure {
    /** Width of the slab: what it is sized to (a host, a VM's memory), else what it takes. */
    readonly amount: number;
    /** What carrying costs: operating systems, virtualisation, daemons. */
    readonly cost: number;
    readonly idle: number;
    /** Promised or wanted beyond `amount`. */
    readonly over: number;
    /** The part of a host's `over` that was wanted and not granted, by what lost it. */
    readonly lostBy: readonly { readonly element: ElementId; readonly amount: number }[];
    /** Its need is not known; `amount` is what is known of it. */
    readonly unknown: boolean;
}

export type Measures = ReadonlyMap<ElementId, Measure>;

export function measure(result: Result, places: ReadonlyMap<ElementId, Place>, resource: PictureResource): Measures {
    switch (resource) {
        case 'cpu':
            return measureCpu(result, places);
        case 'memory':
            return measureMemory(result, places);
        default:
            return resource satisfies never;
    }
}
