/** Saves a view where the reader wants it: as a picture, or all views as one page. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ExportAnswer, type ExportParams, exportRequest, type PageAnswer, type PageRequest } from '#server/protocol.ts';
import { fileName } from './file-name.ts';

type ExportQuestion = Extract<PageRequest, { kind: 'export' }>;

export async function exportView({ id, view, options, format }: ExportQuestion, client: BaseLanguageClient, uri: vscode.Uri): Promise<PageAnswer> {
    const params: ExportParams = { uri: uri.toString(), view, options, format };
    const text = await client.sendRequest<ExportAnswer>(exportRequest, params);
    if (text === null) {
        return { id, kind: 'failed', message: 'There is nothing to export yet.' };
    }
    const name = fileName(uri).replace(/\.strata$/, '');
    const target = await vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.joinPath(uri, '..', format === 'svg' ? `${name}-${view}.svg` : `${name}.html`),
        filters: format === 'svg' ? { 'SVG picture': ['svg'] } : { 'HTML page': ['html'] },
    });
    if (target !== undefined) {
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    }
    return { id, kind: 'exported' };
}
