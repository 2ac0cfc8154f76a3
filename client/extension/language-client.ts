/** What the language client does alike on every platform: which documents are served, and what becomes of commands. */
import type * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { showComparisons } from './comparisons.ts';
import { catalogScheme, languageId } from './contributions.ts';
import { runnableScenarios } from './scenario-lenses.ts';
import { startOptions } from './workspace-trust.ts';

/**
 * Where Strata documents may live. Other schemes stay out: the left-hand side of a diff (`git:`) is the same topology once more and
 * would say everything twice.
 */
const documentSchemes = ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web', catalogScheme] as const;

export function clientOptions(context: vscode.ExtensionContext): LanguageClientOptions {
    return {
        documentSelector: documentSchemes.map((scheme) => ({ scheme, language: languageId })),
        diagnosticCollectionName: languageId,
        initializationOptions: startOptions,
        middleware: { executeCommand: showComparisons(context), provideCodeLenses: runnableScenarios },
    };
}

export function isDrawable(document: vscode.TextDocument): boolean {
    return document.languageId === languageId && document.uri.scheme !== catalogScheme && documentSchemes.some((scheme) => scheme === document.uri.scheme);
}
