/** Quick fixes of the findings at the cursor, computed from the current analysis, never from what the editor remembers; and what else can be done with the element there. */

import { type CodeAction, CodeActionKind, type CodeActionParams, LSPErrorCodes, type Range, ResponseError } from 'vscode-languageserver';
import { catalogScheme } from '#language/catalog.ts';
import { extractLet } from '../fixes/extract-let.ts';
import { documentEdits, editOf, quickFixes } from '../fixes/fix-actions.ts';
import { canonicalUri, isReadable } from '../sources.ts';
import { compareActions } from './compare.ts';
import type { Feature, FeatureContext } from './feature.ts';

export const codeActions: Feature = {
    name: 'code-actions',
    capabilities: {
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, CodeActionKind.RefactorExtract], resolveProvider: true },
    },
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
        onRequest('codeAction/resolve', async (action: CodeAction, token): Promise<CodeAction> => {
            const edit = await editOf(action, context, token);
            if (edit === undefined) {
                throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed, and what was to be mended with it.');
            }
            return { ...action, edit };
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
