/** The commands of the palette, the title bar and the keyboard. */
import * as vscode from 'vscode';
import type { ScenarioLens } from '#server/protocol.ts';
import type { ActiveTopology } from './active-topology.ts';
import { commands } from './contributions.ts';
import type { ExpectationTests } from './expectation-tests.ts';
import { importFiles } from './import-files.ts';
import { isDrawable } from './language-client.ts';
import { type LanguageServer, restartServer } from './language-server.ts';
import { newFromExample } from './new-from-example.ts';
import type { Previews } from './previews.ts';
import { revealItem } from './reveal-item.ts';
import type { TopologyItem } from './topology-tree.ts';

/** What the commands work on. */
export interface CommandSubjects {
    readonly server: LanguageServer;
    readonly previews: Previews;
    readonly topology: ActiveTopology;
    readonly tests: ExpectationTests;
}

export function registerCommands({ extensionUri }: vscode.ExtensionContext, { server, previews, topology, tests }: CommandSubjects): vscode.Disposable {
    const openIn = (column: vscode.ViewColumn) => async (uri?: vscode.Uri) => {
        const target = await previewTarget(uri, topology);
        if (target === undefined) {
            await vscode.window.showInformationMessage('Open a Strata file to see its preview.');
        } else {
            previews.open(target, column);
        }
    };
    return vscode.Disposable.from(
        vscode.commands.registerCommand(commands.openPreview, openIn(vscode.ViewColumn.Active)),
        vscode.commands.registerCommand(commands.openPreviewToSide, openIn(vscode.ViewColumn.Beside)),
        vscode.commands.registerCommand(commands.restartServer, () => restartServer(server)),
        vscode.commands.registerCommand(commands.newFromExample, (name?: string) => newFromExample(extensionUri, name)),
        vscode.commands.registerCommand(commands.import, (file?: vscode.Uri, format?: string) => importFiles(server.client, file, format)),
        vscode.commands.registerCommand(commands.revealElement, (item: TopologyItem) => revealItem(item, server.client)),
        vscode.commands.registerCommand(commands.runScenario, async (scenario: ScenarioLens) => {
            previews.open(vscode.Uri.parse(scenario.uri), vscode.ViewColumn.Beside).showScenario(scenario.scenario);
            await tests.runScenario(scenario);
        }),
    );
}

/** What the menu names (title bar, explorer), else the active Strata editor; from a page that is no text, the document that was last worked on. */
async function previewTarget(uri: vscode.Uri | undefined, topology: ActiveTopology): Promise<vscode.Uri | undefined> {
    if (uri instanceof vscode.Uri) {
        const document = await vscode.workspace.openTextDocument(uri);
        return isDrawable(document) ? document.uri : undefined;
    }
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
        return topology.uri();
    }
    return isDrawable(document) ? document.uri : undefined;
}
