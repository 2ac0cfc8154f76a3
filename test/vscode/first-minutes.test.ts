/** The first five minutes of a new user, from the README alone, with the packaged extension: a first file, its picture, a mistake, its fix. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocks } from '../helpers/document-blocks.ts';
import { attack, refusals, startForeigner } from '../helpers/page-attack.ts';
import { startVsCode, type VsCode, type Workbench } from '../helpers/vscode-workbench.ts';

const [first] = blocks.filter(({ document, language }) => document === 'README.md' && language === 'strata');
const file = first?.note ?? '';
const lines = (first?.text ?? '').trimEnd().split('\n');
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

const box = (element: string): Locator => workbench.preview.locator(`[data-element="${element}"]`).first();

/** One step after the other in one window; a failure leaves a picture of it. */
function step(name: string, run: () => Promise<void>): void {
    test(name, async () => {
        try {
            await run();
        } catch (error) {
            await code.screenshots(`failed first minutes ${name}`.replaceAll(/[^a-z0-9]+/gi, '-'));
            throw error;
        }
    });
}

step('before there is a Strata file, nothing of the extension runs', async () => {
    await workbench.runCommand('Developer: Show Running Extensions');
    const running = workbench.page.locator('.runtime-extensions-editor');
    await running.waitFor();
    await running.locator('.monaco-list-row').first().waitFor();
    expect(await running.getByText('Strata', { exact: true }).count()).toBe(0);
});

step('the topology of the README, saved under the name that it says, has no finding', async () => {
    expect(file).toBe('first.strata');
    // As a person has it who copies the block into a file.
    fs.writeFileSync(path.join(folder, file), first?.text ?? '');
    await workbench.openFile(file);
    await workbench.page
        .locator('.statusbar-item[id^="strata.strata"]')
        .filter({ hasText: /[\d.]+ %/ })
        .waitFor();
    expect(await workbench.editor.locator('.squiggly-error, .squiggly-warning').count()).toBe(0);
});

step('the keys that the README names open the picture', async () => {
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('v');
    await box('server.docker.web').waitFor();
    await box('server.kvm.database').waitFor();
});

let before: string | null = null;

step('a working set above its limit is the first finding, in text and picture', async () => {
    before = await box('server.docker.web').getAttribute('aria-label');
    const line = lines.findIndex((text) => text.includes('memory 120 MiB'));
    expect(line).toBeGreaterThan(0);
    await workbench.goTo(line + 1, (lines[line] ?? '').indexOf('120 MiB') + 1);
    await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.type('3');
    await workbench.editor.locator('.squiggly-error').first().waitFor();
    await expect.poll(() => box('server.docker.web').getAttribute('aria-label')).not.toBe(before);
    await workbench.screenshot('first-finding');
});

step('a quick fix takes it away, and the picture changes again', async () => {
    const broken = await box('server.docker.web').getAttribute('aria-label');
    const line = lines.findIndex((text) => text.includes('container web'));
    await workbench.goTo(line + 1, (lines[line] ?? '').indexOf('web') + 1);
    await workbench.page.keyboard.press('Control+.');
    await workbench.page
        .locator('.action-widget')
        .getByText(/^Raise memory limit/)
        .first()
        .click();
    await expect.poll(() => workbench.editor.locator('.squiggly-error').count()).toBe(0);
    await expect.poll(() => box('server.docker.web').getAttribute('aria-label')).not.toBe(broken);
    await workbench.screenshot('first-fix');
});

step('the page in VS Code runs no script that was put into it, and lets nothing reach another server', async () => {
    const foreigner = await startForeigner();
    const { refused, hurt } = await attack(workbench.preview.locator('body'), foreigner.origin);
    expect({ refused, hurt }).toEqual({ refused: refusals, hurt: undefined });
    expect(foreigner.asked).toEqual([]);
    foreigner.close();
});
