/** Findings for editors that ask for them, of files that nobody has opened, and at the severities that a user chose. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DocumentDiagnosticReport, LSPErrorCodes, type WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { createWorkerSimulator, type Simulator } from '#server/simulation-channel.ts';
import { type Ability, connectEditor, type Editor, openEditor, serveHere } from './language-client.ts';

const host = (memory: string): string => `host a {\n  cpu 4\n  memory ${memory}\n  os debian\n  process p { cpu 1  memory 2 GiB }\n}\n`;
let folder: string;
const editors: Editor[] = [];
async function start(ability?: Ability): Promise<Editor> {
    const editor = await openEditor(pathToFileURL(folder).href, ability);
    editors.push(editor);
    return editor;
}
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-diagnostics-'));
    writeFileSync(join(folder, 'small.strata'), host('1 GiB'));
    writeFileSync(join(folder, 'large.strata'), host('8 GiB'));
});
afterEach(async () => {
    await Promise.all(editors.splice(0).map((editor) => editor.shutdown()));
    rmSync(folder, { recursive: true });
});

describe('pulled', () => {
    const pull = (editor: Editor, uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
        editor.request('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) });
    const codesOf = (report: DocumentDiagnosticReport): readonly unknown[] => (report.kind === 'full' ? report.items.map(({ code }) => code) : ['unchanged']);

    test('they are of the text that was sent before, and nothing is pushed beside them', async () => {
        const editor = await start('asks for findings');
        const uri = editor.open('pulled.strata', host('1 GiB'));
        expect(codesOf(await pull(editor, uri))).toEqual(['memory-capacity']);
        for (const [memory, codes] of [
            ['8 GiB', []],
            ['1 GiB', ['memory-capacity']],
            ['9 GiB', []],
        ] as const) {
            editor.change(uri, host(memory));
            expect(codesOf(await pull(editor, uri))).toEqual(codes);
        }
        expect(editor.published).toEqual([]);
    });

    test('what the editor has already is not sent again', async () => {
        const editor = await start('asks for findings');
        const uri = editor.open('pulled.strata', host('1 GiB'));
        const first = await pull(editor, uri);
        expect(codesOf(await pull(editor, uri, first.resultId))).toEqual(['unchanged']);
        editor.change(uri, host('8 GiB'));
        const second = await pull(editor, uri, first.resultId);
        expect(codesOf(second)).toEqual([]);
        expect(second.resultId).not.toBe(first.resultId);
        expect(codesOf(await pull(editor, uri, first.resultId))).toEqual([]);
    });

    test('of a text that is overtaken by an edit, the editor is told to ask again', async () => {
        const real = createWorkerSimulator();
        const waiting: (() => void)[] = [];
        const simulator: Simulator = {
            simulate: (topology, token) => new Promise((resolve) => waiting.push(() => resolve(real.simulate(topology, token)))),
            dispose: () => real.dispose(),
        };
        const editor = await connectEditor(serveHere({ simulator }), { ability: 'asks for findings' });
        editors.push(editor);
        const release = (): void => {
            for (const go of waiting.splice(0)) {
                go();
            }
        };
        const uri = editor.open('pulled.strata', host('4 GiB'));
        // The first answer waits for the editor's settings as well, so it might begin only after the edit.
        const before = pull(editor, uri);
        await editor.until(() => waiting.length === 1, 'the simulation of the text before');
        release();
        await before;
        editor.change(uri, host('1 GiB'));
        const early = pull(editor, uri).then(codesOf, (error: { readonly code?: number }) => error.code);
        await editor.until(() => waiting.length === 1, 'the simulation of the early text');
        editor.change(uri, host('8 GiB'));
        const late = pull(editor, uri);
        await editor.until(() => waiting.length === 2, 'the simulation of the late text');
        release();
        expect(await early).toBe(LSPErrorCodes.ServerCancelled);
        expect(codesOf(await late)).toEqual([]);
    });

    test('the workspace has those of every file, open or not', async () => {
        const editor = await start('asks for findings');
        const askAll = (previousResultIds: readonly object[] = []): Promise<WorkspaceDiagnosticReport> =>
            editor.request('workspace/diagnostic', { previousResultIds });
        const deadline = performance.now() + 20_000;
        let all = await askAll();
        while (all.items.length < 2 && performance.now() < deadline) {
            all = await askAll();
        }
        const codes = new Map(all.items.map((item) => [item.uri, codesOf(item)]));
        expect(codes).toEqual(
            new Map([
                [uriOf('large.strata'), []],
                [uriOf('small.strata'), ['memory-capacity']],
            ]),
        );
        const again = await askAll(all.items.map(({ uri, resultId }) => ({ uri, value: resultId })));
        expect(again.items.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
        rmSync(join(folder, 'small.strata'));
        await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('small.strata'), type: 3 }] });
        const after = await askAll(all.items.map(({ uri, resultId }) => ({ uri, value: resultId })));
        expect(after.items.find(({ uri }) => uri === uriOf('small.strata'))).toMatchObject({ kind: 'full', items: [] });
    });
});

describe('pushed', () => {
    test('they come for files that are not open as well, and go with them', async () => {
        const editor = await start();
        const latest = (name: string) => editor.published.findLast(({ uri }) => uri === uriOf(name));
        await editor.until(() => latest('small.strata')?.diagnostics[0]?.code === 'memory-capacity', 'the finding of a closed file');
        expect(latest('large.strata')).toBeUndefined();
        rmSync(join(folder, 'small.strata'));
        await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('small.strata'), type: 3 }] });
        await editor.until(() => latest('small.strata')?.diagnostics.length === 0, 'the finding to go');
    });

    test('closing a file of the workspace leaves the findings of what is on the disk', async () => {
        const editor = await start();
        const uri = editor.open(uriOf('small.strata'), host('8 GiB'));
        expect(await editor.diagnostics(uri)).toEqual([]);
        editor.close(uri);
        await editor.until(
            () => editor.published.findLast((publish) => publish.uri === uri)?.diagnostics[0]?.code === 'memory-capacity',
            'the finding of the disk',
        );
    });
});

test.each([
    ['error', 1],
    ['warning', 2],
    ['information', 3],
    ['hint', 4],
    ['off', undefined],
    ['nonsense', 1],
])('a severity may be chosen for each code: %s', async (chosen, severity) => {
    const editor = await start();
    const uri = editor.open('chosen.strata', host('1 GiB'));
    await editor.configure({ diagnostics: { severity: { 'memory-capacity': chosen } } });
    const severityNow = () => editor.published.findLast((publish) => publish.uri === uri)?.diagnostics.find(({ code }) => code === 'memory-capacity')?.severity;
    await editor.until(() => editor.published.some((publish) => publish.uri === uri) && severityNow() === severity, `severity ${severity}`);
    await editor.configure({});
    await editor.until(() => severityNow() === 1, 'the severity of the check');
});

test('only Strata files are watched', async () => {
    const editor = await start();
    await editor.until(() => editor.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'), 'the watcher');
    const watchers = editor.registrations.filter(({ method }) => method === 'workspace/didChangeWatchedFiles').map(({ registerOptions }) => registerOptions);
    expect(watchers).toEqual([{ watchers: [{ globPattern: '**/*.strata' }] }]);
});
