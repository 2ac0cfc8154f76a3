/** The Test Explorer's side of `expect`: finds the files that expect something, follows their texts, and runs what is asked for. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ExpectationsAnswer, type ExpectationsParams, expectationsRequest, type ScenarioLens } from '#server/protocol.ts';
import type { ChangedFiles } from './changed-files.ts';
import { testControllerId } from './contributions.ts';
import { createExpectationItems, type ExpectationItems, scenarioItemId } from './expectation-items.ts';
import { type ExpectationRunner, runExpectations } from './expectation-run.ts';
import { isDrawable } from './language-client.ts';

export interface ExpectationTests extends vscode.Disposable {
    readonly controller: vscode.TestController;
    /** Runs what a scenario expects, if it expects anything. */
    readonly runScenario: (scenario: ScenarioLens) => Promise<void>;
}

export function registerExpectationTests(client: BaseLanguageClient, changed: ChangedFiles): ExpectationTests {
    const controller = vscode.tests.createTestController(testControllerId, 'Strata expectations');
    const items = createExpectationItems(controller);
    const refresh = refresher(client, items);
    addRunProfile({ controller, refresh, row: items.row }, changed);
    const discoverAll = async (): Promise<void> => {
        const files = await vscode.workspace.findFiles('**/*.strata', '**/node_modules/**');
        await Promise.all(files.map((uri) => discover(uri, items)));
    };
    controller.resolveHandler = async (item) => {
        await (item?.uri === undefined ? discoverAll() : refresh(item.uri));
    };
    controller.refreshHandler = discoverAll;
    const following = followTexts(items, refresh, changed);
    const runScenario = async ({ uri, scenario }: ScenarioLens): Promise<void> => {
        const file = vscode.Uri.parse(uri);
        const item = (await refresh(file)) ? items.file(file).children.get(scenarioItemId(scenario)) : undefined;
        if (item !== undefined) {
            const request = new vscode.TestRunRequest([item]);
            await runExpectations(request, new vscode.CancellationTokenSource().token, { controller, refresh, row: items.row });
        }
    };
    return { controller, runScenario, dispose: () => vscode.Disposable.from(following, controller).dispose() };
}

/** An edit makes the answer to the text before it pointless, so the newest text is asked for again; nobody types faster than this. */
const mostAttempts = 10;

function refresher(client: BaseLanguageClient, items: ExpectationItems): ExpectationRunner['refresh'] {
    return async (uri) => {
        for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
            const answer = await client.sendRequest<ExpectationsAnswer>(expectationsRequest, { uri: uri.toString() } satisfies ExpectationsParams);
            if (answer !== null) {
                items.show(uri, answer);
                return true;
            }
        }
        return false;
    };
}

function addRunProfile(runner: ExpectationRunner, changed: ChangedFiles): void {
    const runOnChange = ({ include, exclude, profile }: vscode.TestRunRequest, token: vscode.CancellationToken): void => {
        const listener = changed.onDidChange((isChanged) => {
            const wanted = include ?? [...runner.controller.items].map(([, item]) => item);
            const touched = wanted.filter(({ uri }) => uri !== undefined && isChanged(uri));
            if (touched.length > 0) {
                void runExpectations(new vscode.TestRunRequest(touched, exclude, profile, true), token, runner);
            }
        });
        token.onCancellationRequested(() => listener.dispose());
    };
    runner.controller.createRunProfile(
        'Check',
        vscode.TestRunProfileKind.Run,
        async (request, token) => {
            if (request.continuous === true) {
                runOnChange(request, token);
            }
            await runExpectations(request, token, runner);
        },
        true,
        undefined,
        true,
    );
}

/** Reading is cheap, simulating every file of a workspace is not: what a file expects is found out when it is opened, unfolded or run. */
async function discover(uri: vscode.Uri, items: ExpectationItems): Promise<void> {
    const text = openDocument(uri)?.getText() ?? (await readText(uri));
    if (/^\s*expect\b/m.test(text)) {
        items.file(uri);
    } else {
        items.remove(uri);
    }
}

/** A file that has gone meanwhile, or that nobody may read, expects nothing and keeps no other from being found. */
async function readText(uri: vscode.Uri): Promise<string> {
    try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
        return '';
    }
}

function followTexts(items: ExpectationItems, refresh: ExpectationRunner['refresh'], changed: ChangedFiles): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.strata');
    // What an editor shows has its own news, of the text as it is there.
    const changedOnDisk = async (uri: vscode.Uri): Promise<void> => {
        if (openDocument(uri) === undefined) {
            await discover(uri, items);
        }
    };
    return vscode.Disposable.from(
        watcher,
        watcher.onDidCreate(changedOnDisk),
        watcher.onDidChange(changedOnDisk),
        watcher.onDidDelete(items.remove),
        vscode.workspace.onDidCloseTextDocument(({ uri }) => {
            if (uri.scheme === 'untitled') {
                items.remove(uri);
            }
        }),
        changed.onDidChange((isChanged) => {
            for (const { uri } of vscode.workspace.textDocuments.filter((document) => isDrawable(document) && isChanged(document.uri))) {
                // A server that is going down answers nothing; the one after it will say that all is new.
                refresh(uri).catch(() => undefined);
            }
        }),
    );
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}
