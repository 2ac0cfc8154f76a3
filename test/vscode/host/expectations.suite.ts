/** The Test Explorer inside VS Code: every expectation a test, with what became of it, following the text. */
import * as assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { extensionApi, fileUri, openFile, positionOf, revertAll, until } from './workspace.ts';

async function itemsOf(name: string): Promise<readonly vscode.TestItem[]> {
    const { tests } = await extensionApi();
    return [...(tests.items.get(fileUri(name).toString())?.children ?? [])].map(([, item]) => item);
}

/** What a run tells VS Code, which is told all the same. */
async function outcomesOf(work: () => Thenable<unknown>, enough: (outcomes: ReadonlyMap<string, Outcome>) => boolean): Promise<ReadonlyMap<string, Outcome>> {
    const { tests } = await extensionApi();
    const create = tests.createTestRun;
    const outcomes = new Map<string, Outcome>();
    let ended = 0;
    tests.createTestRun = (...parameters) => {
        const run = create.apply(tests, parameters);
        const hear = (item: vscode.TestItem, state: Outcome['state'], message?: vscode.TestMessage): void => {
            outcomes.set(item.label, { state, message });
        };
        return new Proxy(run, {
            get(target, key) {
                const told = Reflect.get(target, key);
                if (typeof told !== 'function') {
                    return told;
                }
                return (...given: readonly unknown[]) => {
                    if (key === 'passed' || key === 'failed' || key === 'skipped' || key === 'errored') {
                        hear(given[0] as vscode.TestItem, key, given[1] instanceof vscode.TestMessage ? given[1] : undefined);
                    }
                    ended += key === 'end' ? 1 : 0;
                    return told.apply(target, given);
                };
            },
        });
    };
    try {
        await work();
        return await until('the outcomes of a run', () => (ended > 0 && enough(outcomes) ? outcomes : undefined));
    } finally {
        tests.createTestRun = create;
    }
}

interface Outcome {
    readonly state: 'passed' | 'failed' | 'skipped' | 'errored';
    readonly message: vscode.TestMessage | undefined;
}

const states = (outcomes: ReadonlyMap<string, Outcome>): object => Object.fromEntries([...outcomes].map(([label, { state }]) => [label, state]));

suite('Test Explorer', () => {
    // A run saves what is dirty, and the files are other tests' input.
    suiteSetup(() => vscode.workspace.getConfiguration('testing').update('saveBeforeTest', false, vscode.ConfigurationTarget.Global));
    teardown(revertAll);
    suiteTeardown(revertAll);

    test('lists the expectations of an open file at their lines', async () => {
        const { document } = await openFile('wishes.strata');
        const items = await until('two expectations', async () => {
            const found = await itemsOf('wishes.strata');
            return found.length === 2 ? found : undefined;
        });
        assert.deepEqual(
            items.map(({ label }) => label),
            ['rack.memory.headroom >= 15 %', 'boundary(web, database.postgres) >= namespace'],
        );
        assert.equal(items[0]?.range?.start.line, positionOf(document, 'expect rack').line);
    });

    test('follows the text, and keeps the items that are still there', async () => {
        const editor = await openFile('wishes.strata');
        const [first] = await until('two expectations', async () => {
            const found = await itemsOf('wishes.strata');
            return found.length === 2 ? found : undefined;
        });
        const scenario = 'scenario night {\n  at 10 s fail rack\n  expect web.memory.used < 1 GiB\n}\n';
        await editor.edit((edit) => edit.insert(positionOf(editor.document, 'expect rack'), `expect web.cpu.granted > 5 cores\n${scenario}`));
        const items = await until('a third expectation and a scenario', async () => {
            const found = await itemsOf('wishes.strata');
            return found.length === 4 ? found : undefined;
        });
        assert.ok(items.includes(first as vscode.TestItem), 'the first expectation is the same item');
        assert.equal(first?.range?.start.line, positionOf(editor.document, 'expect rack').line);
        assert.deepEqual(
            [...(items.find(({ label }) => label === 'night')?.children ?? [])].map(([, { label }]) => label),
            ['web.memory.used < 1 GiB'],
        );
    });

    test('a run passes what holds, fails the rest with the value that was found, and judges a scenario by its run', async () => {
        const editor = await openFile('wishes.strata');
        const scenario = 'scenario night {\n  at 10 s fail rack\n  expect web.memory.used < 1 GiB\n}\n';
        const added = `expect web.cpu.granted > 5 cores\nexpect nobody.cpu.granted > 1 core\n${scenario}`;
        await editor.edit((edit) => edit.insert(positionOf(editor.document, 'expect rack'), added));
        const outcomes = await outcomesOf(
            () => vscode.commands.executeCommand('testing.runCurrentFile'),
            (found) => found.size >= 5,
        );
        assert.deepEqual(states(outcomes), {
            'web.cpu.granted > 5 cores': 'failed',
            'nobody.cpu.granted > 1 core': 'errored',
            'rack.memory.headroom >= 15 %': 'passed',
            'boundary(web, database.postgres) >= namespace': 'passed',
            'web.memory.used < 1 GiB': 'passed',
        });
        const message = outcomes.get('web.cpu.granted > 5 cores')?.message;
        assert.equal(message?.expectedOutput, 'web.cpu.granted > 5 cores');
        assert.equal(message?.actualOutput, '0.4 cores');
        assert.match(String(message?.message), /does not hold: it is 0\.4 cores/);
        assert.equal(message?.location?.range.start.line, positionOf(editor.document, 'expect web.cpu').line);
    });

    test('a click on the lens above a scenario runs what it expects, and shows its timeline', async () => {
        const editor = await openFile('wishes.strata');
        const scenario = 'scenario night {\n  at 10 s fail database\n  expect web.memory.used < 1 GiB\n  expect database.downtime < 1 s\n}\n';
        await editor.edit((edit) => edit.insert(positionOf(editor.document, 'expect rack'), scenario));
        const { command, arguments: given = [] } = await until('the lens of the scenario', async () => {
            const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', editor.document.uri, 100);
            return lenses.find((lens) => lens.range.start.line === positionOf(editor.document, 'scenario night').line)?.command;
        });
        const outcomes = await outcomesOf(
            () => vscode.commands.executeCommand(command, ...given),
            (found) => found.size >= 2,
        );
        assert.deepEqual(states(outcomes), { 'web.memory.used < 1 GiB': 'passed', 'database.downtime < 1 s': 'failed' });
        const { shownPicture } = await extensionApi();
        await until('the timeline', () => (shownPicture()?.view === 'timeline' && shownPicture()?.uri === editor.document.uri.toString()) || undefined);
    });

    test('a continuous run judges again after each edit', async () => {
        await openFile('hosts.strata');
        await openFile('wishes.strata');
        const wish = 'rack.memory.headroom >= 15 %';
        const before = await outcomesOf(
            () => vscode.commands.executeCommand('testing.startContinuousRun'),
            (found) => found.has(wish),
        );
        assert.equal(before.get(wish)?.state, 'passed');
        const hosts = await vscode.workspace.openTextDocument(fileUri('hosts.strata'));
        const change = new vscode.WorkspaceEdit();
        const start = positionOf(hosts, 'memory 16 GiB');
        change.replace(hosts.uri, new vscode.Range(start, start.translate(0, 'memory 16 GiB'.length)), 'memory 3 GiB');
        const after = await outcomesOf(
            () => vscode.workspace.applyEdit(change),
            (found) => found.get(wish)?.state === 'failed',
        );
        assert.match(after.get(wish)?.message?.actualOutput ?? '', / %$/);
        await vscode.commands.executeCommand('testing.stopContinuousRun');
    });

    test('finds the files that expect something without opening them', async () => {
        const { tests } = await extensionApi();
        await tests.refreshHandler?.(new vscode.CancellationTokenSource().token);
        assert.ok(tests.items.get(fileUri('wishes.strata').toString()) !== undefined);
        assert.equal(tests.items.get(fileUri('broken.strata').toString()), undefined);
    });
});
