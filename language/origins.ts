/** The only way back to text: where elements, statements and expectations of a lowered topology stand. */

import type { Facts, Severity } from '#simulation/model/finding.ts';
import type { ElementId } from '#simulation/model/ids.ts';

/** Lines and UTF-16 units from 0, as in LSP. */
export interface TextPosition {
    readonly line: number;
    readonly character: number;
}
export interface SourceRange {
    readonly uri: string;
    readonly start: TextPosition;
    readonly end: TextPosition;
}

export interface Origins {
    readonly elements: ReadonlyMap<ElementId, ElementOrigin>;
    /** In the order of `Topology.expectations`; and by scenario name, in the order of `Scenario.expectations`. */
    readonly expectations: readonly SourceRange[];
    readonly scenarios: ReadonlyMap<string, { readonly name: SourceRange; readonly expectations: readonly SourceRange[] }>;
}

export interface ElementOrigin {
    /** The whole declaration, from its keyword to the closing brace. */
    readonly declaration: SourceRange;
    /** The name (of hypervisors and engines: the type, or the alias). */
    readonly name: SourceRange;
    /** By key as written (`memory limit`): the statement that won, which may stand in a template. */
    readonly statements: ReadonlyMap<string, SourceRange>;
}

/** What the language itself has to say: grammar, names, units, statements. Has a place in the text from the start. */
export interface Problem {
    readonly code: string;
    readonly severity: Severity;
    readonly at: SourceRange;
    /** What is wrong, then what would fix it. */
    readonly message: string;
    /** What a quick fix needs; documented by each check. */
    readonly facts: Facts;
    readonly related: readonly { readonly at: SourceRange; readonly message: string }[];
}
