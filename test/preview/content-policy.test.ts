/** The content policy of the page that `strata preview` serves, tried in a real browser: no script but its own, no other server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attack, refusals, startForeigner } from '../helpers/page-attack.ts';
import { launchBrowser, openPage, servePreview } from '../helpers/preview-in-browser.ts';

let browser: Browser;
beforeAll(async () => {
    browser = await launchBrowser();
});
afterAll(() => browser.close());

test('runs no script that was put into it, and lets nothing reach another server', async () => {
    const foreigner = await startForeigner();
    const served = await servePreview(readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'shop.strata'), 'utf8'));
    const { page } = await openPage(browser, served.address);
    expect(await attack(page.locator('body'), foreigner.origin)).toEqual({ refused: refusals, hurt: undefined });
    expect(foreigner.asked).toEqual([]);
    // The page itself still works.
    await page.locator('.picture .box').first().waitFor();
    foreigner.close();
    await served.stop();
});
