/** The Strata document that was last worked on: what the tree and the status bar tell of. */
import * as vscode from 'vscode';
import { contextKeys } from './contributions.ts';
import { isDrawable } from './language-client.ts';

export interface ActiveTopology extends vscode.Disposable {
    /** Nothing where no Strata document is open. */
    uri(): vscode.Uri | undefined;
    readonly onDidChange: vscode.Event<void>;
}

export function followActiveTopology(): ActiveTopology {
    const emitter = new vscode.EventEmitter<void>();
    let active: vscode.Uri | undefined;

    const set = (uri: vscode.Uri | undefined): void => {
        if (active?.toString() !== uri?.toString()) {
            active = uri;
            void vscode.commands.executeCommand('setContext', contextKeys.hasTopology, uri !== undefined);
            emitter.fire();
        }
    };
    const follow = (editor: vscode.TextEditor | undefined): void => {
        if (editor !== undefined && isDrawable(editor.document)) {
            set(editor.document.uri);
        }
    };
    const disposable = vscode.Disposable.from(
        emitter,
        vscode.window.onDidChangeActiveTextEditor(follow),
        vscode.workspace.onDidCloseTextDocument(({ uri }) => {
            if (uri.toString() === active?.toString()) {
                set(vscode.window.visibleTextEditors.find(({ document }) => isDrawable(document))?.document.uri);
            }
        }),
    );
    follow(vscode.window.activeTextEditor);
    return { uri: () => active, onDidChange: emitter.event, dispose: () => disposable.dispose() };
}
