/** The commands of the palette, the title bar and the keyboard. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { commands } from './contributions.ts';
import { isDrawable } from './language-client.ts';
import type { Previews } from './previews.ts';

export function registerCommands(client: LanguageClient, previews: Previews): vscode.Disposable {
    const openIn = (column: vscode.ViewColumn) => async (uri?: vscode.Uri) => {
        const target = await previewTarget(uri);
        if (target === undefined) {
            await vscode.window.showInformationMessage('Open a Strata file to see its preview.');
        } else {
            previews.open(target, column);
        }
    };
    return vscode.Disposable.from(
        vscode.commands.registerCommand(commands.openPreview, openIn(vscode.ViewColumn.Active)),
        vscode.commands.registerCommand(commands.openPreviewToSide, openIn(vscode.ViewColumn.Beside)),
        vscode.commands.registerCommand(commands.restartServer, () => client.restart()),
    );
}

/** What the menu names (title bar, explorer), else the active Strata editor. */
async function previewTarget(uri: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
    if (uri instanceof vscode.Uri) {
        const document = await vscode.workspace.openTextDocument(uri);
        return isDrawable(document) ? document.uri : undefined;
    }
    const document = vscode.window.activeTextEditor?.document;
    return document !== undefined && isDrawable(document) ? document.uri : undefined;
}
