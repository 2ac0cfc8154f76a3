/** The extension in VS Code for the Web: a workbench with nothing behind it, so that extension and language server are workers of the browser. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutServer } from '../helpers/vscode-for-the-web.ts';
import { keepPictures, startVsCode, type VsCode } from '../helpers/vscode-workbench.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

let code: VsCode;
const files = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-web-'));
beforeAll(async () => {
    fs.cpSync(path.join(root, 'test', 'output', 'virtual-files'), files, { recursive: true });
    fs.copyFileSync(path.join(import.meta.dirname, 'virtual-files', 'package.json'), path.join(files, 'package.json'));
    code = await startVsCode({}, (window) => withoutServer(window, { strata: root, 'virtual-files': files }));
});
afterAll(async () => {
    await code?.stop();
    fs.rmSync(files, { recursive: true, force: true });
});

test('it knows the language, follows an import, finds, explains, and draws, without a process of its own', () => keepPictures(code, 'in the web', useIt));

async function useIt(): Promise<void> {
    const workbench = await code.open('vscode-vfs://somewhere/');
    await workbench.openFile('main.strata');
    await workbench.editor.locator('.squiggly-error').first().waitFor();
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('v');
    await workbench.preview.locator('[data-element="spare"]').first().waitFor();
    await workbench.editor.locator('.view-line span', { hasText: 'spare' }).last().hover();
    await workbench.page.locator('.monaco-hover').filter({ hasText: 'does not hold' }).first().waitFor();
    await workbench.screenshot('web');
    await workbench.preview.getByRole('tab', { name: 'Compare' }).click();
    await workbench.preview.getByText('Nothing to compare with: the file is not on a disk that git can read').waitFor();
    expect([...workbench.hosts].filter((host) => host !== '127.0.0.1' && !host.endsWith('.vscode-cdn.net'))).toEqual([]);
}
