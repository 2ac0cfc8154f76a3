/** Completion: what may stand where the cursor is, also in a text that is broken. */
import { type CompletionItem, CompletionItemKind, type CompletionList, type CompletionParams, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import type { SourceRange } from '#language/origins.ts';
import { proposePaths } from '../completion/path-proposals.ts';
import type { Proposal } from '../completion/proposal.ts';
import { type CompletionSite, completionSite } from '../completion/site.ts';
import { proposeStatements } from '../completion/statement-proposals.ts';
import { proposeUnits, proposeValue } from '../completion/value-proposals.ts';
import { explainDefinition } from '../explain/definition.ts';
import { escapeMarkdown } from '../explain/markdown.ts';
import { canonicalUri, isReadable, type Source } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

export const completion: Feature = {
    name: 'completion',
    capabilities: { completionProvider: { triggerCharacters: ['.', ' '], resolveProvider: true } },
    register: ({ onRequest, workspace }) => {
        onRequest('textDocument/completion', ({ textDocument, position, context }: CompletionParams): CompletionList | null => {
            const source = workspace.sources.get(canonicalUri(textDocument.uri));
            if (!isReadable(source)) {
                return null;
            }
            const site = completionSite(workspace.services, source.text, source.document.textDocument.offsetAt(position));
            if (site === undefined) {
                return null;
            }
            const { certain, possible } = propose(site, source, workspace);
            // A space that was typed asks for what must follow, not for all that may: else the next line break would take the first of it.
            const proposals = context?.triggerCharacter === ' ' ? certain : [...certain, ...possible];
            return { isIncomplete: false, items: proposals.map((proposal, index) => toItem(proposal, index, site, source)) };
        });
        onRequest('completionItem/resolve', (item: CompletionItem): CompletionItem => {
            const place = readPlace(item.data);
            const value = place === undefined ? '' : explainDefinition(place, workspace);
            return value === '' ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
        });
    },
};

/** What an editor sends back may be anything. */
function readPlace(data: unknown): SourceRange | undefined {
    const { uri, line, character } = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
    if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') {
        return undefined;
    }
    return { uri, start: { line, character }, end: { line, character } };
}

interface Proposals {
    /** One of these has to stand here. */
    readonly certain: readonly Proposal[];
    readonly possible: readonly Proposal[];
}

/** The first that has anything to say knows best; where none has, whatever may stand in the body. */
function propose(site: CompletionSite, source: Source, workspace: Workspace): Proposals {
    const understanding = workspace.current(source.uri);
    const units = proposeUnits(site);
    if (units !== undefined) {
        return units.isRequired ? { certain: units.proposals, possible: [] } : { certain: [], possible: [...units.proposals, ...proposeStatements(site)] };
    }
    const paths = understanding && proposePaths(site, understanding.lowered.topology);
    if (paths !== undefined) {
        return { certain: paths, possible: [] };
    }
    const values = proposeValue(site, understanding) ?? [];
    const isValueOnly = values.length > 0 && site.pending?.shape.kind !== 'quantity';
    return isValueOnly ? { certain: values, possible: [] } : { certain: [], possible: [...values, ...proposeStatements(site)] };
}

function toItem(proposal: Proposal, index: number, site: CompletionSite, { document }: Source): CompletionItem {
    const { label, kind, insert = label, isSnippet, filter, detail, documentation, definedAt } = proposal;
    const start = kind === 'unit' ? site.offset - (/[A-Za-z/-]*$/.exec(site.text.slice(site.start, site.offset))?.[0].length ?? 0) : site.start;
    const range = { start: document.textDocument.positionAt(start), end: document.textDocument.positionAt(site.offset) };
    return {
        label,
        kind: itemKinds[kind],
        // The table's order is the usual order of writing.
        sortText: String(index).padStart(4, '0'),
        textEdit: { range, newText: insert },
        ...(isSnippet === true && { insertTextFormat: InsertTextFormat.Snippet }),
        ...(filter !== undefined && { filterText: filter }),
        ...(detail !== undefined && { detail }),
        ...(definedAt !== undefined && { data: { uri: definedAt.uri, ...definedAt.start } }),
        ...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: escapeMarkdown(documentation) } }),
    };
}

const itemKinds: Readonly<Record<Proposal['kind'], CompletionItemKind>> = {
    statement: CompletionItemKind.Property,
    element: CompletionItemKind.Reference,
    snippet: CompletionItemKind.Snippet,
    unit: CompletionItemKind.Unit,
    word: CompletionItemKind.EnumMember,
    definition: CompletionItemKind.Constant,
    metric: CompletionItemKind.Field,
    function: CompletionItemKind.Function,
};
