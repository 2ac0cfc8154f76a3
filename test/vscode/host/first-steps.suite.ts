/** The walkthrough's first five minutes as a person takes them, and the task, inside VS Code. */
import * as assert from 'node:assert/strict';
import { suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { codesAt, extensionApi, fileUri, openFile, positionOf, quickFixIn, revertAll, until } from './workspace.ts';

interface Walkthrough {
    readonly steps: readonly { readonly description: string; readonly completionEvents: readonly string[] }[];
}

suite('first steps', () => {
    teardown(revertAll);
    suiteTeardown(revertAll);

    test('every command of the walkthrough is there', async () => {
        await extensionApi();
        const extension = vscode.extensions.getExtension('strata.strata');
        assert.ok(extension !== undefined);
        const [walkthrough]: readonly Walkthrough[] = extension.packageJSON.contributes.walkthroughs;
        const named = [...JSON.stringify(walkthrough).matchAll(/(?:command|onCommand):([\w.]+)/g)].map(([, name]) => name ?? '');
        const known = new Set(await vscode.commands.getCommands());
        assert.ok(named.length > 5);
        assert.deepEqual(
            named.filter((name) => !known.has(name)),
            [],
        );
    });

    test('an example opens as a new document, breaks as the walkthrough says, and a quick fix mends it', async () => {
        await extensionApi();
        const editor = await vscode.commands.executeCommand<vscode.TextEditor>('strata.newFromExample', 'shop');
        const { document } = vscode.window.activeTextEditor ?? editor;
        assert.equal(document.uri.scheme, 'untitled');
        assert.equal(document.languageId, 'strata');
        const start = positionOf(document, '120 MiB');
        const change = new vscode.WorkspaceEdit();
        change.replace(document.uri, new vscode.Range(start, start.translate(0, '120 MiB'.length)), '320 MiB');
        await vscode.workspace.applyEdit(change);
        await until('the finding', () => (codesAt(document.uri).includes('memory-limit') ? true : undefined));
        const [diagnostic] = vscode.languages.getDiagnostics(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
        const { edit } = await quickFixIn(document.uri, diagnostic?.range ?? new vscode.Range(0, 0, 0, 0));
        assert.ok(await vscode.workspace.applyEdit(edit));
        await until('the finding to go away', () => (codesAt(document.uri).includes('memory-limit') ? undefined : true));
    });
});

suite('import', () => {
    suiteTeardown(revertAll);

    test('opens as a new document what a Compose file describes', async () => {
        await extensionApi();
        const file = fileUri('compose.yaml');
        await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('services: { web: { image: nginx, cpus: 2 } }'));
        try {
            const editor = await vscode.commands.executeCommand<vscode.TextEditor>('strata.import', file, 'compose');
            const { document } = vscode.window.activeTextEditor ?? editor;
            assert.equal(document.uri.scheme, 'untitled');
            assert.equal(document.languageId, 'strata');
            assert.match(document.getText(), /container web \{ image "nginx" {2}cpu limit 2 cores \}/);
            await until('the hint', () => (codesAt(document.uri).includes('size-unknown') ? true : undefined));
        } finally {
            await vscode.workspace.fs.delete(file);
        }
    });
});

suite('task', () => {
    teardown(revertAll);

    test('checks every file of the folder with the program that the extension carries, and its findings become problems', async () => {
        await openFile('hosts.strata');
        // Of a file that was never open the task alone has anything to say.
        const closed = fileUri('closed.strata');
        await vscode.workspace.fs.copy(fileUri('broken.strata'), closed);
        const [task] = await until('the task', async () => {
            const tasks = await vscode.tasks.fetchTasks({ type: 'strata' });
            return tasks.length > 0 ? tasks : undefined;
        });
        assert.ok(task !== undefined);
        assert.equal(task.name, 'check');
        const exit = new Promise<number | undefined>((resolve) => {
            const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
                if (execution.task.name === task.name) {
                    listener.dispose();
                    resolve(exitCode);
                }
            });
        });
        await vscode.tasks.executeTask(task);
        assert.equal(await exit, 1, 'broken.strata has errors');
        const found = await until('problems of a file that is not open', () => {
            const problems = vscode.languages.getDiagnostics(closed);
            return problems.length > 0 ? problems : undefined;
        });
        await vscode.workspace.fs.delete(closed);
        assert.ok(found.some(({ code }) => String(typeof code === 'object' ? code.value : code).startsWith('memory-')));
    });
});
