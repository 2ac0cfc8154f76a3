/** Lets a click on the lens above a scenario run it; in other editors, which know no such command, the lens only tells. */
import type * as vscode from 'vscode';
import type { ProvideCodeLensesSignature } from 'vscode-languageclient';
import type { ScenarioLens } from '#server/protocol.ts';
import { commands } from './contributions.ts';

export async function runnableScenarios(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
    next: ProvideCodeLensesSignature,
): Promise<vscode.CodeLens[] | null | undefined> {
    const lenses = await next(document, token);
    for (const lens of lenses ?? []) {
        // The client keeps what the server sent along with a lens, though its type does not say so.
        const { data } = lens as vscode.CodeLens & { readonly data?: ScenarioLens };
        if (data !== undefined && lens.command !== undefined) {
            lens.command = { ...lens.command, command: commands.runScenario, arguments: [data] };
        }
    }
    return lenses;
}
