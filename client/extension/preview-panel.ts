/** One preview: a webview panel with the page in it, the document it shows, and the messages between the two. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { PageAnswer, PageNotice, PageRequest, ViewName } from '#server/protocol.ts';
import { fileName } from './file-name.ts';
import { answerPage } from './preview-router.ts';
import { pageRoot, webviewPage } from './webview-page.ts';

export interface PreviewPanel {
    /** The document that is shown now. */
    uri(): vscode.Uri;
    /** Whether it stays at its document. */
    isLocked(): boolean;
    /** Shows another document in the same panel. */
    follow(uri: vscode.Uri): void;
    notify(notice: PageNotice): void;
    /** Turns to the timeline of a scenario, once the page is there. */
    showScenario(scenario: string): void;
    /** Brings the panel to the front, in another column if one is given. */
    reveal(column?: vscode.ViewColumn): void;
    /** What the page was given last; tests wait for it. */
    picture(): { readonly view: ViewName; readonly revision: string } | undefined;
}

export interface PreviewPanelParts {
    readonly client: BaseLanguageClient;
    readonly extensionUri: vscode.Uri;
    readonly panel: vscode.WebviewPanel;
    readonly uri: vscode.Uri;
    readonly isLocked: boolean;
    /** Called when the page has been given the first picture of a document, or another page begins anew. */
    readonly onShown: () => void;
}

/** Takes over a panel that was just created or that VS Code kept over a reload of the window. */
export function fillPreviewPanel({ client, extensionUri, panel, uri, isLocked, onShown }: PreviewPanelParts): PreviewPanel {
    let shown = uri;
    let locked = isLocked;
    let picture: ReturnType<PreviewPanel['picture']>;
    let live = true;
    /** Whether there is a page that hears. */
    let isLoaded = false;
    let wanted: PageNotice | undefined;

    const send = (message: PageAnswer | PageNotice): void => {
        // A closed panel refuses messages. The promise only says whether a page heard this one: a page that is not loaded yet asks when it is.
        if (live) {
            void panel.webview.postMessage(message);
        }
    };
    const follow = (next: vscode.Uri): void => {
        if (next.toString() === shown.toString()) {
            return;
        }
        shown = next;
        picture = undefined;
        panel.title = titleOf(next, locked);
        send(fileNotice(next));
        send({ kind: 'changed' });
    };
    panel.webview.onDidReceiveMessage(async (request: PageRequest) => {
        // A page that was just loaded was not there when it was told which file it shows.
        const isFirst = request.id === 1;
        if (isFirst) {
            isLoaded = true;
            send(fileNotice(shown));
            if (wanted !== undefined) {
                send(wanted);
                wanted = undefined;
            }
        }
        if (request.kind === 'lock') {
            locked = request.locked;
            panel.title = titleOf(shown, locked);
            send({ id: request.id, kind: 'done' });
            return;
        }
        let asked: vscode.Uri;
        let answer: PageAnswer;
        do {
            asked = shown;
            answer = await answerPage(request, { client, uri: asked, column: panel.viewColumn });
            // A picture of a document that is no longer shown would stand under the new one's name.
        } while (request.kind === 'view' && asked !== shown);
        const isNew = isFirst || picture === undefined;
        if (request.kind === 'view' && answer.kind === 'view' && answer.answer.kind !== 'nothing') {
            picture = { view: request.view, revision: answer.answer.revision };
        }
        send(answer);
        if (isNew && picture !== undefined) {
            onShown();
        }
    });

    panel.onDidDispose(() => {
        live = false;
    });
    const showScenario = (scenario: string): void => {
        const notice: PageNotice = { kind: 'scenario', scenario };
        if (isLoaded) {
            send(notice);
        } else {
            wanted = notice;
        }
    };

    const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'client', 'icons', name);
    panel.iconPath = { light: icon('file-light.svg'), dark: icon('file-dark.svg') };
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extensionUri)] };
    panel.webview.html = webviewPage(panel.webview, extensionUri);
    panel.title = titleOf(uri, locked);
    return {
        uri: () => shown,
        isLocked: () => locked,
        follow,
        notify: send,
        showScenario,
        reveal: (column) => panel.reveal(column, true),
        picture: () => picture,
    };
}

function fileNotice(uri: vscode.Uri): PageNotice {
    return { kind: 'file', name: fileName(uri), uri: uri.toString() };
}

function titleOf(uri: vscode.Uri, isLocked: boolean): string {
    return isLocked ? `[Preview] ${fileName(uri)}` : `Preview ${fileName(uri)}`;
}
