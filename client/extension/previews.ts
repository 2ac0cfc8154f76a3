/** The preview of the window: opened beside the text, following the active Strata editor, kept over reloads and server restarts. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ChangedFiles } from './changed-files.ts';
import { previewViewType } from './contributions.ts';
import { followCursor } from './cursor-follower.ts';
import { isDrawable } from './language-client.ts';
import { fillPreviewPanel, type PreviewPanel } from './preview-panel.ts';

export interface Previews extends vscode.Disposable {
    /** Opens the preview of the document, or brings the open one to it. */
    open(uri: vscode.Uri, column: vscode.ViewColumn): void;
    current(): PreviewPanel | undefined;
}

/** Under this key the workspace remembers which document the preview shows, for the next start of the window. */
const shownKey = 'preview.uri';

export function registerPreviews(context: vscode.ExtensionContext, client: BaseLanguageClient, changed: ChangedFiles): Previews {
    let current: PreviewPanel | undefined;
    const follower = followCursor(client, () => current);

    const adopt = (panel: vscode.WebviewPanel, uri: vscode.Uri): void => {
        const preview = fillPreviewPanel({ client, extensionUri: context.extensionUri, panel, uri, onShown: follower.tell });
        current = preview;
        remember(uri);
        panel.onDidDispose(() => {
            current = current === preview ? undefined : current;
        });
    };
    const remember = (uri: vscode.Uri): void => {
        void context.workspaceState.update(shownKey, uri.toString());
    };
    const follow = (uri: vscode.Uri): void => {
        if (current !== undefined && current.uri().toString() !== uri.toString()) {
            current.follow(uri);
            remember(uri);
        }
    };

    const disposable = vscode.Disposable.from(
        vscode.window.registerWebviewPanelSerializer(previewViewType, {
            async deserializeWebviewPanel(panel) {
                const uri = context.workspaceState.get<string>(shownKey);
                if (uri === undefined || current !== undefined) {
                    panel.dispose();
                } else {
                    adopt(panel, vscode.Uri.parse(uri, true));
                }
            },
        }),
        vscode.window.onDidChangeActiveTextEditor((editor) => {
            if (editor !== undefined && isDrawable(editor.document)) {
                follow(editor.document.uri);
            }
        }),
        changed.onDidChange((isChanged) => {
            if (current !== undefined && isChanged(current.uri())) {
                current.notify({ kind: 'changed' });
            }
        }),
        follower,
    );

    return {
        open(uri, column) {
            if (current === undefined) {
                const preserveFocus = column === vscode.ViewColumn.Beside;
                adopt(vscode.window.createWebviewPanel(previewViewType, 'Preview', { viewColumn: column, preserveFocus }), uri);
            } else {
                follow(uri);
                current.reveal();
            }
        },
        current: () => current,
        dispose: () => disposable.dispose(),
    };
}
