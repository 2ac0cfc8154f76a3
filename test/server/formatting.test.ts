/** Formatting from outside: over the protocol with an editor's options, and files on the disk by `strata format`. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver';
import { strataIn } from '../helpers/command-line.ts';
import { type Editor, openEditor } from './language-client.ts';
import { applyEdits } from './text-edits.ts';

const untidy = 'host a{cpu 2\nmemory 3GiB}\n';
const tidy = 'host a {\n  cpu 2\n  memory 3 GiB\n}\n';

describe('in an editor', () => {
    let editor: Editor;
    beforeAll(async () => {
        editor = await openEditor();
    });
    afterAll(() => editor.shutdown());

    const ask = async (method: string, text: string, params: object): Promise<string> => {
        const uri = editor.open('formatted.strata', text);
        const edits = await editor.request<readonly TextEdit[]>(method, { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true }, ...params });
        editor.close(uri);
        return applyEdits(text, edits);
    };

    test('a text is formatted with the options of the editor', async () => {
        expect(await ask('textDocument/formatting', untidy, {})).toBe(tidy);
        expect(await ask('textDocument/formatting', untidy, { options: { tabSize: 4, insertSpaces: false } })).toBe(tidy.replaceAll('  ', '\t'));
        expect(await ask('textDocument/formatting', untidy, { options: { tabSize: 0, insertSpaces: true } })).toBe(tidy);
    });

    test('a formatted text gets no edits', async () => {
        const uri = editor.open('tidy.strata', tidy);
        expect(await editor.request('textDocument/formatting', { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } })).toEqual([]);
    });

    test('a range leaves the other lines alone', async () => {
        const range = { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } };
        expect(await ask('textDocument/rangeFormatting', 'let  a=1\nlet  b=2\nlet  c=3\n', { range })).toBe('let  a=1\nlet b = 2\nlet  c=3\n');
    });

    test('a closing brace and a line break format what they end', async () => {
        expect(await ask('textDocument/onTypeFormatting', untidy, { ch: '}', position: { line: 1, character: 12 } })).toBe(tidy);
        expect(await ask('textDocument/onTypeFormatting', 'let  a=1\n\n', { ch: '\n', position: { line: 1, character: 0 } })).toBe('let a = 1\n\n');
    });

    test('a broken text is formatted around what is broken', async () => {
        expect(await ask('textDocument/formatting', 'let  a=1\nhost ☃  {\nlet  b=2', {})).toBe('let a = 1\nhost ☃  {\n  let b = 2\n');
    });
});

describe('on the disk', () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'strata-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const write = (name: string, text: string): string => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
    };
    const format = (...given: readonly string[]) => strataIn(folder, ['format', ...given]);

    test('files are written in place, and those that changed are named', async () => {
        const changed = write('changed.strata', untidy);
        const same = write('same.strata', tidy);
        const { mtimeMs } = statSync(same);
        expect(await format('changed.strata', 'same.strata')).toEqual({ status: 0, stdout: 'changed.strata\n', stderr: '' });
        expect(readFileSync(changed, 'utf8')).toBe(tidy);
        expect(statSync(same).mtimeMs).toBe(mtimeMs);
        expect(readdirSync(folder)).toEqual(['changed.strata', 'same.strata']);
    });

    test('--check writes nothing, names unformatted files and fails if there are any', async () => {
        const changed = write('changed.strata', untidy);
        write('same.strata', tidy);
        expect(await format('--check', 'changed.strata', 'same.strata')).toEqual({ status: 1, stdout: 'changed.strata\n', stderr: '' });
        expect(await format('--check', 'same.strata')).toEqual({ status: 0, stdout: '', stderr: '' });
        expect(readFileSync(changed, 'utf8')).toBe(untidy);
    });

    test('CRLF, byte order mark, permissions and links stay', async () => {
        const file = write('marked.strata', `\uFEFF${untidy.replaceAll('\n', '\r\n')}`);
        chmodSync(file, 0o640);
        symlinkSync('marked.strata', join(folder, 'link.strata'));
        expect(await format('link.strata')).toMatchObject({ status: 0, stdout: 'link.strata\n' });
        expect(readFileSync(file, 'utf8')).toBe(`\uFEFF${tidy.replaceAll('\n', '\r\n')}`);
        expect(statSync(file).mode & 0o777).toBe(0o640);
        expect(await format('--check', 'link.strata')).toMatchObject({ status: 0, stdout: '' });
    });

    test('a file that does not follow the grammar is left as it is, and the others are formatted', async () => {
        const broken = write('broken.strata', 'host  a {\n  cpu 2 ;\n}\n');
        const fine = write('fine.strata', untidy);
        const { status, stdout, stderr } = await format('broken.strata', 'fine.strata');
        expect({ status, stdout }).toEqual({ status: 1, stdout: 'fine.strata\n' });
        expect(stderr).toMatch(/^broken\.strata:2:9: error syntax: .+\n$/);
        expect(readFileSync(broken, 'utf8')).toBe('host  a {\n  cpu 2 ;\n}\n');
        expect(readFileSync(fine, 'utf8')).toBe(tidy);
    });

    test('what is no text has one line and exit code 2', async () => {
        mkdirSync(join(folder, 'folder.strata'));
        write('fine.strata', tidy);
        expect(await format('missing.strata', 'fine.strata')).toEqual({ status: 2, stdout: '', stderr: 'strata: missing.strata: no such file\n' });
        expect(await format('folder.strata')).toEqual({ status: 2, stdout: '', stderr: 'strata: folder.strata: it is a directory\n' });
    });

    test('files or standard input: one of the two', async () => {
        expect(await format()).toEqual({ status: 2, stdout: '', stderr: 'strata: format needs files, or --stdin\n' });
        expect(await format('--stdin', 'a.strata')).toEqual({ status: 2, stdout: '', stderr: 'strata: format takes files or --stdin, not both\n' });
    });

    test('standard input goes to standard output', () => {
        expect(pipe(`\uFEFF${untidy}`)).toEqual({ status: 0, stdout: `\uFEFF${tidy}`, stderr: '' });
        expect(pipe(untidy, '--check')).toEqual({ status: 1, stdout: '', stderr: '' });
        expect(pipe('host {')).toMatchObject({ status: 1, stdout: '' });
    });
});

const main = fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url));

function pipe(input: string, ...options: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'format', '--stdin', ...options], { input, encoding: 'utf8' });
    return { status, stdout, stderr };
}
