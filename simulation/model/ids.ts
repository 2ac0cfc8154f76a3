/** Identities: of declared elements, of their single replicas, and of sets of replicas. */

declare const brand: unique symbol;

/** Canonical path of a declared element without replica indices, as in `rack1.docker.web`; unique in a topology. */
export type ElementId = string & { readonly [brand]: 'element' };
/** Canonical path of one replica, as in `rack1.docker.web[2]`; an element without `[n]` has no index. */
export type InstancePath = string & { readonly [brand]: 'instance' };

export const elementId = (path: string): ElementId => path as ElementId;
export const instancePath = (path: string): InstancePath => path as InstancePath;

/** Replica numbers from `first` to `last`, both included, counted from 1. */
export interface IndexRange {
    readonly first: number;
    readonly last: number;
}

/**
 * Replicas that a path in the text means: one range for each replicated element from the root down to `element`.
 * Invariant: `ranges.length` equals the number of replicated elements among `element` and its ancestors.
 */
export interface InstanceSet {
    readonly element: ElementId;
    readonly ranges: readonly IndexRange[];
}
