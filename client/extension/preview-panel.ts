/** One preview: a webview panel with the page in it, the document it shows, and the messages between the two. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PageNotice, PageRequest } from '#server/protocol.ts';
import { answerPage } from './preview-router.ts';
import { pageRoot, webviewPage } from './webview-page.ts';

export interface PreviewPanel {
    /** The document that is shown now. */
    uri(): vscode.Uri;
    /** Shows another document in the same panel. */
    follow(uri: vscode.Uri): void;
    notify(notice: PageNotice): void;
    /** Brings the panel to the front, in another column if one is given. */
    reveal(column?: vscode.ViewColumn): void;
    /** Revision of the picture that the page was given last; tests wait for it. */
    revision(): string | undefined;
}

export interface PreviewPanelParts {
    readonly client: LanguageClient;
    readonly extensionUri: vscode.Uri;
    readonly panel: vscode.WebviewPanel;
    readonly uri: vscode.Uri;
}

/** Takes over a panel that was just created or that VS Code kept over a reload of the window. */
export function fillPreviewPanel({ client, extensionUri, panel, uri }: PreviewPanelParts): PreviewPanel {
    let shown = uri;
    let revision: string | undefined;

    const notify = (notice: PageNotice): void => {
        // The promise only says whether a page was there to hear it; one that is not loaded yet asks for everything when it is.
        void panel.webview.postMessage(notice);
    };
    const follow = (next: vscode.Uri): void => {
        shown = next;
        revision = undefined;
        panel.title = `Preview ${fileName(next)}`;
        notify({ kind: 'file', name: fileName(next) });
        notify({ kind: 'changed' });
    };
    panel.webview.onDidReceiveMessage(async (request: PageRequest) => {
        const asked = shown;
        // A page that knows no picture was just loaded, and was not there when it was told which file it shows.
        if (request.kind === 'scene' && request.known === undefined) {
            notify({ kind: 'file', name: fileName(asked) });
        }
        const answer = await answerPage(request, { client, uri: asked, column: panel.viewColumn });
        // An answer about a document that is no longer shown would paint the wrong picture under the new name.
        if (asked.toString() !== shown.toString()) {
            notify({ kind: 'changed' });
        }
        if (answer.kind === 'scene' && answer.answer.kind !== 'nothing') {
            revision = answer.answer.revision;
        }
        await panel.webview.postMessage(answer);
    });

    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'client', 'icons', 'strata-128.png');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extensionUri)] };
    panel.webview.html = webviewPage(panel.webview, extensionUri);
    panel.title = `Preview ${fileName(uri)}`;
    return { uri: () => shown, follow, notify, reveal: (column) => panel.reveal(column, true), revision: () => revision };
}

function fileName(uri: vscode.Uri): string {
    return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
