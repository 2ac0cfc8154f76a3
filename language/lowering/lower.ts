/** The files of one topology set become one topology, with the way back to the text, and everything the language has to say about them. */
import type { Topology } from '#simulation/model/topology.ts';
import type { Occurrences } from '../occurrences.ts';
import type { Origins, Problem } from '../origins.ts';
import type { StrataDocument } from '../services.ts';

export interface LowerInput {
    /** The files of one topology set, in the order of `groupTopologies`. */
    readonly documents: readonly StrataDocument[];
    /** The built-in library, from `loadCatalog`. */
    readonly catalog: readonly StrataDocument[];
}

export interface Lowered {
    readonly topology: Topology;
    readonly origins: Origins;
    /** Grammar, names, units and statements of every file of the set (not of the catalog), in the order of the text. */
    readonly problems: readonly Problem[];
    /** Of every file of the set and of the catalog. */
    readonly occurrences: Occurrences;
}

/** Never throws on any text; what is broken is left out or unknown, and the rest is lowered. */
export function lower(input: LowerInput): Lowered {
    void input;
    return {
        topology: {
            elements: new Map(), expectations: [], scenarios: [], policies: [],
            definitions: { operatingSystems: new Map(), images: new Map(), hypervisorTypes: new Map(), engineTypes: new Map() },
        },
        origins: { elements: new Map(), expectations: [], scenarios: new Map() },
        problems: [],
        occurrences: { all: [], byUri: new Map(), byTarget: new Map() },
    };
}
