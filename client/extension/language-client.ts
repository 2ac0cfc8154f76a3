/** The language client: starts the bundled language server on VS Code's own Node and keeps its documents in step. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { showComparisons } from './comparisons.ts';
import { catalogScheme, languageId } from './contributions.ts';

/**
 * Where Strata documents may live. Other schemes stay out: the left-hand side of a diff (`git:`) is the same topology once more and
 * would say everything twice.
 */
const documentSchemes = ['file', 'untitled', 'vscode-vfs', catalogScheme] as const;

export function createLanguageClient(context: vscode.ExtensionContext): LanguageClient {
    const module = context.asAbsolutePath('dist/server.cjs');
    return new LanguageClient(
        // The id is also the prefix of the setting `strata.trace.server`, which the client reads itself.
        languageId,
        'Strata',
        {
            run: { module, transport: TransportKind.ipc },
            debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
        },
        {
            documentSelector: documentSchemes.map((scheme) => ({ scheme, language: languageId })),
            diagnosticCollectionName: languageId,
            middleware: { executeCommand: showComparisons(context) },
        },
    );
}

export function isDrawable(document: vscode.TextDocument): boolean {
    return document.languageId === languageId && document.uri.scheme !== catalogScheme && documentSchemes.some((scheme) => scheme === document.uri.scheme);
}
