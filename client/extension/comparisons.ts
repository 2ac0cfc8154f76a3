/** Shows what the code action `Compare ways to run …` brings back: a page of Markdown beside the text. */
import * as vscode from 'vscode';
import type { ExecuteCommandMiddleware } from 'vscode-languageclient';
import { compareCommand } from '#server/protocol.ts';

/** Comparisons are no files; the latest of them is the only one. */
const scheme = 'strata-comparison';
const page = vscode.Uri.from({ scheme, path: '/Ways to run it.md' });

/** Hands every command of the server on, and shows the answer of one. */
export function showComparisons(context: vscode.ExtensionContext): NonNullable<ExecuteCommandMiddleware['executeCommand']> {
    const changed = new vscode.EventEmitter<vscode.Uri>();
    let text = '';
    context.subscriptions.push(
        changed,
        vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: () => text }),
    );
    return async (command, given, next) => {
        const answer: unknown = await next(command, given);
        if (command === compareCommand && typeof answer === 'string') {
            text = answer;
            changed.fire(page);
            await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
        }
        return answer;
    };
}
