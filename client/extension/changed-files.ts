/** Which files have new findings, for everything of the extension that shows some: the client hands each notification to one listener only. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { type ChangedParams, changedNotification } from '#server/protocol.ts';

/** Answers whether a file is among those that changed. */
export type IsChanged = (uri: vscode.Uri) => boolean;

export interface ChangedFiles extends vscode.Disposable {
    readonly onDidChange: vscode.Event<IsChanged>;
}

export function watchChangedFiles(client: BaseLanguageClient): ChangedFiles {
    const emitter = new vscode.EventEmitter<IsChanged>();
    const disposable = vscode.Disposable.from(
        emitter,
        client.onNotification(changedNotification, ({ uris }: ChangedParams) => {
            // The server may percent-encode other characters than VS Code does.
            const changed = new Set(uris.map((uri) => vscode.Uri.parse(uri).toString()));
            emitter.fire((uri) => changed.has(uri.toString()));
        }),
        client.onDidChangeState(({ newState }) => {
            // A fresh server knows nothing of what is shown: everybody asks again.
            if (newState === State.Running) {
                emitter.fire(() => true);
            }
        }),
    );
    return { onDidChange: emitter.event, dispose: () => disposable.dispose() };
}
