/** Completion: what may stand where the cursor is, also in a text that is broken. */
import { type CompletionItem, CompletionItemKind, type CompletionList, type CompletionParams, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import { proposePaths } from '../completion/path-proposals.ts';
import type { Proposal } from '../completion/proposal.ts';
import { type CompletionSite, completionSite } from '../completion/site.ts';
import { proposeStatements } from '../completion/statement-proposals.ts';
import { proposeUnits, proposeValue } from '../completion/value-proposals.ts';
import { escapeMarkdown } from '../explain/markdown.ts';
import { canonicalUri, isReadable, type Source } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

export const completion: Feature = {
    name: 'completion',
    capabilities: { completionProvider: { triggerCharacters: ['.', ' '] } },
    register: ({ onRequest, workspace }) => {
        onRequest('textDocument/completion', ({ textDocument, position }: CompletionParams): CompletionList | null => {
            const source = workspace.sources.get(canonicalUri(textDocument.uri));
            if (!isReadable(source)) {
                return null;
            }
            const site = completionSite(workspace.services, source.text, source.document.textDocument.offsetAt(position));
            return site === undefined
                ? null
                : { isIncomplete: false, items: propose(site, source, workspace).map((proposal, index) => toItem(proposal, index, site, source)) };
        });
    },
};

/** The first that has anything to say knows best; where none has, whatever may stand in the body. */
function propose(site: CompletionSite, source: Source, workspace: Workspace): readonly Proposal[] {
    const understanding = workspace.current(source.uri);
    const topology = understanding?.lowered.topology;
    const special = proposeUnits(site) ?? (topology && proposePaths(site, topology));
    if (special !== undefined) {
        return special;
    }
    const values = proposeValue(site, understanding, workspace) ?? [];
    const isValueOnly = values.length > 0 && site.pending?.shape.kind !== 'quantity';
    return isValueOnly ? values : [...values, ...proposeStatements(site)];
}

function toItem(proposal: Proposal, index: number, site: CompletionSite, { document }: Source): CompletionItem {
    const { label, kind, insert = label, isSnippet, filter, detail, documentation } = proposal;
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
