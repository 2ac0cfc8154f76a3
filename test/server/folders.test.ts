/** Files of the editor's folders count as well, open or not, and follow the disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { type Editor, openEditor } from './language-client.ts';
import { editsFor } from './text-edits.ts';

const box = (memory: string): string => `template box for host {\n  cpu 2\n  memory ${memory}\n  os debian\n}\n`;
let folder: string;
let editor: Editor;
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
const latest = (name: string) => editor.published.findLast(({ uri }) => uri === uriOf(name));

beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata folder ü-'));
    mkdirSync(join(folder, 'sites'));
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'base.strata'), box('8 GiB'));
    writeFileSync(join(folder, 'sites', 'user.strata'), 'import "../base.strata"\nhost a extends box\nexpect a.memory.capacity >= 8 GiB\n');
    writeFileSync(join(folder, 'node_modules', 'user.strata'), 'import "../base.strata"\nhost b extends box\n');
    editor = await openEditor(pathToFileURL(folder).href);
});
afterEach(async () => {
    await editor.shutdown();
    rmSync(folder, { recursive: true });
});

test('a file knows who imports it, also where that is not open', async () => {
    editor.open(uriOf('base.strata'), box('4 GiB'));
    await editor.until(() => latest('sites/user.strata')?.diagnostics[0]?.code === 'expectation-failed', 'the finding in the closed file');
    expect(latest('sites/user.strata')?.version).toBeUndefined();
    const answer = await editor.request<WorkspaceEdit>('textDocument/rename', {
        textDocument: { uri: uriOf('base.strata') },
        position: { line: 0, character: 10 },
        newName: 'crate',
    });
    expect(editsFor(uriOf('sites/user.strata'), answer)).toHaveLength(1);
    expect(editsFor(uriOf('node_modules/user.strata'), answer)).toHaveLength(0);
});

test('a file that changes on the disk is read again', async () => {
    editor.open(uriOf('sites/user.strata'), 'import "../base.strata"\nhost a extends box\nexpect a.memory.capacity >= 8 GiB\n');
    expect(await editor.diagnostics(uriOf('sites/user.strata'))).toEqual([]);
    writeFileSync(join(folder, 'base.strata'), box('2 GiB'));
    await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('base.strata'), type: 2 }] });
    await editor.until(() => latest('sites/user.strata')?.diagnostics[0]?.code === 'expectation-failed', 'the failed expectation');
    rmSync(join(folder, 'base.strata'));
    await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('base.strata'), type: 3 }] });
    await editor.until(() => latest('sites/user.strata')?.diagnostics[0]?.code === 'import-missing', 'the missing import');
});

test('an editor may spell a URI its own way', async () => {
    const spelled = uriOf('base.strata')
        .replace('%20', ' ')
        .replace(/%C3%BC/i, 'ü');
    editor.open(spelled, 'host {');
    await editor.until(() => editor.published.some(({ uri, version }) => uri === spelled && version === 1), 'a publish under the same spelling');
});
