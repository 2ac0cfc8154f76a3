/** The preview in the real workbench, whole: sliders and undo, time, walls, checks, what has changed since the commit, files, and several at once. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { gitIn } from '../helpers/git.ts';
import { startVsCode, type VsCode, type Workbench } from '../helpers/vscode-workbench.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const file = 'shop.strata';
const text = fs.readFileSync(path.join(root, 'examples', file), 'utf8');
const lines = text.split('\n');

/** The line, counted from 1, on which the text first stands. */
function lineOf(part: string): number {
    const index = lines.findIndex((line) => line.includes(part));
    expect(index, `${file} contains "${part}"`).toBeGreaterThanOrEqual(0);
    return index + 1;
}

describe('the preview', () => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-preview-'));
    const folder = path.join(home, 'examples');
    let code: VsCode;
    let workbench: Workbench;
    const page = (): FrameLocator => workbench.preview;
    const box = (element: string): Locator => page().locator(`[data-element="${element}"]`).first();
    const turnTo = (view: string): Promise<void> => page().getByRole('tab', { name: view }).click();
    /** A line of the text as the editor shows it, whose blanks do not break. */
    const written = (words: string): Locator => workbench.editor.locator('.view-line').filter({ hasText: new RegExp(words.replaceAll(' ', String.raw`\s`)) });
    const openPreview = (): Promise<void> => workbench.page.locator('.editor-actions a[aria-label^="Open Preview to the Side"]').first().click();
    const cursorLine = async (): Promise<number> => (await workbench.cursor()).line;

    beforeAll(async () => {
        fs.cpSync(path.join(root, 'examples'), folder, { recursive: true });
        const git = gitIn(folder);
        git(['init', '-q']);
        git(['add', '.']);
        git(['commit', '-qm', 'First']);
        code = await startVsCode({ settings: { 'git.enabled': true } });
        workbench = await code.open(folder);
        await workbench.openFile(file);
        await openPreview();
        await box('rack1.docker.web').waitFor();
    });
    afterAll(async () => {
        await code?.stop();
        fs.rmSync(home, { recursive: true, force: true });
    });

    /** A failure leaves a picture of what was on the screen. */
    const see = (name: string, run: () => Promise<void>): void =>
        test(name, async () => {
            onTestFailed(async () => void (await workbench.screenshot(`failed: preview ${name}`.slice(0, 60).replaceAll(/[^a-z0-9]+/gi, '-'))));
            await run();
        });

    see('changes a limit with a slider, and one undo takes the whole drag back', async () => {
        await box('rack1.docker.web').click({ position: { x: 6, y: 6 } });
        await expect.poll(cursorLine).toBe(lineOf('container web[3]'));
        const slider = page().getByRole('slider', { name: 'memory limit' });
        await slider.waitFor();
        const at = await slider.boundingBox();
        if (at === null) {
            throw new Error('the slider can not be seen');
        }
        // From a quarter, where the limit is now, to three quarters, in several movements.
        await workbench.page.mouse.move(at.x + at.width / 4, at.y + at.height / 2);
        await workbench.page.mouse.down();
        for (const share of [0.35, 0.5, 0.65, 0.75]) {
            await workbench.page.mouse.move(at.x + at.width * share, at.y + at.height / 2);
            await written('memory limit 256 MiB').waitFor({ state: 'detached' });
        }
        await workbench.page.mouse.up();
        await written('memory limit [678]\\d\\d MiB').waitFor();
        await expect.poll(() => box('rack1.docker.web').getAttribute('aria-description')).toMatch(/[678]\d\d MiB/);
        await workbench.screenshot('preview-slider');
        await workbench.focusEditor();
        await workbench.page.keyboard.press('Control+z');
        await written('memory limit 256 MiB').waitFor();
        await expect.poll(() => box('rack1.docker.web').getAttribute('aria-description')).toContain('256 MiB');
        expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe(text);
    });

    see('scrubs through a scenario, and an event leads to its moment and its line', async () => {
        await workbench.goTo(1, 1);
        await turnTo('Timeline');
        await page().getByRole('slider', { name: 'Moment' }).fill('500');
        await page().locator('.scrubber output', { hasText: '15:00.0 of 30:00.0' }).waitFor();
        await page().locator('[data-key="vm:rack1.kvm.db"].stopped').waitFor();
        await page()
            .getByRole('button', { name: /rack1\.kvm\.db recovered/ })
            .first()
            .click();
        await page().locator('.scrubber output', { hasText: '20:00.0 of 30:00.0' }).waitFor();
        await expect.poll(cursorLine).toBe(lineOf('vm db'));
        await workbench.screenshot('preview-timeline');
    });

    see('shows who falls with a workload, and the workload in the text', async () => {
        await turnTo('Isolation');
        await page()
            .getByRole('button', { name: /web ×3/ })
            .first()
            .click();
        await expect.poll(cursorLine).toBe(lineOf('container web[3]'));
        await page()
            .getByRole('radio', { name: /^Kernel broken/ })
            .check();
        await page().locator('[data-key="hardware:rack1"].fallen').waitFor();
        await workbench.screenshot('preview-isolation');
    });

    see('lists what is expected, and a click shows the line', async () => {
        await turnTo('Checks');
        await page().getByRole('button', { name: 'boundary(web, web) == namespace' }).click();
        await expect.poll(cursorLine).toBe(lineOf('expect boundary(web, web)'));
    });

    see('says what has changed since the last commit, as soon as it is typed', async () => {
        await turnTo('Compare');
        await page().getByRole('heading', { name: 'Since HEAD' }).waitFor();
        await page().getByText('No difference.').waitFor();
        const line = lineOf('memory 120 MiB');
        await workbench.goTo(line, (lines[line - 1]?.indexOf('120 MiB') ?? 0) + 1);
        await workbench.page.keyboard.type('1');
        await page().getByRole('table', { name: 'Allocation at HEAD and now' }).getByText('rack1.docker.web', { exact: true }).waitFor();
        await workbench.screenshot('preview-compare');
        await workbench.page.keyboard.press('Control+z');
        await page().getByText('No difference.').waitFor();
    });

    see('says it anew when there is another commit, though nobody has typed', async () => {
        const git = gitIn(folder);
        // What is committed is another text than the file has, which stays as it is.
        const blob = git(['hash-object', '-w', '--stdin'], text.replace('memory 120 MiB', 'memory 90 MiB')).trim();
        git(['update-index', '--cacheinfo', `100644,${blob},${file}`]);
        git(['commit', '-qm', 'Second']);
        await page().getByRole('table', { name: 'Allocation at HEAD and now' }).getByText('rack1.docker.web', { exact: true }).waitFor();
        git(['reset', '-q', '--mixed', 'HEAD~1']);
        await page().getByText('No difference.').waitFor();
    });

    see('saves a view as a picture where the reader says', async () => {
        await turnTo('Strata');
        await page().getByRole('button', { name: 'Export this view as SVG' }).click();
        const name = workbench.page.locator('.quick-input-widget input').first();
        await expect.poll(() => name.inputValue()).toContain('shop-strata.svg');
        await workbench.page.keyboard.press('Enter');
        const picture = path.join(folder, 'shop-strata.svg');
        await expect.poll(() => (fs.existsSync(picture) ? fs.readFileSync(picture, 'utf8') : '')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    });

    see('stays at its file once it is locked, and another file gets a preview of its own', async () => {
        await page().getByRole('button', { name: 'Lock to this file' }).click();
        await workbench.page.locator('.tab', { hasText: `[Preview] ${file}` }).waitFor();
        await workbench.focusEditor();
        await workbench.openFile('three-stacks.strata');
        await openPreview();
        await workbench.page.locator('.tab', { hasText: 'Preview three-stacks.strata' }).waitFor();
        expect(await workbench.page.locator('.tab', { hasText: `[Preview] ${file}` }).count()).toBe(1);
        const words = page().locator('[data-element="machine"]').first();
        await words.waitFor();
        await workbench.screenshot('preview-two');
    });
});
