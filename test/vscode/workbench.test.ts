/** The packaged extension in the real workbench, as a person uses it: one window, one test after the other. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { openWorkbench, type Workbench } from '../helpers/vscode-workbench.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const example = 'docker-vs-vm.strata';
const lines = fs.readFileSync(path.join(root, 'examples', example), 'utf8').split('\n');

/** The line, counted from 1, on which the text first stands. */
function lineOf(text: string): number {
    const index = lines.findIndex((line) => line.includes(text));
    expect(index, `${example} contains "${text}"`).toBeGreaterThanOrEqual(0);
    return index + 1;
}

describe('the installed extension', () => {
    let workbench: Workbench;
    const box = (element: string): Locator => workbench.preview.locator(`[data-element="${element}"]`).first();
    const titleBarIcon = (): Locator => workbench.page.locator('.editor-actions a[aria-label^="Open Preview to the Side"]').first();

    beforeAll(async () => {
        workbench = await openWorkbench('examples');
    });
    afterAll(() => workbench?.close());

    /** A failure leaves a picture of what was on the screen. */
    const see = (name: string, run: () => Promise<void>): void =>
        test(name, async () => {
            onTestFailed(async () => void (await workbench.screenshot(`failed: ${name}`.replaceAll(/[^a-z0-9]+/gi, '-'))));
            await run();
        });

    see('colours a Strata file', async () => {
        await workbench.openFile(example);
        const keyword = workbench.editor.locator('.view-line span', { hasText: /^template$/ }).first();
        const name = workbench.editor.locator('.view-line span', { hasText: /^web-service$/ }).first();
        const colour = (locator: Locator): Promise<string> => locator.evaluate((node) => getComputedStyle(node).color);
        expect(await colour(keyword)).not.toBe(await colour(name));
    });

    see('opens the preview beside the text from the title bar', async () => {
        await titleBarIcon().click();
        await box('containers.docker.web').waitFor();
        await box('mac.docker.vm').waitFor();
        const editor = await workbench.editor.boundingBox();
        const preview = await workbench.page.locator('iframe.webview.ready').boundingBox();
        expect(preview?.x).toBeGreaterThanOrEqual((editor?.x ?? 0) + (editor?.width ?? 0) - 1);
    });

    see('opens it from the keyboard as well', async () => {
        await workbench.page.locator('.tab', { hasText: 'Preview' }).getByRole('button', { name: /Close/ }).click();
        await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
        await workbench.focusEditor();
        await workbench.page.keyboard.press('Control+k');
        await workbench.page.keyboard.press('v');
        await box('containers.docker.web').waitFor();
    });

    see('highlights at once the box that the cursor stands in when the preview opens', async () => {
        await workbench.goTo(lineOf('vm db-guest'), 8);
        await workbench.page.locator('.tab', { hasText: 'Preview' }).getByRole('button', { name: /Close/ }).click();
        await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
        await workbench.focusEditor();
        await workbench.page.keyboard.press('Control+k');
        await workbench.page.keyboard.press('v');
        await workbench.preview.locator('[data-element="vms.kvm.db-guest"].selected').first().waitFor();
    });

    see('takes the cursor to the line of the box that is clicked', async () => {
        // From elsewhere: a cursor that already stands on the line would not show that the click has been carried out.
        await workbench.goTo(1, 1);
        await box('vms.kvm.db-guest').click({ position: { x: 6, y: 6 } });
        await expect.poll(async () => (await workbench.cursor()).line).toBe(lineOf('vm db-guest'));
        expect(await workbench.page.locator('.editor-group-container').count()).toBe(2);
    });

    see('highlights the box that the cursor stands in', async () => {
        await workbench.goTo(lineOf('vm web-guest'), 8);
        await workbench.preview.locator('[data-element="vms.kvm.web-guest"].selected').first().waitFor();
        expect(await workbench.preview.locator('[data-element="vms.kvm.db-guest"].selected').count()).toBe(0);
    });

    see('draws another picture while one types', async () => {
        const before = await box('vms.kvm.web-guest').getAttribute('aria-description');
        const line = lineOf('template guest for vm');
        await workbench.goTo(line, (lines[line - 1]?.indexOf('2 GiB') ?? 0) + 1);
        await workbench.page.keyboard.press('Delete');
        await workbench.page.keyboard.type('1');
        await expect.poll(() => box('vms.kvm.web-guest').getAttribute('aria-description')).not.toBe(before);
        await workbench.page.keyboard.press('Control+z');
        await workbench.page.keyboard.press('Control+z');
        await expect.poll(() => box('vms.kvm.web-guest').getAttribute('aria-description')).toBe(before);
    });

    see('keeps the last good picture, dimmed, while the text is broken, and says why; undo brings it back', async () => {
        const line = lineOf('host mac {');
        await workbench.goTo(line, 'host mac'.length + 1);
        await workbench.page.keyboard.type(' = = =');
        await workbench.page.keyboard.press('Escape');
        await workbench.editor.locator('.squiggly-error').first().waitFor();
        await workbench.preview.locator('.stale').first().waitFor();
        expect(await box('vms.kvm.web-guest').isVisible()).toBe(true);
        await workbench.screenshot('broken');
        for (let step = 0; step < 6 && (await workbench.editor.locator('.squiggly-error').count()) > 0; step += 1) {
            await workbench.page.keyboard.press('Control+z');
        }
        await expect.poll(() => workbench.preview.locator('.stale').count()).toBe(0);
    });

    see('underlines what the simulation finds, and the Problems view lists it', async () => {
        const line = lineOf('template db-service for process');
        await workbench.goTo(line, (lines[line - 1]?.indexOf('600 MiB') ?? 0) + 1);
        await workbench.page.keyboard.type('99');
        await workbench.editor.locator('.squiggly-error, .squiggly-warning').first().waitFor();
        await workbench.page.keyboard.press('Control+Shift+M');
        await workbench.page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
        await workbench.screenshot('problems');
        await workbench.runCommand('View: Toggle Panel Visibility');
        await workbench.focusEditor();
        await workbench.page.keyboard.press('Control+z');
        await workbench.page.keyboard.press('Control+z');
        await expect.poll(() => workbench.editor.locator('.squiggly-error').count()).toBe(0);
    });

    see('shows the topology as a tree with bars, and a click goes to the line', async () => {
        await workbench.runCommand('Explorer: Focus on Topology View');
        const row = (name: string): Locator => workbench.page.getByRole('treeitem', { name: new RegExp(`^${name}, `) });
        await row('host vms').waitFor();
        expect(await row('host vms').textContent()).toMatch(/[▰▱]{5} CPU [\d.]+ % · [▰▱]{5} memory [\d.]+ %/);
        await row('host vms').click();
        await expect.poll(async () => (await workbench.cursor()).line).toBe(lineOf('host vms'));
        await row('host bare-web').locator('.monaco-tl-twistie').click();
        await row('process web').click();
        await expect.poll(async () => (await workbench.cursor()).line).toBe(lineOf('host bare-web'));
        await workbench.screenshot('tree');
    });

    see('shows the tightest place in the status bar', async () => {
        const item = workbench.page.locator('.statusbar-item[id^="strata.strata"]').filter({ hasText: /(CPU|memory|disk) [\d.]+ %/ });
        await item.waitFor();
    });

    see('runs every expectation from the Testing view', async () => {
        await workbench.runCommand('Testing: Focus on Test Explorer View');
        await workbench.focusEditor();
        await workbench.runCommand('Test: Run Tests in Current File');
        const count = lines.filter((line) => line.startsWith('expect ')).length;
        await workbench.page.locator('.test-explorer').getByText(`${count}/${count}`).waitFor();
        await workbench.page.locator('.test-explorer .monaco-list .codicon-testing-passed-icon').first().waitFor();
        await workbench.screenshot('tests');
        await workbench.runCommand('View: Toggle Panel Visibility');
        await workbench.runCommand('View: Show Explorer');
    });

    see('leads through the first steps', async () => {
        const choice = (text: string): Locator => workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
        await workbench.page.keyboard.press('F1');
        await workbench.page.locator('.quick-input-widget input').first().fill('>Welcome: Open Walkthrough');
        await choice('Welcome: Open Walkthrough').click();
        await choice('First Steps with Strata').click();
        const page = workbench.page.locator('.gettingStartedContainer');
        await page.getByText('Open an example').first().waitFor();
        await workbench.screenshot('walkthrough');
        await page.getByRole('button', { name: 'Open the Shop' }).click();
        await workbench.page.locator('.tab.active', { hasText: /Untitled/ }).waitFor();
        await workbench.page.locator('.view-line', { hasText: 'A small shop on one rack' }).first().waitFor();
        await workbench.runCommand('View: Revert and Close Editor');
        await workbench.page.locator('.tab', { hasText: 'Welcome' }).getByRole('button', { name: /Close/ }).click();
        await workbench.page.locator(`.tab.active[data-resource-name="${example}"]`).waitFor();
    });

    see('wears the colours of every kind of theme', async () => {
        const seen = new Set<string>();
        const kinds = { 'Light Modern': 'light', 'Dark High Contrast': 'high-contrast', 'Light High Contrast': 'high-contrast-light', 'Dark Modern': 'dark' };
        for (const [theme, kind] of Object.entries(kinds)) {
            await workbench.useTheme(theme);
            const body = workbench.preview.locator('body');
            await expect.poll(() => body.getAttribute('data-vscode-theme-kind')).toBe(`vscode-${kind}`);
            seen.add(await body.evaluate((node) => getComputedStyle(node).backgroundColor + getComputedStyle(node).color));
            await workbench.screenshot(`theme ${theme}`.toLowerCase().replaceAll(' ', '-'));
        }
        expect(seen.size).toBe(4);
    });

    see('shows the preview again after the window is reloaded', async () => {
        await workbench.page.reload();
        await box('containers.docker.web').waitFor();
    });

    see('asks nobody but this machine', async () => {
        const foreign = [...workbench.hosts].filter((host) => host !== '127.0.0.1' && !host.endsWith('.vscode-cdn.net'));
        // Webview resources have addresses under vscode-cdn.net that a service worker answers; with no network they work as well.
        expect(foreign).toEqual([]);
    });

    if (process.env['UPDATE_SCREENSHOTS'] === '1') {
        see('is the picture in the README', async () => {
            await workbench.page.setViewportSize({ width: 1600, height: 1000 });
            await workbench.useTheme('Dark Modern');
            await workbench.preview.locator('body[data-vscode-theme-kind="vscode-dark"]').waitFor();
            await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
            await workbench.runCommand('View: Reset Editor Group Sizes');
            await workbench.goTo(lineOf('vm web-guest'), 1);
            await workbench.goTo(lineOf('vm web-guest'), 5);
            await workbench.preview.locator('[data-element="vms.kvm.web-guest"].selected').first().waitFor();
            await box('vms').scrollIntoViewIfNeeded();
            await box('vms.kvm.web-guest.web').evaluate((node) => node.scrollIntoView({ block: 'start' }));
            const images = path.join(root, 'docs', 'images');
            fs.mkdirSync(images, { recursive: true });
            fs.copyFileSync(await workbench.screenshot('preview'), path.join(images, 'preview.png'));
        });
    }
});
