/** What the suites inside VS Code share: opening the workspace's files and waiting for what arrives later. */
import * as vscode from 'vscode';
import type { StrataApi } from '../../../client/extension/start-extension.ts';

const limitMilliseconds = 60_000;

export async function extensionApi(): Promise<StrataApi> {
    const extension = vscode.extensions.getExtension<StrataApi>('strata.strata');
    if (extension === undefined) {
        throw new Error('The extension is not installed.');
    }
    return extension.activate();
}

export function fileUri(name: string): vscode.Uri {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined) {
        throw new Error('The tests need the folder test/vscode/workspace to be open.');
    }
    return vscode.Uri.joinPath(folder.uri, name);
}

export async function openFile(name: string): Promise<vscode.TextEditor> {
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(name)), vscode.ViewColumn.One);
}

/** Polls until the probe gives something; what it gave last is in the error. */
export async function until<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const end = Date.now() + limitMilliseconds;
    for (;;) {
        const value = await probe();
        if (value !== undefined) {
            return value;
        }
        if (Date.now() > end) {
            throw new Error(`Waited ${limitMilliseconds / 1000} s for ${what}.`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

/** The first place of the needle in the text, `offset` characters into it. */
export function positionOf(document: vscode.TextDocument, needle: string, offset = 0): vscode.Position {
    const index = document.getText().indexOf(needle);
    if (index < 0) {
        throw new Error(`${document.uri.path} does not contain "${needle}".`);
    }
    return document.positionAt(index + offset);
}

export function codesAt(uri: vscode.Uri): readonly string[] {
    return vscode.languages.getDiagnostics(uri).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** The first quick fix in a range, with what it edits: VS Code asks for that once somebody chooses one. */
export function quickFixIn(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction & { readonly edit: vscode.WorkspaceEdit }> {
    return until('a quick fix', async () => {
        const found = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, range, 'quickfix', 1);
        return found.find((action): action is vscode.CodeAction & { readonly edit: vscode.WorkspaceEdit } => action.edit !== undefined);
    });
}

/** Puts the files back as they are on disk and closes every editor, so that no test sees another's edits. */
export async function revertAll(): Promise<void> {
    for (const document of vscode.workspace.textDocuments.filter((each) => each.isDirty && each.languageId === 'strata')) {
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
