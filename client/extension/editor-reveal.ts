/** Shows a place of the text in an editor, where the text is already visible if it is, and never on top of the preview. */
import * as vscode from 'vscode';

export async function revealLocation(location: vscode.Location, previewColumn: vscode.ViewColumn | undefined): Promise<void> {
    const document = await vscode.workspace.openTextDocument(location.uri);
    const start = location.range.start;
    const editor = await vscode.window.showTextDocument(document, {
        viewColumn: columnOf(location.uri) ?? columnBeside(previewColumn),
        selection: new vscode.Range(start, start),
    });
    editor.revealRange(location.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The column that already shows the document, in front or behind another tab. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
    const visible = vscode.window.visibleTextEditors.find((editor) => editor.viewColumn !== undefined && isSame(editor.document.uri, uri));
    if (visible !== undefined) {
        return visible.viewColumn;
    }
    const holds = (tab: vscode.Tab): boolean => tab.input instanceof vscode.TabInputText && isSame(tab.input.uri, uri);
    return vscode.window.tabGroups.all.find((group) => group.tabs.some(holds))?.viewColumn;
}

function columnBeside(previewColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
    const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== previewColumn);
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
    return a.toString() === b.toString();
}
