/** The files of one topology set become one topology, with the way back to the text, and everything the language has to say about them. */
import type { Definitions } from '#simulation/model/definitions.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';
import { checkSyntax } from '../checks/check-syntax.ts';
import { checkRequired } from '../checks/missing-statement.ts';
import { letScope, silentScope } from '../expressions/lets.ts';
import { isExpectation, isPolicy } from '../generated/ast.ts';
import { indexElements } from '../names/element-index.ts';
import { collectSymbols } from '../names/symbols.ts';
import { indexOccurrences, type Occurrence, type Occurrences } from '../occurrences.ts';
import type { ElementOrigin, Origins, Problem } from '../origins.ts';
import { ProblemList, silent } from '../problems.ts';
import type { StrataDocument } from '../services.ts';
import type { LoweringContext } from './context.ts';
import { type Declaration, declareElements } from './declarations.ts';
import { lowerDefinitions, lowerLibrary } from './definitions.ts';
import { lowerElement } from './element.ts';
import { lowerExpectation } from './expectation.ts';
import { originOf } from './origin.ts';
import { lowerScenario } from './scenario.ts';

export interface LowerInput {
    /** The files of one topology set, in the order of `groupTopologies`; an import of anything else is reported as missing. */
    readonly documents: readonly StrataDocument[];
    /** Why a file is not among them that is there, by its URI. */
    readonly unreadable?: ReadonlyMap<string, string>;
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
export function lower({ documents, unreadable, catalog }: LowerInput): Lowered {
    const problems = new ProblemList();
    const occurrences: Occurrence[] = [];
    const record = (occurrence: Occurrence): void => void occurrences.push(occurrence);
    const symbols = collectSymbols(documents, catalog, problems.report, record);
    const scope = letScope(symbols.lets, problems.report, record);
    const declarations = declareElements(documents, { templates: symbols.templates, scope, report: problems.report, record });
    const context: LoweringContext = { symbols, scope, values: silentScope(scope), index: indexElements(declarations), report: problems.report, record };
    checkSyntax({ documents, unreadable: unreadable ?? new Map() }, context);
    for (const declaration of declarations) {
        checkRequired(declaration, problems.report);
    }
    const { topology, origins } = lowerTopology(documents, declarations, context);
    return { topology, origins, problems: problems.all(), occurrences: indexOccurrences(occurrences) };
}

/** All definitions of the files and the catalog, the files' before the catalog's, whether anything names them or not. */
export function lowerAllDefinitions({ documents, catalog }: LowerInput): Definitions {
    const symbols = collectSymbols(documents, catalog, silent, () => undefined);
    return lowerLibrary({ symbols, values: silentScope(letScope(symbols.lets, silent, () => undefined)) });
}

function lowerTopology(
    documents: readonly StrataDocument[],
    declarations: readonly Declaration[],
    context: LoweringContext,
): { readonly topology: Topology; readonly origins: Origins } {
    const items = documents.flatMap((document) => document.parseResult.value.items);
    const elements = new Map<ElementId, Element>(declarations.map((declaration) => [declaration.id, lowerElement(declaration, context)]));
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
            elements: new Map<ElementId, ElementOrigin>(declarations.map((declaration) => [declaration.id, originOf(declaration)])),
            expectations: expectations.map(({ at }) => at),
            scenarios: new Map(scenarios.map(({ scenario, origin }) => [scenario.name, origin])),
        },
    };
}
