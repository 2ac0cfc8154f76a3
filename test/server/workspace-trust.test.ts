/** What the server reads: in a workspace that nobody trusts, nothing outside of its folders; of a virtual one, what the editor hands it. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { createClientFiles } from '#server/client-files.ts';
import { directSimulator } from '#server/direct-simulator.ts';
import { serve } from '#server/serve.ts';
import { type Ability, connectEditor, type Editor, serveHere } from './language-client.ts';

const home = mkdtempSync(join(tmpdir(), 'strata-trust-'));
const folder = join(home, 'folder');
mkdirSync(folder);
const spare = 'host spare { cpu 4 cores  memory 8 GiB  os debian }\n';
writeFileSync(join(home, 'outside.strata'), spare);
writeFileSync(join(home, 'folder-too.strata'), spare);
writeFileSync(join(folder, 'inside.strata'), spare);
writeFileSync(join(folder, 'binary.strata'), Buffer.from([0x68, 0x00, 0x01]));
symlinkSync(join(home, 'outside.strata'), join(folder, 'link.strata'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const editors: Editor[] = [];
async function keep(starting: Promise<Editor>): Promise<Editor> {
    const editor = await starting;
    editors.push(editor);
    return editor;
}
afterEach(async () => {
    await Promise.all(editors.splice(0).map((editor) => editor.shutdown()));
});

async function findingsOf(editor: Editor, imported: string): Promise<readonly string[]> {
    const uri = editor.open(
        pathToFileURL(join(folder, `importing-${editors.length}.strata`)).href,
        `import "${imported}"\nexpect spare.memory.headroom >= 1 %\n`,
    );
    return (await editor.diagnostics(uri)).map(({ code, message }) => `${String(code)}: ${message}`);
}

describe('a workspace that nobody has trusted', () => {
    const start = (): Promise<Editor> => keep(connectEditor(serveHere(), { folder: pathToFileURL(folder).href, startOptions: { trusted: false } }));

    test('has its own files read', async () => {
        expect(await findingsOf(await start(), 'inside.strata')).toEqual([]);
    });

    test.each(['../outside.strata', '../folder-too.strata', '../nowhere.strata', 'link.strata', join(home, 'outside.strata')])(
        'has %s left alone, which lies outside',
        async (file) => {
            const [first] = await findingsOf(await start(), file);
            expect(first).toBe(`import-missing: \`${file}\` can't be read: it stands outside of the folders of a workspace that is not trusted.`);
        },
    );
});

test('a workspace that is trusted, or an editor that does not say, may import from anywhere', async () => {
    const trusted = await keep(connectEditor(serveHere(), { folder: pathToFileURL(folder).href, startOptions: { trusted: true } }));
    expect(await findingsOf(trusted, '../outside.strata')).toEqual([]);
    const silent = await keep(connectEditor(serveHere(), { folder: pathToFileURL(folder).href }));
    expect(await findingsOf(silent, 'link.strata')).toEqual([]);
});

test('an import that is there and is no text says so', async () => {
    const [first] = await findingsOf(await keep(connectEditor(serveHere())), 'binary.strata');
    expect(first).toBe("import-missing: `binary.strata` can't be read: it is a binary file, not text.");
});

describe('files that only the editor can reach', () => {
    /** By path; what is not there is in no folder. */
    const start = (files: Map<string, string>, ability: Ability = 'takes findings'): Promise<Editor> =>
        keep(
            connectEditor((connection: Connection) => serve(connection, { files: createClientFiles(connection), simulator: directSimulator }), {
                folder: 'vscode-vfs://here/',
                ability,
                files,
            }),
        );

    test('are found, read and judged, and their imports followed', async () => {
        const editor = await start(
            new Map([
                ['/a.strata', 'import "deep/b.strata"\nexpect spare.memory.headroom >= 99 %\n'],
                ['/deep/b.strata', spare],
            ]),
        );
        await editor.until(
            () => editor.published.some(({ uri, diagnostics }) => uri === 'vscode-vfs://here/a.strata' && diagnostics.length === 1),
            'the finding of a file that is not open',
        );
        expect(editor.published.at(-1)?.diagnostics.map(({ code }) => code)).toEqual(['expectation-failed']);
    });

    test('are read anew when they have changed', async () => {
        const files = new Map([['/b.strata', spare]]);
        const editor = await start(files);
        const uri = editor.open('vscode-vfs://here/a.strata', 'import "b.strata"\nexpect spare.memory.headroom >= 1 %\n');
        const now = (): readonly unknown[] | undefined => editor.published.findLast((publish) => publish.uri === uri)?.diagnostics.map(({ code }) => code);
        await editor.until(() => now()?.length === 0, 'no finding');
        files.set('/b.strata', spare.replace('spare', 'other'));
        await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: 'vscode-vfs://here/b.strata', type: 2 }] });
        await editor.until(() => now()?.includes('unknown-name') === true, 'the name that is gone');
    });

    test('make an editor that asks for findings ask again when they arrive', async () => {
        const files = new Map([['/b.strata', spare]]);
        const editor = await start(files, 'asks for findings');
        const uri = editor.open('vscode-vfs://here/a.strata', 'import "b.strata"\nexpect spare.memory.headroom >= 99 %\n');
        const ask = (): Promise<{ readonly items: readonly { readonly code: string }[] }> =>
            editor.request('textDocument/diagnostic', { textDocument: { uri } });
        await ask();
        await editor.until(() => (editor.refreshes.get('workspace/diagnostic/refresh') ?? 0) > 0, 'being told to ask again');
        expect((await ask()).items.map(({ code }) => code)).toEqual(['expectation-failed']);
    });

    test('are missing where the editor has none', async () => {
        const editor = await start(new Map());
        const uri = editor.open('vscode-vfs://here/a.strata', 'import "b.strata"\n');
        await editor.until(
            () =>
                editor.published.some(
                    (publish) => publish.uri === uri && publish.diagnostics.some(({ message }) => String(message).startsWith('There is no file')),
                ),
            'the missing import',
        );
    });
});
