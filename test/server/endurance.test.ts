/** The server lives on: requests that make no sense, texts that are cut anywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { type Editor, openEditor, rootFolder, spawnEditor } from './language-client.ts';

const editors: Editor[] = [];
async function keep(starting: Promise<Editor>): Promise<Editor> {
    const editor = await starting;
    editors.push(editor);
    return editor;
}
afterEach(async () => {
    await Promise.all(editors.splice(0).map((editor) => editor.shutdown()));
});

const text = 'host a {\n  cpu 4 cores\n  memory 8 GiB\n  os debian\n  process p { cpu 1 core  memory 1 GiB }\n}\n';

describe('a request that makes no sense', () => {
    const position = { line: 9999, character: 9999 };
    const methods = [
        'textDocument/hover',
        'textDocument/completion',
        'textDocument/definition',
        'textDocument/references',
        'textDocument/documentSymbol',
        'textDocument/foldingRange',
        'textDocument/prepareRename',
        'textDocument/documentHighlight',
    ];

    test('for a place or a file that is not there, there is nothing to say', async () => {
        const editor = await keep(openEditor());
        const uri = editor.open('a.strata', text);
        for (const method of methods) {
            for (const textDocument of [
                { uri },
                { uri: 'file:///nowhere.strata' },
                { uri: 'untitled:Untitled-1' },
                { uri: 'strata-catalog:/nothing.strata' },
            ]) {
                await editor.request(method, { textDocument, position, context: { includeDeclaration: true } });
            }
        }
        expect(editor.log).toEqual([]);
    });

    test('an unknown method is refused', async () => {
        const editor = await keep(openEditor());
        await expect(editor.request('strata/unknown', {})).rejects.toThrow();
    });
});

test.each(['shop', 'docker-vs-vm', 'noisy-neighbour', 'power-cut', 'windows-and-linux'])('any prefix of %s is judged, hovered and drawn', async (name) => {
    const editor = await keep(openEditor());
    const whole = readFileSync(join(rootFolder, 'examples', `${name}.strata`), 'utf8');
    const uri = editor.open('prefix.strata', '');
    for (let length = 0; length <= whole.length; length += Math.ceil(whole.length / 60)) {
        editor.change(uri, whole.slice(0, length));
        await editor.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position: { line: 8, character: 7 } });
        await editor.request('strata/view', { uri, view: 'strata', options: { resource: 'cpu', width: 800 } });
    }
    editor.change(uri, whole);
    expect((await editor.diagnostics(uri)).filter(({ severity }) => severity === 1)).toEqual([]);
    expect(editor.log).toEqual([]);
});

test('the command line serves the same over standard input and output, and ends when told', async () => {
    const editor = await spawnEditor();
    const uri = editor.open('a.strata', text.replace('8 GiB', '1 MiB'));
    expect((await editor.diagnostics(uri)).map(({ code }) => code)).toContain('memory-capacity');
    expect(Object.keys(editor.capabilities)).toEqual(expect.arrayContaining(['hoverProvider', 'completionProvider', 'renameProvider', 'codeActionProvider']));
    expect(await editor.shutdown()).toBe(0);
});
