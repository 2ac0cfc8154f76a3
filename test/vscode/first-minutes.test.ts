/** The first five minutes of a new user, as docs/getting-started.md tells them: a first file in an empty folder, its picture, a mistake, its fix. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { blocks } from '../helpers/document-blocks.ts';
import { attack, refusals, startForeigner } from '../helpers/page-attack.ts';
import { read } from '../helpers/repository.ts';
import { startVsCode, type VsCode, type Workbench } from '../helpers/vscode-workbench.ts';

const page = 'docs/getting-started.md';
const first = blocks.find(({ document, language }) => document === page && language === 'strata');
const [file = '', text = ''] = [first?.note, first?.text];
/** What the page says to change, and which fix to choose. */
const [, before = '', after = ''] = /Change `([^`]+)` to `([^`]+)`/.exec(read(page)) ?? [];
const [, fix = ''] = /Choose \*([^*]+)\*/.exec(read(page)) ?? [];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-first-'));
let code: VsCode;
let workbench: Workbench;
beforeAll(async () => {
    code = await startVsCode();
    workbench = await code.open(folder);
});
afterAll(async () => {
    await code?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
});

/** One step after the other in one window; a failure leaves a picture of it. */
function step(name: string, run: () => Promise<void>): void {
    test(name, async () => {
        onTestFailed(() => code.screenshots(`failed first minutes ${name}`.replaceAll(/[^a-z0-9]+/gi, '-')));
        await run();
    });
}

const web = (): Locator => workbench.preview.locator('[data-element="server.docker.web"]').first();
/** Puts the cursor before the first place of some words in the pasted text. */
const goTo = (words: string): Promise<void> => {
    const [above = ''] = text.split(words);
    const lines = above.split('\n');
    return workbench.goTo(lines.length, (lines.at(-1) ?? '').length + 1);
};
const described = async (box: Locator): Promise<string> => (await box.getAttribute('aria-description')) ?? '';
const underlined = (): Locator => workbench.editor.locator('.squiggly-error, .squiggly-warning');
const statusBar = (): Locator => workbench.page.locator('.statusbar-item[id^="strata.strata"]').filter({ hasText: /[\d.]+ %/ });

step('a first file, made in the explorer of an empty folder and pasted from the page, is understood and has no finding', async () => {
    await workbench.createFile(file);
    await workbench.paste(text);
    await workbench.page.locator('.tab.active.dirty').filter({ hasText: file }).waitFor();
    await workbench.page.keyboard.press('Control+s');
    await expect.poll(() => fs.readFileSync(path.join(folder, file), 'utf8')).toBe(text);
    await statusBar().waitFor();
    expect(await underlined().count()).toBe(0);
});

step('the keys that the page names open the picture', async () => {
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('v');
    await web().waitFor();
    expect(await described(web())).not.toContain('error');
});

step('the change that the page proposes is underlined, marked in the picture, and told by the status bar', async () => {
    await goTo(before);
    for (const _ of before) {
        await workbench.page.keyboard.press('Delete');
    }
    await workbench.page.keyboard.type(after);
    await workbench.page.keyboard.press('Escape');
    await workbench.editor.locator('.squiggly-error').first().waitFor();
    await expect.poll(() => described(web())).toContain('error: each web may use 256 MiB');
    await expect.poll(() => statusBar().getAttribute('class')).toContain('error-kind');
    await workbench.screenshot('first-finding');
});

step('the fix that the page names takes it away, in text, picture and status bar', async () => {
    await goTo('memory limit');
    await workbench.page.keyboard.press('Control+.');
    await workbench.page.locator('.action-widget').getByText(fix).click();
    await expect.poll(() => underlined().count()).toBe(0);
    await expect.poll(() => described(web())).toContain('320 MiB');
    await expect.poll(() => described(web())).not.toContain('error');
    await expect.poll(() => statusBar().getAttribute('class')).not.toContain('error-kind');
    await workbench.screenshot('first-fix');
});

step('hovering over a name tells what it is granted', async () => {
    await workbench.editor.locator('.view-line span', { hasText: /^web$/ }).first().hover();
    await workbench.page.locator('.monaco-hover').filter({ hasText: 'granted' }).first().waitFor();
});

step('the page in VS Code runs no script that was put into it, and lets nothing reach another server', async () => {
    const foreigner = await startForeigner();
    try {
        expect(await attack(workbench.preview.locator('body'), foreigner.origin)).toEqual({ refused: refusals, hurt: undefined });
        expect(foreigner.asked).toEqual([]);
    } finally {
        foreigner.close();
    }
});
