/** The preview page as a webview wants it: the shell that every host of the page shares, with the webview's own addresses. */
import * as vscode from 'vscode';
import { previewHtml } from '#server/protocol.ts';

/** The only folder that the page may load from. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
    return vscode.Uri.joinPath(extensionUri, 'dist');
}

export function webviewPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
    const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), file)).toString();
    return previewHtml({
        nonce: crypto.randomUUID(),
        cspSource: webview.cspSource,
        scriptUri: address('preview.js'),
        styleUri: address('preview.css'),
    });
}
