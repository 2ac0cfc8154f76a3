/** Tells the preview which element the cursor stands in, so that its box lights up. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ElementAtAnswer, type ElementAtParams, elementAtRequest } from '#server/protocol.ts';
import { settings } from './contributions.ts';
import type { PreviewPanel } from './preview-panel.ts';

/** Long enough that holding an arrow key asks once, short enough to feel immediate. */
const pauseMilliseconds = 80;

export interface CursorFollower extends vscode.Disposable {
    /** Tells of the cursor as it stands, where none has moved: a preview was just opened, or shows another document. */
    tell(): void;
}

export function followCursor(client: BaseLanguageClient, previews: () => readonly PreviewPanel[]): CursorFollower {
    let timer: NodeJS.Timeout | undefined;
    let latest = 0;
    const previewsOf = ({ document }: vscode.TextEditor): readonly PreviewPanel[] =>
        previews().filter((preview) => preview.uri().toString() === document.uri.toString());

    const send = async (editor: vscode.TextEditor, turn: number): Promise<void> => {
        const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
        const params: ElementAtParams = { uri: editor.document.uri.toString(), position };
        const answer = await client.sendRequest<ElementAtAnswer>(elementAtRequest, params).catch(() => undefined);
        // Without an answer (the server is restarting) the highlight stays; an overtaken answer is dropped.
        if (answer !== undefined && turn === latest) {
            for (const preview of previewsOf(editor)) {
                preview.notify({ kind: 'select', ...answer });
            }
        }
    };
    const tellAfter = (milliseconds: number, editor: vscode.TextEditor): void => {
        if (previewsOf(editor).length > 0 && vscode.workspace.getConfiguration().get(settings.previewFollowCursor, true)) {
            clearTimeout(timer);
            latest += 1;
            const turn = latest;
            timer = setTimeout(() => void send(editor, turn), milliseconds);
        }
    };
    const listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => tellAfter(pauseMilliseconds, textEditor));
    return {
        tell() {
            const { activeTextEditor, visibleTextEditors } = vscode.window;
            const editor = [...(activeTextEditor === undefined ? [] : [activeTextEditor]), ...visibleTextEditors].find((each) => previewsOf(each).length > 0);
            if (editor !== undefined) {
                tellAfter(0, editor);
            }
        },
        dispose() {
            clearTimeout(timer);
            listener.dispose();
        },
    };
}
