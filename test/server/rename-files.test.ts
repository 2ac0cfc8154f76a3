/** A file or folder that gets another name takes the imports that name it along. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { type Editor, openEditor } from './language-client.ts';
import { applyEdits, editsFor } from './text-edits.ts';

let folder: string;
let editor: Editor;
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
const texts = {
    'base.strata': 'template box for host { cpu 2  memory 8 GiB  os debian }\n',
    'sites/north.strata': 'import "../base.strata" // the boxes\nimport "shared.strata"\nhost a extends box\n',
    'sites/shared.strata': 'import "../base.strata"\nlet n = 1\n',
} as const;

beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata rename-'));
    mkdirSync(join(folder, 'sites'));
    for (const [name, text] of Object.entries(texts)) {
        writeFileSync(join(folder, name), text);
    }
    editor = await openEditor(pathToFileURL(folder).href);
    editor.open(uriOf('sites/north.strata'), texts['sites/north.strata']);
    await editor.diagnostics(uriOf('sites/north.strata'));
});
afterEach(async () => {
    await editor.shutdown();
    rmSync(folder, { recursive: true });
});

async function renamed(oldName: string, newName: string): Promise<Readonly<Record<string, string>>> {
    const edit = await editor.request<WorkspaceEdit | null>('workspace/willRenameFiles', { files: [{ oldUri: uriOf(oldName), newUri: uriOf(newName) }] });
    const changed = Object.entries(texts).map(([name, text]) => [name, applyEdits(text, editsFor(uriOf(name), edit ?? {}))] as const);
    return Object.fromEntries(changed.filter(([name, text]) => text !== texts[name as keyof typeof texts]));
}

test('a file that others import, open or not', async () => {
    expect(await renamed('base.strata', 'common/boxes.strata')).toEqual({
        'sites/north.strata': 'import "../common/boxes.strata" // the boxes\nimport "shared.strata"\nhost a extends box\n',
        'sites/shared.strata': 'import "../common/boxes.strata"\nlet n = 1\n',
    });
});

test('a file that imports others', async () => {
    expect(await renamed('sites/north.strata', 'north.strata')).toEqual({
        'sites/north.strata': 'import "base.strata" // the boxes\nimport "sites/shared.strata"\nhost a extends box\n',
    });
});

test('a folder: what it holds keeps its way to what stays, and to what moves along', async () => {
    expect(await renamed('sites', 'places/europe')).toEqual({
        'sites/north.strata': 'import "../../base.strata" // the boxes\nimport "shared.strata"\nhost a extends box\n',
        'sites/shared.strata': 'import "../../base.strata"\nlet n = 1\n',
    });
});

test('a file that nobody names', async () => {
    expect(await renamed('nobody.strata', 'somebody.strata')).toEqual({});
});
