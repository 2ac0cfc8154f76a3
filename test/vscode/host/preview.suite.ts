/** The preview inside VS Code: it opens beside the text, becomes ready, follows the active editor and its edits. */
import * as assert from 'node:assert/strict';
import { suite, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { extensionApi, fileUri, openFile, positionOf, revertAll, until } from './workspace.ts';

function previewTab(): vscode.Tab | undefined {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs.find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('strata.preview'));
}

suite('preview', () => {
    suiteTeardown(revertAll);

    test('opens beside the text and shows a picture of it', async () => {
        const editor = await openFile('hosts.strata');
        const { shownPicture } = await extensionApi();
        await vscode.commands.executeCommand('strata.openPreviewToSide');
        const tab = await until('the preview tab', previewTab);
        assert.notEqual(tab.group.viewColumn, editor.viewColumn);
        await until('the first picture', () => shownPicture()?.revision);
        assert.equal(shownPicture()?.uri, fileUri('hosts.strata').toString());
    });

    test('shows a new picture after an edit', async () => {
        const editor = await openFile('hosts.strata');
        const { shownPicture } = await extensionApi();
        const before = await until('a picture', () => shownPicture()?.revision);
        const start = positionOf(editor.document, 'memory 16 GiB');
        await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 'memory 16 GiB'.length)), 'memory 32 GiB'));
        const after = await until('another picture', () => {
            const revision = shownPicture()?.revision;
            return revision === before ? undefined : revision;
        });
        assert.notEqual(after, before);
    });

    test('follows the active Strata editor in the same panel', async () => {
        const { shownPicture } = await extensionApi();
        await openFile('broken.strata');
        await until('the picture of the other file', () => {
            const picture = shownPicture();
            return picture?.uri === fileUri('broken.strata').toString() ? picture.revision : undefined;
        });
        assert.equal(vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab === previewTab()).length, 1);
    });

    test('shows a picture again after the language server was restarted', async () => {
        const { shownPicture } = await extensionApi();
        await openFile('hosts.strata');
        await until('the picture before', () => shownPicture()?.revision);
        await vscode.commands.executeCommand('strata.restartServer');
        const editor = await openFile('hosts.strata');
        const before = shownPicture()?.revision;
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'host second { cpu 1 cores  memory 2 GiB  os debian }\n'));
        await until('a picture from the new server', () => {
            const revision = shownPicture()?.revision;
            return revision === before ? undefined : revision;
        });
    });
});
