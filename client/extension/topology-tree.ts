/** The tree of the active topology: hosts, what stands on them, how full each is; opened step by step, asked for step by step. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type TreeAnswer, type TreeNode, type TreeNodeKind, type TreeParams, treeRequest } from '#server/protocol.ts';
import type { ActiveTopology } from './active-topology.ts';
import type { ChangedFiles } from './changed-files.ts';
import { commands, views } from './contributions.ts';
import { fileName } from './file-name.ts';
import { severityUri } from './severity-decorations.ts';
import { useBar } from './use-bar.ts';

/** An element of the tree, with the way up: what the product added itself is shown where its nearest ancestor is written. */
export interface TopologyItem {
    readonly uri: vscode.Uri;
    readonly node: TreeNode;
    readonly parent?: TopologyItem;
}

export interface TopologyTree extends vscode.Disposable {
    /** What the view asks for; tests ask the same. */
    readonly provider: vscode.TreeDataProvider<TopologyItem>;
}

export function registerTopologyTree(client: BaseLanguageClient, topology: ActiveTopology, changed: ChangedFiles): TopologyTree {
    const emitter = new vscode.EventEmitter<undefined>();
    const provider: vscode.TreeDataProvider<TopologyItem> = {
        onDidChangeTreeData: emitter.event,
        getTreeItem: treeItem,
        getParent: ({ parent }) => parent,
        async getChildren(parent) {
            const uri = parent?.uri ?? topology.uri();
            if (uri === undefined) {
                return [];
            }
            const params: TreeParams = { uri: uri.toString(), ...(parent === undefined ? {} : { element: parent.node.element }) };
            const nodes = await client.sendRequest<TreeAnswer>(treeRequest, params);
            return (nodes ?? []).map((node) => ({ uri, node, ...(parent === undefined ? {} : { parent }) }));
        },
    };
    const view = vscode.window.createTreeView(views.topology, { treeDataProvider: provider, showCollapseAll: true });
    const showName = (): void => {
        const shown = topology.uri();
        view.description = shown === undefined ? '' : fileName(shown);
    };
    showName();
    const disposable = vscode.Disposable.from(
        emitter,
        view,
        topology.onDidChange(() => {
            showName();
            emitter.fire(undefined);
        }),
        changed.onDidChange((isChanged) => {
            const uri = topology.uri();
            if (uri !== undefined && isChanged(uri)) {
                emitter.fire(undefined);
            }
        }),
    );
    return { provider, dispose: () => disposable.dispose() };
}

function treeItem(item: TopologyItem): vscode.TreeItem {
    const { uri, node } = item;
    const { element, kind, label, uses, detail, description, severity, carriesMore } = node;
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const shown = new vscode.TreeItem(label, carriesMore ? Collapsed : None);
    shown.id = `${uri} ${element}`;
    shown.description = [...uses.map(({ share, text }) => `${useBar(share)} ${text}`), detail].filter((part) => part !== '').join(' · ');
    shown.tooltip = description;
    // Spoken, a bar is noise.
    shown.accessibilityInformation = {
        label: [`${kind} ${label}`, ...uses.map(({ text }) => text), detail, severity ?? ''].filter((part) => part !== '').join(', '),
    };
    shown.iconPath = new vscode.ThemeIcon(icons[kind]);
    shown.command = { command: commands.revealElement, title: 'Go to Line', arguments: [item] };
    if (severity !== undefined) {
        shown.resourceUri = severityUri(element, severity);
    }
    return shown;
}

const icons: Readonly<Record<TreeNodeKind, string>> = {
    host: 'server',
    disk: 'database',
    nic: 'plug',
    hypervisor: 'layers',
    vm: 'vm',
    engine: 'server-process',
    slice: 'group-by-ref-type',
    pod: 'symbol-namespace',
    container: 'package',
    process: 'pulse',
};
