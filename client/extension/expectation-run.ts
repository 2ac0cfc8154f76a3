/** One run of the Test Explorer: asks for each file's expectations once, and reports every one that was asked for. */
import * as vscode from 'vscode';
import type { ExpectationRow } from '#server/protocol.ts';

export interface ExpectationRunner {
    readonly controller: vscode.TestController;
    /** Brings the file's items up to date; false where its text can't be judged. */
    readonly refresh: (uri: vscode.Uri) => Promise<boolean>;
    readonly row: (item: vscode.TestItem) => ExpectationRow | undefined;
}

export async function runExpectations(request: vscode.TestRunRequest, token: vscode.CancellationToken, runner: ExpectationRunner): Promise<void> {
    const { controller, row } = runner;
    const run = controller.createTestRun(request);
    const excluded = new Set(request.exclude);
    try {
        for (const [uri, wanted] of byFile(request.include ?? [...controller.items].map(([, item]) => item))) {
            const problem = token.isCancellationRequested ? 'cancelled' : await problemOf(uri, runner);
            // Only now are the items of the file those of its current text.
            for (const item of wanted.flatMap((each) => [...leaves(each, excluded, row)])) {
                const found = row(item);
                if (problem === 'cancelled') {
                    run.skipped(item);
                } else if (problem !== undefined || found === undefined) {
                    run.errored(item, new vscode.TestMessage(problem ?? 'The file expects nothing any more.'));
                } else {
                    report(run, item, found);
                }
            }
        }
    } finally {
        run.end();
    }
}

async function problemOf(uri: vscode.Uri, { refresh }: ExpectationRunner): Promise<string | undefined> {
    try {
        return (await refresh(uri)) ? undefined : 'The file can not be judged: it can not be read, or changes all the time.';
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}

function byFile(items: readonly vscode.TestItem[]): ReadonlyMap<vscode.Uri, readonly vscode.TestItem[]> {
    const files = new Map<string, { readonly uri: vscode.Uri; readonly items: vscode.TestItem[] }>();
    for (const item of items) {
        if (item.uri !== undefined) {
            const file = files.get(item.uri.toString()) ?? { uri: item.uri, items: [] };
            file.items.push(item);
            files.set(item.uri.toString(), file);
        }
    }
    return new Map([...files.values()].map((file) => [file.uri, file.items]));
}

/** The expectations below an item; an item with nothing below it stands for itself. */
function* leaves(item: vscode.TestItem, excluded: ReadonlySet<vscode.TestItem>, row: ExpectationRunner['row']): Generator<vscode.TestItem> {
    if (excluded.has(item)) {
        return;
    }
    if (row(item) !== undefined || item.children.size === 0) {
        yield item;
    }
    for (const [, child] of item.children) {
        yield* leaves(child, excluded, row);
    }
}

function report(run: vscode.TestRun, item: vscode.TestItem, { outcome, text, actual, because }: ExpectationRow): void {
    run.started(item);
    switch (outcome) {
        case 'holds':
            run.passed(item);
            return;
        case 'fails':
            run.failed(item, message(item, because ?? `${text} does not hold.`, { text, actual }));
            return;
        case 'unjudged':
            run.appendOutput(`${text}: ${because ?? 'not judged'}\r\n`, location(item), item);
            run.skipped(item);
            return;
        case 'broken':
            run.errored(item, message(item, because ?? 'The condition can not be read.', { text, actual }));
            return;
        default:
            outcome satisfies never;
    }
}

function message(item: vscode.TestItem, words: string, { text, actual }: { readonly text: string; readonly actual: string | undefined }): vscode.TestMessage {
    const shown = actual === undefined ? new vscode.TestMessage(words) : vscode.TestMessage.diff(words, text, actual);
    const at = location(item);
    if (at !== undefined) {
        shown.location = at;
    }
    return shown;
}

function location({ uri, range }: vscode.TestItem): vscode.Location | undefined {
    return uri === undefined || range === undefined ? undefined : new vscode.Location(uri, range);
}
