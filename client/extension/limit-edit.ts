/** Changes the literal of a limit while somebody drags its slider: one step for undo, however long the drag. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type LimitEditAnswer, type LimitEditParams, limitEditRequest, type PageAnswer, type PageRequest } from '#server/protocol.ts';

type EditQuestion = Extract<PageRequest, { kind: 'edit' }>;

export async function editLimit({ id, element, statement, value, phase }: EditQuestion, client: BaseLanguageClient, uri: vscode.Uri): Promise<PageAnswer> {
    const params: LimitEditParams = { uri: uri.toString(), element, statement, value };
    const answer = await client.sendRequest<LimitEditAnswer>(limitEditRequest, params);
    if (answer === null) {
        return { id, kind: 'failed', message: `There is no literal of \`${statement}\` to change any more.` };
    }
    const document = await vscode.workspace.openTextDocument(client.protocol2CodeConverter.asUri(answer.uri));
    // An edit that was reckoned for another text would land anywhere; the next movement asks anew.
    if (document.version !== answer.version) {
        return { id, kind: 'done' };
    }
    const range = client.protocol2CodeConverter.asRange(answer.range);
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
    if (editor !== undefined) {
        await editor.edit((edit) => edit.replace(range, answer.newText), { undoStopBefore: phase === 'first', undoStopAfter: phase === 'last' });
    } else if (phase === 'last') {
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, range, answer.newText);
        await vscode.workspace.applyEdit(edit);
    }
    return { id, kind: 'done' };
}
