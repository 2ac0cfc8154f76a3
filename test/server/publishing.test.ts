/** Findings reach the editor once for each version, never from an older text, whatever the simulation does. */
import { afterEach, describe, expect, test } from 'vitest';
import type { ViewAnswer } from '#server/protocol.ts';
import { createWorkerSimulator, type SimulationOutcome, type Simulator } from '#server/simulation-channel.ts';
import { analyseText } from '../helpers/analysis.ts';
import { editedTexts } from '../helpers/mutated-texts.ts';
import { connectEditor, type Editor, openEditor, serveHere } from './language-client.ts';

const editors: Editor[] = [];
async function start(simulator?: Simulator): Promise<Editor> {
    const editor = simulator === undefined ? await openEditor() : await connectEditor(serveHere({ simulator }));
    editors.push(editor);
    return editor;
}
afterEach(async () => {
    await Promise.all(editors.splice(0).map((editor) => editor.shutdown()));
});

const host = (memory: string, more = ''): string => `host a {\n  cpu 4\n  memory ${memory}\n  os debian\n  process p { cpu 1  memory 2 GiB }\n}\n${more}`;
const versions = (editor: Editor, uri: string): readonly (number | undefined)[] =>
    editor.published.filter((publish) => publish.uri === uri).map(({ version }) => version);
const settle = (milliseconds = 150): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const options = { resource: 'memory', width: 800 } as const;

test('grammar, names and simulation come in one publish', async () => {
    const editor = await start();
    const uri = editor.open('one.strata', `${host('1 GiB')}expect b.cpu.granted > 1\nhost {`);
    const found = await editor.diagnostics(uri);
    await settle();
    expect(versions(editor, uri)).toEqual([1]);
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['memory-capacity', 'unknown-name', 'syntax']));
    expect(found.every(({ source, message }) => source === 'strata' && String(message).length > 10)).toBe(true);
});

test('the code of a finding leads to its section of the page of checks, which the server holds', async () => {
    const editor = await start();
    const uri = editor.open('linked.strata', `${host('1 GiB')}expect b.cpu.granted > 1\nhost {`);
    const found = await editor.diagnostics(uri);
    expect(found.length).toBeGreaterThan(2);
    for (const { code, codeDescription } of found) {
        const [page, line] = (codeDescription?.href ?? '').split('#L');
        const text = await editor.request<string>('strata/catalogText', { uri: page });
        expect(text.split('\n')[Number(line) - 1]).toBe(`## ${code}`);
    }
});

test('a file that has no ending yet is judged like any other', async () => {
    const editor = await start();
    const uri = editor.open('unnamed', host('1 GiB'));
    expect((await editor.diagnostics(uri)).map(({ code }) => code)).toEqual(['memory-capacity']);
});

test('a burst of edits is judged for its last text only, and that once', async () => {
    const editor = await start();
    const uri = editor.open('burst.strata', host('8 GiB'));
    await editor.diagnostics(uri);
    for (let edit = 0; edit < 30; edit += 1) {
        editor.change(uri, host(`${edit + 2} GiB`, 'expect a.memory.capacity == 31 GiB\n'));
    }
    expect(await editor.diagnostics(uri)).toEqual([]);
    await settle();
    const seen = versions(editor, uri);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.at(-1)).toBe(31);
});

test('through random edits, each version has the findings that its text has by itself', async () => {
    const editor = await start();
    const uri = editor.open('edited.strata', '');
    for (const text of editedTexts(20261130, 40)) {
        const version = editor.change(uri, text);
        const { analysis } = await analyseText(uri, text);
        const found = (await editor.diagnostics(uri, version)).map(({ code, range, message }) => [code, range, message]);
        expect(found).toEqual(analysis.findings.map(({ code, at: { start, end }, message }) => [code, { start, end }, message]));
    }
});

test('incremental edits count UTF-16 units', async () => {
    const editor = await start();
    const uri = editor.open('wide.strata', 'host a { cpu 1  memory 1 GiB  os debian  label note "😀 ä" }  expect a.cpu.capacity == 2 cores\n');
    const [before] = await editor.diagnostics(uri);
    const start2 = 'host a { cpu 1  memory 1 GiB  os debian  label note "😀 ä" }  expect a.cpu.capacity == '.length;
    expect(before?.range.start.line).toBe(0);
    editor.edit(uri, { start: { line: 0, character: start2 }, end: { line: 0, character: start2 + 1 } }, '1');
    expect(await editor.diagnostics(uri)).toEqual([]);
});

describe('while a simulation is under way', () => {
    /** Lets each run wait until it is released. */
    function slowSimulator(): { readonly simulator: Simulator; readonly pending: ((outcome?: SimulationOutcome) => void)[]; readonly cancelled: () => number } {
        const real = createWorkerSimulator();
        const pending: ((outcome?: SimulationOutcome) => void)[] = [];
        let cancelled = 0;
        const simulator: Simulator = {
            simulate: (topology, token) =>
                new Promise((resolve) => {
                    token.onCancellationRequested(() => {
                        cancelled += 1;
                    });
                    pending.push((outcome) => resolve(outcome ?? real.simulate(topology, token)));
                }),
            dispose: () => real.dispose(),
        };
        return { simulator, pending, cancelled: () => cancelled };
    }

    test('an edit makes its result worthless', async () => {
        const { simulator, pending, cancelled } = slowSimulator();
        const editor = await start(simulator);
        const uri = editor.open('slow.strata', host('1 GiB'));
        await editor.until(() => pending.length === 1, 'the first run');
        editor.change(uri, host('8 GiB'));
        await editor.until(() => pending.length === 2, 'the second run');
        expect(cancelled()).toBe(1);
        for (const release of pending) {
            release();
        }
        expect(await editor.diagnostics(uri, 2)).toEqual([]);
        await settle();
        expect(versions(editor, uri)).toEqual([2]);
    });

    test('whatever needs no result of it is answered at once', async () => {
        const { simulator, pending } = slowSimulator();
        const editor = await start(simulator);
        const uri = editor.open('typing.strata', host('8 GiB'));
        await editor.until(() => pending.length === 1, 'the run');
        for (const memory of ['9 GiB', '10 GiB', '11 GiB']) {
            editor.change(uri, host(memory));
            const position = { line: 1, character: 0 };
            expect(await editor.request('textDocument/completion', { textDocument: { uri }, position })).not.toBeNull();
            expect(await editor.request('textDocument/documentSymbol', { textDocument: { uri } })).toHaveLength(1);
            expect(await editor.request('textDocument/semanticTokens/full', { textDocument: { uri } })).not.toBeNull();
        }
        expect(versions(editor, uri)).toEqual([]);
        for (const release of pending) {
            release();
        }
        await editor.until(() => pending.length > 1, 'the run of the last text');
        pending.at(-1)?.();
        expect(await editor.diagnostics(uri, 4)).toEqual([]);
        expect(versions(editor, uri)).toEqual([4]);
    });

    test('nothing is published before it ends', async () => {
        const { simulator, pending } = slowSimulator();
        const editor = await start(simulator);
        const uri = editor.open('wait.strata', 'host {');
        await editor.until(() => pending.length === 1, 'the run');
        await settle(50);
        expect(versions(editor, uri)).toEqual([]);
        pending[0]?.();
        await editor.diagnostics(uri);
    });

    test.each([
        [{ kind: 'late', seconds: 30 } as const, 'simulation-late'],
        [{ kind: 'failed', because: 'Error: broken\n at x' } as const, 'simulation-failed'],
    ])('%o is said at the file, and the next text is judged again', async (outcome, code) => {
        const { simulator, pending } = slowSimulator();
        const editor = await start(simulator);
        const uri = editor.open('trouble.strata', host('8 GiB'));
        await editor.until(() => pending.length === 1, 'the run');
        pending[0]?.(outcome);
        expect((await editor.diagnostics(uri)).map((found) => found.code)).toEqual([code]);
        editor.change(uri, host('9 GiB'));
        await editor.until(() => pending.length === 2, 'the next run');
        pending[1]?.();
        expect(await editor.diagnostics(uri)).toEqual([]);
    });
});

describe('the picture', () => {
    const scene = (editor: Editor, uri: string, known?: string): Promise<ViewAnswer> =>
        editor.request('strata/view', { uri, view: 'strata', options, ...(known !== undefined && { known }) });

    test('stays, as stale, while the text is broken, and says why', async () => {
        const editor = await start();
        const uri = editor.open('broken.strata', host('8 GiB'));
        const good = await scene(editor, uri);
        expect(good).toMatchObject({ kind: 'view', status: { stale: false, errors: 0 } });
        editor.change(uri, `${host('8 GiB')}host {`);
        const broken = await scene(editor, uri);
        expect(broken).toMatchObject({ kind: 'view', status: { stale: true, because: expect.stringMatching(/^line 7: ./) } });
        expect(broken.kind === 'view' && good.kind === 'view' && broken.revision === good.revision).toBe(true);
        editor.change(uri, host('8 GiB'));
        expect(await scene(editor, uri)).toMatchObject({ status: { stale: false } });
    });

    test('is not sent again while nothing in it has changed', async () => {
        const editor = await start();
        const uri = editor.open('same.strata', host('8 GiB'));
        const first = await scene(editor, uri);
        editor.change(uri, `// a comment\n\n${host('8 GiB')}`);
        const again = await scene(editor, uri, first.kind === 'nothing' ? undefined : first.revision);
        expect(again.kind).toBe('unchanged');
        editor.change(uri, host('16 GiB'));
        expect((await scene(editor, uri, first.kind === 'nothing' ? undefined : first.revision)).kind).toBe('view');
    });

    test('is nothing as long as no text could be drawn', async () => {
        const editor = await start();
        const uri = editor.open('never.strata', 'host {');
        expect(await scene(editor, uri)).toMatchObject({ kind: 'nothing', status: { stale: true, because: expect.stringContaining('line 1') } });
    });

    test('knows where its elements stand, and which one the cursor is in', async () => {
        const editor = await start();
        const uri = editor.open('places.strata', host('8 GiB'));
        expect(await editor.request('strata/locate', { uri, target: { kind: 'element', element: 'a.p' } })).toEqual({
            uri,
            range: { start: { line: 4, character: 10 }, end: { line: 4, character: 11 } },
        });
        expect(await editor.request('strata/locate', { uri, target: { kind: 'element', element: 'a.q' } })).toBeNull();
        expect(await editor.request('strata/elementAt', { uri, position: { line: 4, character: 20 } })).toEqual({ element: 'a.p' });
        expect(await editor.request('strata/elementAt', { uri, position: { line: 1, character: 2 } })).toEqual({ element: 'a' });
        expect(await editor.request('strata/elementAt', { uri, position: { line: 6, character: 0 } })).toBeNull();
    });

    test('is announced after each analysis', async () => {
        const editor = await start();
        const uri = editor.open('news.strata', host('8 GiB'));
        await editor.until(() => editor.notifications.some(({ params }) => (params as { uris: readonly string[] }).uris.includes(uri)), 'strata/changed');
    });
});

describe('several files', () => {
    test('a change in an imported file is judged in the file that imports it', async () => {
        const editor = await start();
        const base = editor.open('base.strata', 'template box for host {\n  cpu 2\n  memory 8 GiB\n  os debian\n}\n');
        const user = editor.open('user.strata', 'import "base.strata"\nhost a extends box\nexpect a.memory.capacity >= 8 GiB\n');
        expect(await editor.diagnostics(user)).toEqual([]);
        editor.change(base, 'template box for host {\n  cpu 2\n  memory 4 GiB\n  os debian\n}\n');
        await editor.diagnostics(base, 2);
        await editor.until(
            () => editor.published.some(({ uri, diagnostics }) => uri === user && diagnostics.some(({ code }) => code === 'expectation-failed')),
            'the failed expectation',
        );
    });

    test('closing the last file of a topology takes its findings away', async () => {
        const editor = await start();
        const uri = editor.open('gone.strata', 'host {');
        await editor.diagnostics(uri);
        editor.close(uri);
        await editor.until(() => editor.published.at(-1)?.uri === uri && editor.published.at(-1)?.diagnostics.length === 0, 'an empty publish');
    });
});
