/** Quick fixes of the findings at the cursor, computed from the current analysis, never from what the editor remembers; and what else can be done with the element there. */

import {
    type CancellationToken,
    type CodeAction,
    CodeActionKind,
    type CodeActionParams,
    type Diagnostic,
    type Range,
    type TextDocumentEdit,
} from 'vscode-languageserver';
import { catalogScheme } from '#language/catalog.ts';
import { extractLet } from '../fixes/extract-let.ts';
import type { Fix } from '../fixes/fix.ts';
import { fixesFor } from '../fixes/fixes.ts';
import { withEffects } from '../fixes/trial.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { canonicalUri, isReadable, type Source } from '../sources.ts';
import { compareActions } from './compare.ts';
import type { Feature, FeatureContext } from './feature.ts';

export const codeActions: Feature = {
    name: 'code-actions',
    capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, CodeActionKind.RefactorExtract] } },
    register: (context) => {
        const { onRequest, workspace } = context;
        onRequest('textDocument/codeAction', async ({ textDocument, range, context: asked }: CodeActionParams, token): Promise<readonly CodeAction[]> => {
            const uri = canonicalUri(textDocument.uri);
            const wants = (kind: CodeActionKind): boolean => asked.only === undefined || asked.only.some((wanted) => wanted === '' || kind.startsWith(wanted));
            return [
                ...(wants(CodeActionKind.QuickFix) ? await quickFixes(uri, { range, diagnostics: asked.diagnostics }, context, token) : []),
                ...(wants(CodeActionKind.RefactorExtract) ? extractActions(uri, range, context) : []),
                ...(wants(CodeActionKind.Refactor) ? compareActions(workspace.current(uri), uri, range.start) : []),
            ];
        });
    },
};

function extractActions(uri: string, range: Range, context: FeatureContext): readonly CodeAction[] {
    const { workspace } = context;
    const source = workspace.sources.get(uri);
    const understanding = workspace.current(uri);
    const extraction =
        isReadable(source) && understanding !== undefined && !uri.startsWith(`${catalogScheme}:`) ? extractLet(source, range, understanding) : undefined;
    return extraction === undefined
        ? []
        : [{ title: extraction.title, kind: CodeActionKind.RefactorExtract, edit: { documentChanges: documentEdits(extraction, context) } }];
}

interface Place {
    readonly range: Range;
    readonly diagnostics: readonly Diagnostic[];
}

async function quickFixes(uri: string, { range, diagnostics }: Place, context: FeatureContext, token: CancellationToken): Promise<readonly CodeAction[]> {
    const { workspace } = context;
    const analysis = await workspace.analysed(uri, token);
    const sourceOf = (wanted: string): Source | undefined => {
        const source = workspace.sources.get(wanted);
        return isReadable(source) && !wanted.startsWith(`${catalogScheme}:`) ? source : undefined;
    };
    if (analysis === undefined) {
        return [];
    }
    const laboratory = { services: workspace.services, simulator: workspace.simulator, token };
    const actions: CodeAction[] = [];
    for (const finding of analysis.findings.filter(({ at }) => at.uri === uri && overlap(at, range))) {
        const fixes = await withEffects(fixesFor({ finding, analysis, sourceOf }), finding, analysis, laboratory);
        actions.push(...fixes.map((fix) => toAction(fix, finding, diagnostics, context)));
    }
    return actions;
}

function overlap(a: Range, b: Range): boolean {
    const isBefore = (one: Range, other: Range): boolean =>
        one.end.line < other.start.line || (one.end.line === other.start.line && one.end.character < other.start.character);
    return !isBefore(a, b) && !isBefore(b, a);
}

function toAction(fix: Fix, finding: PlacedFinding, diagnostics: readonly Diagnostic[], context: FeatureContext): CodeAction {
    const solved = diagnostics.filter(
        ({ code, range }) => code === finding.code && range.start.line === finding.at.start.line && range.start.character === finding.at.start.character,
    );
    return {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: solved,
        edit: { documentChanges: documentEdits(fix, context) },
        ...(fix.isPreferred === true && { isPreferred: true }),
    };
}

function documentEdits({ edits }: Fix, { workspace, spelling }: FeatureContext): TextDocumentEdit[] {
    return [...new Set(edits.map(({ uri }) => uri))].map((uri) => {
        const source = workspace.sources.get(uri);
        return {
            textDocument: { uri: spelling(uri), version: isReadable(source) ? source.version : null },
            edits: edits.filter((edit) => edit.uri === uri).map(({ range, newText }) => ({ range, newText })),
        };
    });
}
