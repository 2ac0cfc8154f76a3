/** A server that runs for weeks: after thousands of edits, of files opened and closed, and of files that change on the disk, it holds what it held. */
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { effort, isSoak, patience } from '../helpers/effort.ts';
import { examples } from '../helpers/examples.ts';
import { mutatedTexts } from '../helpers/mutated-texts.ts';
import { type Editor, openEditor, spawnServer } from '../server/language-client.ts';
import { type Holdings, measureRequest } from './holdings.ts';

const editors: Editor[] = [];
async function keep(starting: Promise<Editor>): Promise<Editor> {
    const editor = await starting;
    editors.push(editor);
    return editor;
}
afterEach(async () => {
    await Promise.all(editors.splice(0).map((editor) => editor.shutdown()));
});

const startMeasured = (): Promise<Editor> => keep(spawnServer(['--expose-gc', 'test/soak/measured-server.ts']));
const [shop = ''] = examples.filter(({ name }) => name.endsWith('/shop.strata')).map(({ text }) => text);

/** Waits for the server to have nothing left to do, then asks it. */
async function holdings(editor: Editor, uri: string): Promise<Holdings> {
    await editor.request('strata/view', { uri, view: 'strata', options: { resource: 'cpu', width: 800 } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    return editor.request<Holdings>(measureRequest, {});
}

function expectNoMore(after: Holdings, before: Holdings): void {
    if (isSoak) {
        // Who waits an hour wants to know how near it came.
        console.log(`heap ${before.heap} bytes at first, ${after.heap} at the end; handles ${after.handles.join(', ')}; ${after.files} open files`);
    }
    expect({ ...after, heap: 0 }).toEqual({ ...before, heap: 0 });
    expect(after.heap, `${before.heap} bytes at first`).toBeLessThan(before.heap * 1.2);
}

/** Root is refused nothing, so meanwhile this process is nobody. */
async function withoutRights(run: () => Promise<void>): Promise<void> {
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
        process.seteuid?.('nobody');
    }
    try {
        await run();
    } finally {
        if (isRoot) {
            process.seteuid?.(0);
        }
    }
}

/** Every feature that keeps something of a text is asked for it. */
async function lookAt(editor: Editor, uri: string): Promise<void> {
    const textDocument = { uri };
    await Promise.all([
        editor.request('textDocument/hover', { textDocument, position: { line: 12, character: 14 } }),
        editor.request('textDocument/completion', { textDocument, position: { line: 5, character: 2 } }),
        editor.request('textDocument/semanticTokens/full', { textDocument }),
        editor.request('textDocument/documentSymbol', { textDocument }),
        editor.request('strata/tree', { uri }),
    ]);
}

describe('a server holds no more', { timeout: patience }, () => {
    const edits = effort({ gate: 600, soak: 10_000 });
    const cycles = effort({ gate: 40, soak: 200 });

    test(`after ${edits} edits, most of them broken texts`, async () => {
        const editor = await startMeasured();
        const uri = editor.open('shop.strata', shop);
        const work = async (seed: number, count: number): Promise<void> => {
            let sent = 0;
            for (const text of mutatedTexts(seed, count)) {
                editor.change(uri, text);
                sent += 1;
                if (sent % 20 === 0) {
                    await lookAt(editor, uri);
                }
            }
            editor.change(uri, shop);
            await editor.diagnostics(uri);
        };
        // Caches fill and code is compiled at first.
        await work(1, edits / 4);
        const before = await holdings(editor, uri);
        await work(2, edits);
        expectNoMore(await holdings(editor, uri), before);
        expect(editor.log).toEqual([]);
    });

    test(`after ${cycles} files were opened, looked at and closed`, async () => {
        const editor = await startMeasured();
        const uri = editor.open('stays.strata', shop);
        const cycle = async (index: number): Promise<void> => {
            const other = editor.open(`other-${index}.strata`, `${shop}\nhost extra-${index} { cpu 2 cores  memory 4 GiB  os debian }\n`);
            await editor.diagnostics(other);
            await lookAt(editor, other);
            editor.close(other);
        };
        for (let index = 0; index < cycles / 4; index += 1) {
            await cycle(index);
        }
        const before = await holdings(editor, uri);
        for (let index = 0; index < cycles; index += 1) {
            await cycle(1_000 + index);
        }
        expectNoMore(await holdings(editor, uri), before);
        expect(editor.log).toEqual([]);
    });
});

describe('files of the disk', { timeout: patience }, () => {
    const folders: string[] = [];
    afterEach(() => {
        for (const folder of folders.splice(0)) {
            rmSync(folder, { recursive: true, force: true });
        }
    });
    const folderOf = (texts: Readonly<Record<string, string | Buffer>>): string => {
        const folder = mkdtempSync(join(tmpdir(), 'strata-soak-'));
        folders.push(folder);
        for (const [name, text] of Object.entries(texts)) {
            writeFileSync(join(folder, name), text);
        }
        return folder;
    };
    const uriOf = (folder: string, name: string): string => pathToFileURL(join(folder, name)).href;
    const host = (name: string, memory = '8 GiB'): string => `host ${name} { cpu 4 cores  memory ${memory}  os debian }\n`;
    const count = effort({ gate: 500, soak: 5_000 });

    test(`${count} that change at once are judged anew, and an edit meanwhile is answered`, async () => {
        const names = [...Array(count).keys()].map((index) => `h${index}.strata`);
        const folder = folderOf(Object.fromEntries(names.map((name, index) => [name, host(`h${index}`)])));
        const editor = await keep(openEditor(pathToFileURL(folder).href));
        const open = editor.open('typed.strata', host('typed'));
        await editor.diagnostics(open);
        for (const [index, name] of names.entries()) {
            writeFileSync(join(folder, name), host(`h${index}`, '8 Gib'));
        }
        await editor.notify('workspace/didChangeWatchedFiles', { changes: names.map((name) => ({ uri: uriOf(folder, name), type: 2 })) });
        editor.change(open, host('typed', '9 Gib'));
        expect(await editor.diagnostics(open)).toMatchObject([{ code: 'unknown-unit' }]);
        await editor.until(() => editor.published.filter(({ diagnostics }) => diagnostics.length > 0).length > count, 'the findings of every file', patience);
        expect(editor.log).toEqual([]);
    });

    test('that are deleted, renamed, unreadable, binary, a folder or a circle of links are said to be so, and come back', async () => {
        const folder = folderOf({ 'main.strata': 'import "part.strata"\nexpect part.memory.headroom >= 1 %\n', 'part.strata': host('part') });
        const editor = await keep(openEditor(pathToFileURL(folder).href));
        const main = uriOf(folder, 'main.strata');
        const part = join(folder, 'part.strata');
        const now = (): readonly string[] => editor.published.findLast(({ uri }) => uri === main)?.diagnostics.map(({ message }) => String(message)) ?? [];
        const becomes = async (change: () => void, type: number, said: RegExp): Promise<void> => {
            change();
            await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(folder, 'part.strata'), type }] });
            await editor.until(() => now().some((message) => said.test(message)), `${said}, and not ${now().join()}`);
        };
        const comesBack = async (): Promise<void> => {
            rmSync(part, { recursive: true, force: true });
            writeFileSync(part, host('part'));
            await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(folder, 'part.strata'), type: 1 }] });
            await editor.until(() => now().length === 0, 'no finding');
        };
        editor.open(main, 'import "part.strata"\nexpect part.memory.headroom >= 1 %\n');
        await becomes(() => unlinkSync(part), 3, /There is no file/);
        await comesBack();
        await becomes(() => renameSync(part, join(folder, 'other.strata')), 3, /There is no file/);
        await comesBack();
        await becomes(() => writeFileSync(part, Buffer.from([0x68, 0, 1, 2])), 2, /binary file/);
        await comesBack();
        await becomes(() => writeFileSync(part, Buffer.from([0xff, 0xfe, 0x68, 0])), 2, /UTF-16/);
        await comesBack();
        await becomes(
            () => {
                rmSync(part);
                mkdirSync(part);
            },
            2,
            /directory/,
        );
        await comesBack();
        await becomes(
            () => {
                rmSync(part);
                symlinkSync(part, part);
            },
            2,
            /can't be read/,
        );
        await comesBack();
        chmodSync(part, 0);
        await withoutRights(() => becomes(() => undefined, 2, /permission denied/));
        await comesBack();
        expect(editor.log).toEqual([]);
    });
});
