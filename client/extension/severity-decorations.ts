/** Colours and badges for elements in a tree that something is wrong with. */
import * as vscode from 'vscode';
import { decorationScheme } from './contributions.ts';

export type DecoratedSeverity = 'error' | 'warning';

/** The address under which VS Code asks for the decoration of an element; it leads nowhere else. */
export function severityUri(element: string, severity: DecoratedSeverity): vscode.Uri {
    return vscode.Uri.from({ scheme: decorationScheme, path: `/${element}`, query: severity });
}

export function registerSeverityDecorations(): vscode.Disposable {
    return vscode.window.registerFileDecorationProvider({
        provideFileDecoration: ({ scheme, query }) => (scheme === decorationScheme ? decorations.get(query) : undefined),
    });
}

const decorations: ReadonlyMap<string, vscode.FileDecoration> = new Map([
    ['error', new vscode.FileDecoration('!', 'An error here or in what it carries', new vscode.ThemeColor('list.errorForeground'))],
    ['warning', new vscode.FileDecoration('△', 'A warning here or in what it carries', new vscode.ThemeColor('list.warningForeground'))],
]);
