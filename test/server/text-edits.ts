/** Applies an editor's edits to a text, as an editor does. */
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
    return TextDocument.applyEdits(documentOf(text), [...edits]);
}

/** The edits for one file in a workspace edit. */
export function editsFor(uri: string, { documentChanges }: WorkspaceEdit): readonly TextEdit[] {
    return (documentChanges ?? [])
        .flatMap((change) => ('edits' in change && change.textDocument.uri === uri ? change.edits : []))
        .filter((edit): edit is TextEdit => 'newText' in edit);
}

export function textIn(text: string, range: Range): string {
    return documentOf(text).getText(range);
}

function documentOf(text: string): TextDocument {
    return TextDocument.create('file:///text', 'strata', 0, text);
}
