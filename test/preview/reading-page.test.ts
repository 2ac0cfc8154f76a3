/** The pictures of the page "How to read the picture", of the texts that it names. `UPDATE_SCREENSHOTS=1` writes them anew; look at them before they are committed. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { blocks } from '../helpers/document-blocks.ts';
import { screenshot, screenshots } from '../helpers/preview-in-browser.ts';
import { previewPages } from '../helpers/preview-pages.ts';
import { read, root } from '../helpers/repository.ts';

const document = 'docs/reading-the-picture.md';
const machines = blocks.find((block) => block.document === document && block.language === 'strata')?.text ?? '';
const shop = read('examples/shop.strata');

const { serve, show } = previewPages();

async function open(text: string, fileName: string, height: number): Promise<Page> {
    const served = await serve(text, {}, [], fileName);
    return (await show(served, { viewport: { width: 960, height } })).page;
}

async function take(page: Page, name: string): Promise<void> {
    expect(read(document)).toContain(`(images/${name}.png)`);
    await page.mouse.move(0, 0);
    await screenshot(page, name);
    if (process.env['UPDATE_SCREENSHOTS'] === '1') {
        const images = join(root, 'docs', 'images');
        mkdirSync(images, { recursive: true });
        copyFileSync(join(screenshots, `${name}.png`), join(images, `${name}.png`));
    }
}

/** What the page says of its pictures is seen in them. */
describe('how to read the picture', () => {
    test('two hosts: one promises more than it has, one idles, and kernels are shared or not', async () => {
        const page = await open(machines, 'machines.strata', 560);
        expect(read(document)).toContain('6.49 GiB of what its machines may come to use is not there');
        expect(await page.locator('[data-key="over:rack"]').textContent()).toContain('+6.49 GiB');
        const tint = async (key: string): Promise<string> => /tint-\d/.exec((await page.locator(`[data-key="${key}"]`).getAttribute('class')) ?? '')?.[0] ?? '';
        expect(await tint('container:spare.docker.web')).toBe(await tint('container:spare.docker.api'));
        expect(new Set([await tint('process:rack.kvm.a.x'), await tint('process:rack.kvm.b.y'), await tint('process:rack.kvm.c.z')]).size).toBe(3);
        await take(page, 'reading-strata');
    });

    test('an evening in which a virtual machine fails after ten minutes, and is down for ten more', async () => {
        const page = await open(shop, 'shop.strata', 880);
        await page.getByRole('tab', { name: 'Timeline' }).click();
        await page
            .getByRole('button', { name: /rack1\.kvm\.db failed/ })
            .first()
            .click();
        await page.locator('.scrubber output', { hasText: '10:00.0 of 30:00.0' }).waitFor();
        await page.locator('[data-key="vm:rack1.kvm.db"].stopped.selected').waitFor();
        expect(await page.getByRole('img', { name: /^rack1\.kvm\.db: .*down from 10 min 00 s, \w+ from 20 min 00 s/ }).count()).toBe(1);
        await take(page, 'reading-timeline');
    });

    test('walls, and who falls with a container once the kernel is broken', async () => {
        const page = await open(machines, 'machines.strata', 700);
        await page.getByRole('tab', { name: 'Isolation' }).click();
        await page.getByRole('button', { name: /web ×3/ }).click();
        await page.getByRole('radio', { name: /^Kernel broken/ }).check();
        await page.locator('[data-key="hardware:spare"].fallen').waitFor();
        expect(await page.locator('[data-key="hardware:rack"].fallen').count()).toBe(0);
        await take(page, 'reading-isolation');
    });
});
