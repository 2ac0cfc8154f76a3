/** The previews of the window: one follows the active Strata editor, those that are locked stay at their files; all are kept over reloads and server restarts. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ChangedFiles } from './changed-files.ts';
import type { CommittedTexts } from './committed-text.ts';
import { previewViewType } from './contributions.ts';
import { followCursor } from './cursor-follower.ts';
import { isDrawable } from './language-client.ts';
import { fillPreviewPanel, type PreviewPanel } from './preview-panel.ts';

export interface Previews extends vscode.Disposable {
    /** Opens the preview of the document, or brings one to it that shows it or is free to. */
    open(uri: vscode.Uri, column: vscode.ViewColumn): PreviewPanel;
    /** The one that was opened or looked at last. */
    current(): PreviewPanel | undefined;
}

export interface PreviewsParts {
    readonly context: vscode.ExtensionContext;
    readonly client: BaseLanguageClient;
    readonly changed: ChangedFiles;
    readonly committed: CommittedTexts;
}

export function registerPreviews({ context, client, changed, committed }: PreviewsParts): Previews {
    /** Last used first. */
    let open: readonly PreviewPanel[] = [];
    const follower = followCursor(client, () => open);

    const adopt = (panel: vscode.WebviewPanel, uri: vscode.Uri, isLocked: boolean): PreviewPanel => {
        const preview = fillPreviewPanel({ client, extensionUri: context.extensionUri, panel, uri, isLocked, onShown: follower.tell });
        open = [preview, ...open];
        panel.onDidChangeViewState(() => {
            if (panel.active) {
                open = [preview, ...open.filter((other) => other !== preview)];
            }
        });
        panel.onDidDispose(() => {
            open = open.filter((other) => other !== preview);
        });
        return preview;
    };
    const free = (): PreviewPanel | undefined => open.find((preview) => !preview.isLocked());
    const showing = (uri: vscode.Uri): PreviewPanel | undefined => open.find((preview) => preview.uri().toString() === uri.toString());

    const disposable = vscode.Disposable.from(
        vscode.window.registerWebviewPanelSerializer(previewViewType, {
            async deserializeWebviewPanel(panel, state: unknown) {
                const kept = restored(state);
                if (kept === undefined) {
                    panel.dispose();
                } else {
                    adopt(panel, kept.uri, kept.isLocked);
                }
            },
        }),
        vscode.window.onDidChangeActiveTextEditor((editor) => {
            if (editor !== undefined && isDrawable(editor.document) && showing(editor.document.uri) === undefined) {
                free()?.follow(editor.document.uri);
            }
        }),
        changed.onDidChange((isChanged) => {
            for (const preview of open.filter(({ uri }) => isChanged(uri()))) {
                preview.notify({ kind: 'changed' });
            }
        }),
        committed.onDidMove(() => {
            for (const preview of open) {
                preview.notify({ kind: 'changed' });
            }
        }),
        follower,
    );

    return {
        open(uri, column) {
            const preview = showing(uri) ?? free();
            if (preview === undefined) {
                const preserveFocus = column === vscode.ViewColumn.Beside;
                return adopt(vscode.window.createWebviewPanel(previewViewType, 'Preview', { viewColumn: column, preserveFocus }), uri, false);
            }
            preview.follow(uri);
            preview.reveal();
            return preview;
        },
        current: () => open[0],
        dispose: () => disposable.dispose(),
    };
}

/** The page keeps in its state which file it shows; a state without one is of a page that never showed any. */
function restored(state: unknown): { readonly uri: vscode.Uri; readonly isLocked: boolean } | undefined {
    const { file, locked } = (typeof state === 'object' && state !== null ? state : {}) as { readonly file?: unknown; readonly locked?: unknown };
    return typeof file === 'string' ? { uri: vscode.Uri.parse(file, true), isLocked: locked === true } : undefined;
}
