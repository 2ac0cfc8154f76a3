/** Reads for the language server the files that only VS Code can reach: of a virtual workspace, and all of them in the browser. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    type ListFolderAnswer,
    type ListFolderParams,
    listFolderRequest,
    type ReadFileAnswer,
    type ReadFileParams,
    readFileRequest,
} from '#server/protocol.ts';

export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
    return vscode.Disposable.from(
        client.onRequest(readFileRequest, ({ uri }: ReadFileParams) => readFile(vscode.Uri.parse(uri, true))),
        client.onRequest(listFolderRequest, ({ uri }: ListFolderParams) => listFolder(vscode.Uri.parse(uri, true))),
    );
}

async function readFile(uri: vscode.Uri): Promise<ReadFileAnswer> {
    try {
        return [...(await vscode.workspace.fs.readFile(uri))];
    } catch {
        return null;
    }
}

/** Links are not followed: they can lead round in a circle. */
async function listFolder(uri: vscode.Uri): Promise<ListFolderAnswer> {
    try {
        const entries = await vscode.workspace.fs.readDirectory(uri);
        return entries.flatMap(
            ([name, type]): ListFolderAnswer =>
                type === vscode.FileType.File ? [{ name, kind: 'file' }] : type === vscode.FileType.Directory ? [{ name, kind: 'folder' }] : [],
        );
    } catch {
        return [];
    }
}
