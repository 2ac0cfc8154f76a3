/** The files of one topology set become one topology, with the way back to the text, and everything the language has to say about them. */
import type { Definitions } from '#simulation/model/definitions.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';
import { checkSyntax } from '../checks/check-syntax.ts';
import { letScope, silentScope } from '../expressions/lets.ts';
import { isExpectation, isPolicy } from '../generated/ast.ts';
import { indexElements } from '../names/element-index.ts';
import { collectSymbols } from '../names/symbols.ts';
import { indexOccurrences, type Occurrences } from '../occurrences.ts';
import type { ElementOrigin, Origins, Problem } from '../origins.ts';
import { Collected, silent } from '../problems.ts';
import type { StrataDocument } from '../services.ts';
import type { LoweringContext } from './context.ts';
import { lowerDefinitions, lowerLibrary } from './definitions.ts';
import { lowerExpectation } from './expectation.ts';
import { type LoweredPart, lowerParts, type Memory, partsOf, usable } from './parts.ts';
import { lowerScenario } from './scenario.ts';

export interface LowerInput {
    /** The files of one topology set, in the order of `groupTopologies`; an import of anything else is reported as missing. */
    readonly documents: readonly StrataDocument[];
    /** Why a file is not among them that is there, by its URI. */
    readonly unreadable?: ReadonlyMap<string, string>;
    /** The built-in library, from `loadCatalog`. */
    readonly catalog: readonly StrataDocument[];
    /** What came of earlier texts of the same files: what has not changed is taken over from it, and nothing of the answer depends on it. */
    readonly previous?: Lowered | undefined;
}

export interface Lowered {
    readonly topology: Topology;
    readonly origins: Origins;
    /** Grammar, names, units and statements of every file of the set (not of the catalog), in the order of the text. */
    readonly problems: readonly Problem[];
    /** Of every file of the set and of the catalog. */
    readonly occurrences: Occurrences;
    readonly memory: Memory;
}

/** Never throws on any text; what is broken is left out or unknown, and the rest is lowered. */
export function lower({ documents, unreadable, catalog, previous }: LowerInput): Lowered {
    const collected = new Collected();
    const { report, record } = collected;
    const symbols = collectSymbols(documents, catalog, report, record);
    const scope = letScope(symbols.lets, report, record);
    // All at once and in their order, so that a circle is told from the same end whoever needs it.
    for (const name of symbols.lets.keys()) {
        scope.letNamed(name);
    }
    const memory = usable(previous?.memory, documents, catalog);
    const declared = partsOf(documents, { templates: symbols.templates, scope, report, record }, memory);
    const index = indexElements(declared.flatMap((part) => part.declared?.declarations ?? []));
    const context: LoweringContext = { symbols, scope, values: silentScope(scope), index, report, record };
    checkSyntax({ documents, unreadable: unreadable ?? new Map() }, context);
    const parts = lowerParts(declared, context, memory);
    for (const { declared: own, collected: found } of parts) {
        own === undefined || collected.add(own.collected);
        collected.add(found);
    }
    return {
        ...lowerTopology(documents, parts, context),
        problems: collected.problems.all(),
        occurrences: indexOccurrences(collected.occurrences),
        memory: { ...memory, parts: new Map(parts.map((part) => [part.node, part])) },
    };
}

/** All definitions of the files and the catalog, the files' before the catalog's, whether anything names them or not. */
export function lowerAllDefinitions({ documents, catalog }: LowerInput): Definitions {
    const symbols = collectSymbols(documents, catalog, silent, () => undefined);
    return lowerLibrary({ symbols, values: silentScope(letScope(symbols.lets, silent, () => undefined)) });
}

function lowerTopology(
    documents: readonly StrataDocument[],
    parts: readonly LoweredPart[],
    context: LoweringContext,
): { readonly topology: Topology; readonly origins: Origins } {
    const items = documents.flatMap((document) => document.parseResult.value.items);
    const elements = new Map<ElementId, Element>();
    const origins = new Map<ElementId, ElementOrigin>();
    for (const part of parts) {
        for (const [position, element] of part.elements.entries()) {
            const origin = part.origins[position];
            elements.set(element.id, element);
            origin === undefined || origins.set(element.id, origin);
        }
    }
    const expectations = items.filter(isExpectation).flatMap((item) => lowerExpectation(item, context) ?? []);
    const scenarios = [...context.symbols.scenarios.values()].map((node) => lowerScenario(node, context));
    return {
        topology: {
            elements,
            definitions: lowerDefinitions(elements.values(), context),
            expectations: expectations.map(({ expectation }) => expectation),
            scenarios: scenarios.map(({ scenario }) => scenario),
            policies: [...new Set(items.filter(isPolicy).flatMap((item) => item.name ?? []))],
        },
        origins: {
            elements: origins,
            expectations: expectations.map(({ at }) => at),
            scenarios: new Map(scenarios.map(({ scenario, origin }) => [scenario.name, origin])),
        },
    };
}
