/** Tells the preview which element the cursor stands in, so that its box lights up. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type ElementAtAnswer, type ElementAtParams, elementAtRequest } from '#server/protocol.ts';
import { settings } from './contributions.ts';
import type { PreviewPanel } from './preview-panel.ts';

/** Long enough that holding an arrow key asks once, short enough to feel immediate. */
const pauseMilliseconds = 80;

export function followCursor(client: LanguageClient, preview: () => PreviewPanel | undefined): vscode.Disposable {
    let timer: NodeJS.Timeout | undefined;
    let latest = 0;

    const tell = async (editor: vscode.TextEditor, turn: number): Promise<void> => {
        const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
        const params: ElementAtParams = { uri: editor.document.uri.toString(), position };
        const answer = await client.sendRequest<ElementAtAnswer>(elementAtRequest, params).catch(() => undefined);
        // Without an answer (the server is restarting) the highlight stays; an overtaken answer is dropped.
        if (answer !== undefined && turn === latest && isShown(editor, preview())) {
            preview()?.notify({ kind: 'select', ...answer });
        }
    };
    const listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (isShown(textEditor, preview()) && vscode.workspace.getConfiguration().get(settings.previewFollowCursor, true)) {
            clearTimeout(timer);
            latest += 1;
            const turn = latest;
            timer = setTimeout(() => void tell(textEditor, turn), pauseMilliseconds);
        }
    });
    return new vscode.Disposable(() => {
        clearTimeout(timer);
        listener.dispose();
    });
}

function isShown(editor: vscode.TextEditor, preview: PreviewPanel | undefined): boolean {
    return preview !== undefined && editor.document.uri.toString() === preview.uri().toString();
}
