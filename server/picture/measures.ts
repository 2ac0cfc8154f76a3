/** What is measured of an element, for the resource that the picture shows. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Place, Places } from './standing.ts';

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
    readonly lostBy: readonly Loss[];
    /** Its need is not known; `amount` is what is known of it. */
    readonly unknown: boolean;
}

export interface Loss {
    readonly element: ElementId;
    /** Its own name. */
    readonly name: string;
    readonly amount: number;
}

export const nobody: readonly Loss[] = [];

/** Of what has no size: as wide as what is in it. */
export const taken = (amount: number, cost: number, unknown: boolean): Measure => ({ amount, cost, idle: 0, over: 0, lostBy: nobody, unknown });

export const sized = (amount: number, needed: number, cost: number): Measure => ({
    amount,
    cost,
    idle: Math.max(0, amount - needed),
    over: Math.max(0, needed - amount),
    lostBy: nobody,
    unknown: false,
});

/** With what sticks out of it. */
const extent = (measure: Measure | undefined): number => (measure === undefined ? 0 : measure.amount + measure.over);

/** By the number of the place. */
export type Measures = readonly Measure[];

/** From the top down to the hosts, so that what an element carries is measured before itself. */
export function measureFromTheTop(places: Places, measureOne: (place: Place, measures: Measures) => Measure): Measures {
    const measures = new Array<Measure>(places.length);
    for (const place of places.toReversed()) {
        measures[place.number] = measureOne(place, measures);
    }
    return measures;
}

/** What an element costs and carries. */
export const neededBy = ({ carries }: Place, measures: Measures, cost = 0): number => carries.reduce((sum, { number }) => sum + extent(measures[number]), cost);
