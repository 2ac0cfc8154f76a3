/** What is measured of an element, for the resource that the picture shows. */
import type { ElementId } from '#simulation/model/ids.ts';

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

/** Of what has no size: as wide as what is in it. */
export const taken = (amount: number, cost: number, unknown: boolean): Measure => ({ amount, cost, idle: 0, over: 0, lostBy: [], unknown });

export const sized = (amount: number, needed: number, cost: number): Measure => ({
    amount,
    cost,
    idle: Math.max(0, amount - needed),
    over: Math.max(0, needed - amount),
    lostBy: [],
    unknown: false,
});

/** With what sticks out of it. */
export const extent = (measure: Measure | undefined): number => (measure === undefined ? 0 : measure.amount + measure.over);

export type Measures = ReadonlyMap<ElementId, Measure>;
