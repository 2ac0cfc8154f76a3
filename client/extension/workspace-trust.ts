/** What the server is told of trust: until somebody trusts the workspace, it reads nothing outside of its folders. */
import * as vscode from 'vscode';
import type { StartOptions } from '#server/protocol.ts';
import { type LanguageServer, restartServer } from './language-server.ts';

export function startOptions(): StartOptions {
    return { trusted: vscode.workspace.isTrusted };
}

/** Trust comes once for a window, so a fresh server is simple enough. */
export function followTrust(server: LanguageServer): vscode.Disposable {
    return vscode.workspace.onDidGrantWorkspaceTrust(() => void restartServer(server));
}
