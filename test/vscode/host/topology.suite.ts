/** The tree of the active topology and the item in the status bar, inside VS Code. */
import * as assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { TopologyItem } from '../../../client/extension/topology-tree.ts';
import { extensionApi, fileUri, openFile, positionOf, revertAll, until } from './workspace.ts';

async function below(parent?: TopologyItem): Promise<readonly TopologyItem[]> {
    const { tree } = await extensionApi();
    return (await tree.getChildren(parent)) ?? [];
}

function descend(...path: readonly string[]): Promise<TopologyItem> {
    return until(path.join('.'), async () => {
        let found: TopologyItem | undefined;
        for (const [depth] of path.entries()) {
            const wanted = path.slice(0, depth + 1).join('.');
            found = (await below(found)).find(({ node }) => node.element === wanted);
            if (found === undefined) {
                return undefined;
            }
        }
        return found;
    });
}

async function shown(item: TopologyItem): Promise<vscode.TreeItem> {
    return (await extensionApi()).tree.getTreeItem(item);
}

suite('tree of the topology', () => {
    teardown(revertAll);
    suiteTeardown(revertAll);

    test('shows how full a host is, as a bar and in figures, and what stands on it step by step', async () => {
        await openFile('hosts.strata');
        const rack = await shown(await descend('rack'));
        assert.match(String(rack.description), /^[▰▱]{5} CPU [\d.]+ % · [▰▱]{5} memory [\d.]+ %/);
        assert.equal(rack.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
        assert.doesNotMatch(rack.accessibilityInformation?.label ?? '▰', /[▰▱]/);
        const nginx = await shown(await descend('rack', 'docker', 'web', 'nginx'));
        assert.equal(nginx.collapsibleState, vscode.TreeItemCollapsibleState.None);
        assert.equal(nginx.description, '0.4 cores · 120 MiB');
    });

    test('a click goes to the line', async () => {
        const { document } = await openFile('hosts.strata');
        const { command } = await shown(await descend('rack', 'docker', 'web'));
        await vscode.commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
        const editor = vscode.window.activeTextEditor;
        assert.equal(editor?.document.uri.toString(), document.uri.toString());
        assert.equal(editor?.selection.active.line, positionOf(document, 'container web').line);
    });

    test('marks what is wrong, and the way to it', async () => {
        await openFile('broken.strata');
        const host = await shown(await descend('small'));
        assert.match(host.resourceUri?.query ?? '', /error/);
    });

    test('shows the file that is worked on', async () => {
        await openFile('broken.strata');
        await descend('small');
        await openFile('hosts.strata');
        await descend('rack');
        assert.deepEqual(
            (await below()).map(({ node }) => node.element),
            ['rack'],
        );
    });

    test('tells of an edit', async () => {
        const editor = await openFile('hosts.strata');
        await descend('rack');
        const { tree } = await extensionApi();
        let told = 0;
        const listener = tree.onDidChangeTreeData?.(() => {
            told += 1;
        });
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'host second { cpu 1 cores  memory 2 GiB  os debian }\n'));
        await until('the tree to be asked for again', () => (told > 0 ? true : undefined));
        await descend('second');
        listener?.dispose();
    });
});

suite('status bar', () => {
    teardown(revertAll);
    suiteTeardown(revertAll);

    test('names the tightest place, and opens the preview', async () => {
        await openFile('hosts.strata');
        const { statusBarItem, shownPicture } = await extensionApi();
        await until('the hosts of the file, without a colour', () => {
            const { tooltip, backgroundColor } = statusBarItem;
            return String(tooltip).startsWith('rack: CPU') && backgroundColor === undefined ? true : undefined;
        });
        assert.match(statusBarItem.text, /^\$\(\w+\) \w+ (CPU|memory|disk) [\d.]+ %$/);
        const { command } = statusBarItem;
        assert.ok(typeof command === 'object');
        await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
        await until('the picture', () => (shownPicture()?.uri === fileUri('hosts.strata').toString() ? shownPicture()?.revision : undefined));
    });

    test('turns red with the findings of the text', async () => {
        await openFile('broken.strata');
        const { statusBarItem } = await extensionApi();
        await until('the colour of errors', () => {
            const { backgroundColor } = statusBarItem;
            return JSON.stringify(backgroundColor)?.includes('statusBarItem.errorBackground') ? true : undefined;
        });
        assert.match(String(statusBarItem.tooltip), /\d errors?/);
    });
});
