/** The outline of a file, and the elements of all open topologies by name. */

import { type DocumentSymbol, type DocumentSymbolParams, type SymbolInformation, SymbolKind, type WorkspaceSymbolParams } from 'vscode-languageserver';
import {
    type Element,
    type Item,
    isElement,
    isEngineVm,
    isExpectation,
    isImageItem,
    isLet,
    isOsItem,
    isScenario,
    isTemplate,
    isTypeDefinition,
} from '#language/generated/ast.ts';
import { placeOf, toLocation } from '../cursor.ts';
import { lastStep } from '../short-path.ts';
import { canonicalUri, isReadable } from '../sources.ts';
import type { Feature } from './feature.ts';

export const symbols: Feature = {
    name: 'symbols',
    capabilities: { documentSymbolProvider: true, workspaceSymbolProvider: true },
    register: ({ onRequest, workspace, spelling }) => {
        onRequest('textDocument/documentSymbol', ({ textDocument }: DocumentSymbolParams): readonly DocumentSymbol[] => {
            const source = workspace.sources.get(canonicalUri(textDocument.uri));
            return isReadable(source) ? outline(source.document.parseResult.value.items) : [];
        });
        onRequest('workspace/symbol', ({ query }: WorkspaceSymbolParams): readonly SymbolInformation[] => {
            const found = new Map<string, SymbolInformation>();
            for (const { lowered } of workspace.sources.openUris().flatMap((uri) => workspace.allCurrent(uri))) {
                for (const [id, { name }] of lowered.origins.elements) {
                    const kind = lowered.topology.elements.get(id)?.kind;
                    if (kind !== undefined && matches(id, query)) {
                        found.set(`${placeOf(name)} ${id}`, {
                            name: lastStep(id),
                            containerName: id,
                            kind: elementSymbols[kind],
                            location: toLocation(name, spelling),
                        });
                    }
                }
            }
            return [...found.values()];
        });
    },
};

/** The letters of the query, in order, as editors match symbols. */
function matches(id: string, query: string): boolean {
    let matched = 0;
    const wanted = query.toLowerCase();
    for (const letter of id.toLowerCase()) {
        if (letter === wanted[matched]) {
            matched += 1;
        }
    }
    return matched === wanted.length;
}

function outline(items: readonly Item[]): DocumentSymbol[] {
    return items.flatMap((item) => {
        const shown = describe(item);
        const range = item.$cstNode?.range;
        if (shown === undefined || range === undefined || shown.name === '') {
            return [];
        }
        const children = 'body' in item && item.body !== undefined ? outline(item.body.items) : [];
        return [{ ...shown, range, selectionRange: range, ...(children.length > 0 && { children }) }];
    });
}

interface Shown {
    readonly name: string;
    readonly detail?: string;
    readonly kind: SymbolKind;
}

function describe(item: Item): Shown | undefined {
    if (isElement(item)) {
        return { name: item.name ?? item.type ?? '', detail: detailOf(item), kind: item.kind === undefined ? SymbolKind.Object : elementSymbols[item.kind] };
    }
    if (isEngineVm(item)) {
        return { name: 'vm', detail: 'size of the implicit vm', kind: SymbolKind.Class };
    }
    if (isTemplate(item)) {
        return { name: item.name ?? '', detail: `template for ${item.kind ?? '?'}`, kind: SymbolKind.Interface };
    }
    if (isTypeDefinition(item)) {
        return { name: item.name ?? '', detail: `type ${item.of ?? ''}`, kind: SymbolKind.Struct };
    }
    if ((isOsItem(item) || isImageItem(item)) && item.body !== undefined) {
        return { name: item.name ?? '', detail: isOsItem(item) ? 'os' : 'image', kind: SymbolKind.Struct };
    }
    if (isLet(item)) {
        return { name: item.name ?? '', detail: item.value?.$cstNode?.text ?? '', kind: SymbolKind.Constant };
    }
    if (isScenario(item)) {
        return { name: item.name ?? '', detail: 'scenario', kind: SymbolKind.Event };
    }
    return isExpectation(item) ? { name: item.$cstNode?.text.replaceAll(/\s+/g, ' ') ?? 'expect', kind: SymbolKind.Boolean } : undefined;
}

function detailOf({ kind, count }: Element): string {
    return `${kind ?? ''}${count === undefined ? '' : ` × ${count.$cstNode?.text ?? '?'}`}`;
}

const elementSymbols = {
    host: SymbolKind.Module,
    disk: SymbolKind.Field,
    nic: SymbolKind.Field,
    hypervisor: SymbolKind.Namespace,
    vm: SymbolKind.Class,
    engine: SymbolKind.Namespace,
    slice: SymbolKind.Package,
    pod: SymbolKind.Package,
    container: SymbolKind.Object,
    process: SymbolKind.Function,
    phase: SymbolKind.Event,
} as const satisfies Record<NonNullable<Element['kind']>, SymbolKind>;
