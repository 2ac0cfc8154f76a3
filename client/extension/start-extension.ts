/** Starts the language client and registers what the manifest promises, on whatever the extension runs. */
import type * as vscode from 'vscode';
import type { ViewName } from '#server/protocol.ts';
import { followActiveTopology } from './active-topology.ts';
import { registerCatalogDocuments } from './catalog-documents.ts';
import { watchChangedFiles } from './changed-files.ts';
import { registerCommands } from './commands.ts';
import { serveCommittedTexts } from './committed-text.ts';
import { registerExpectationTests } from './expectation-tests.ts';
import { serveFiles } from './file-service.ts';
import type { LanguageServer } from './language-server.ts';
import { registerPreviews } from './previews.ts';
import { registerSeverityDecorations } from './severity-decorations.ts';
import { registerStatusBar } from './status-bar.ts';
import { registerTopologyTree, type TopologyItem } from './topology-tree.ts';
import { watchServer } from './watchdog.ts';
import { followTrust } from './workspace-trust.ts';

/** What other extensions, and the tests inside VS Code, can ask. */
export interface StrataApi {
    /** The document, the view and the revision of the picture that the preview shows now. */
    shownPicture(): { readonly uri: string; readonly view?: ViewName; readonly revision?: string } | undefined;
    /** The expectations as the Test Explorer has them. */
    readonly tests: vscode.TestController;
    /** The elements of the active topology as the tree shows them. */
    readonly tree: vscode.TreeDataProvider<TopologyItem>;
    readonly statusBarItem: vscode.StatusBarItem;
}

export async function startExtension(context: vscode.ExtensionContext, server: LanguageServer): Promise<StrataApi> {
    const { client } = server;
    const changed = watchChangedFiles(client);
    const topology = followActiveTopology();
    const committed = serveCommittedTexts(client);
    const previews = registerPreviews({ context, client, changed, committed });
    const tests = registerExpectationTests(client, changed);
    const tree = registerTopologyTree(client, topology, changed);
    const statusBar = registerStatusBar(client, topology, changed);
    context.subscriptions.push(client, changed, topology, previews, tests, tree, statusBar);
    context.subscriptions.push(registerCommands(context, { server, previews, topology, tests }), registerCatalogDocuments(client));
    context.subscriptions.push(registerSeverityDecorations(), serveFiles(client), committed, watchServer(server), followTrust(server));
    await client.start();
    return {
        shownPicture() {
            const preview = previews.current();
            return preview === undefined ? undefined : { uri: preview.uri().toString(), ...preview.picture() };
        },
        tests: tests.controller,
        tree: tree.provider,
        statusBarItem: statusBar.item,
    };
}
