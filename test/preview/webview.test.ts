/** The page as VS Code hosts it: messages instead of HTTP, VS Code's classes and colours, and a cursor that moves elsewhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawStrata } from '#server/picture/draw-strata.ts';
import { type PageAnswer, type PageRequest, previewHtml } from '#server/protocol.ts';
import { simulate } from '#simulation/simulate.ts';
import { launchBrowser, screenshot, waitFor } from '../helpers/preview-in-browser.ts';
import { vscodeThemes as themes, useTheme } from '../helpers/vscode-themes.ts';
import { gallery } from '../picture/gallery.ts';

const origin = 'http://webview.test/';
const built = join(import.meta.dirname, '..', '..', 'dist');

let browser: Browser;
beforeAll(async () => {
    browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Webview {
    readonly page: Page;
    readonly requests: PageRequest[];
    readonly post: (message: unknown) => Promise<void>;
}

/**
 * A page whose host answers scenes with the given topology's picture.
 * Where it says that this is only the first part, the page paints it, however small it is, and the rest never comes.
 */
async function openWebview(name: string, theme: keyof typeof themes, state: unknown = null, extent: 'whole' | 'first part' = 'whole'): Promise<Webview> {
    const topology = gallery[name];
    if (topology === undefined) {
        throw new Error(`no topology is called ${name}`);
    }
    const result = simulate(topology);
    const page = await (await browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' })).newPage();
    const requests: PageRequest[] = [];
    const post = (message: unknown): Promise<void> => page.evaluate((data) => window.postMessage(data, '*'), message);
    await page.exposeFunction('answer', async (request: PageRequest): Promise<PageAnswer> => {
        requests.push(request);
        if (extent === 'first part' && requests.length > 1) {
            await new Promise(() => undefined);
        }
        if (request.kind === 'reveal') {
            return { id: request.id, kind: 'revealed', found: true };
        }
        if (request.kind !== 'view') {
            return { id: request.id, kind: 'done' };
        }
        const scene = drawStrata(result, result.findings, request.options);
        const status = { stale: false, errors: 0, warnings: 0 };
        return {
            id: request.id,
            kind: 'view',
            answer: {
                kind: 'view',
                content: { view: 'strata', scene },
                revision: JSON.stringify(request.options),
                status,
                ...(extent === 'first part' ? { more: true } : {}),
            },
        };
    });
    await page.addInitScript(`
        const kept = { state: ${JSON.stringify(state)} };
        window.acquireVsCodeApi = () => ({
            postMessage: async (request) => window.postMessage(await answer(request), '*'),
            getState: () => kept.state,
            setState: (state) => { kept.state = state; window.keptState = state; },
        });`);
    await page.route(`${origin}**`, (route) => {
        const file = route.request().url().slice(origin.length);
        return file === ''
            ? route.fulfill({
                  contentType: 'text/html',
                  body: previewHtml({ nonce: 'n', cspSource: origin, scriptUri: `${origin}preview.js`, styleUri: `${origin}preview.css` }),
              })
            : route.fulfill({ contentType: file.endsWith('css') ? 'text/css' : 'text/javascript', body: readFileSync(join(built, file)) });
    });
    await page.goto(origin);
    await useTheme(page, theme);
    await page.locator('.picture .box').first().waitFor();
    return { page, requests, post };
}

describe('in a webview', () => {
    test('the page asks for one picture at a time, and once more for what changed meanwhile', async () => {
        const { requests, post } = await openWebview('shop', 'vscode-dark');
        const before = requests.length;
        for (let index = 0; index < 20; index += 1) {
            await post({ kind: 'changed' });
        }
        await waitFor(
            () => (requests.length > before ? true : undefined),
            () => 'no picture was asked for',
        );
        expect(new Set(requests.map(({ id }) => id)).size).toBe(requests.length);
    });

    test('the cursor of the editor lights up the boxes of its element, takes no focus, and is remembered', async () => {
        const { page, post, requests } = await openWebview('shop', 'vscode-dark');
        await post({ kind: 'select', element: 'rack1.docker.web' });
        await page.locator('[data-key="container:rack1.docker.web"].selected').waitFor();
        expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
        expect(await page.locator('.details').textContent()).toContain('rack1.docker.web');
        expect(await page.evaluate(() => Reflect.get(window, 'keptState'))).toMatchObject({ selected: 'rack1.docker.web' });
        expect(requests.some(({ kind }) => kind === 'reveal')).toBe(false);
        await post({ kind: 'select' });
        await waitFor(
            async () => ((await page.locator('.selected').count()) === 0 ? true : undefined),
            () => 'still selected',
        );
    });

    test('a click asks the extension to show the element', async () => {
        const { page, requests } = await openWebview('shop', 'vscode-dark');
        await page.locator('[data-key="container:rack1.docker.web"]').click();
        await waitFor(
            () => requests.find((request) => request.kind === 'reveal' && request.target.kind === 'element' && request.target.element === 'rack1.docker.web'),
            () => JSON.stringify(requests),
        );
    });

    test('state that nobody understands is not believed', async () => {
        const { page } = await openWebview('shop', 'vscode-dark', { resource: 'gold', zoom: 'far', scroll: 7, selected: 3 });
        expect(await page.getByRole('radio', { name: 'Memory' }).isChecked()).toBe(true);
    });

    test.each(Object.keys(themes) as (keyof typeof themes)[])('is readable in %s', async (theme) => {
        const { page, post } = await openWebview('too-much', theme);
        await post({ kind: 'select', element: 'rack.kvm.b' });
        await page.locator('.selected').first().waitFor();
        await screenshot(page, theme);
        expect(await page.evaluate(poorContrasts)).toEqual([]);
    });
});

describe('a picture that is painted', () => {
    test.each([
        ['vscode-light', 'shop'],
        ['vscode-dark', 'too-much'],
        ['vscode-high-contrast', 'too-much'],
        ['vscode-high-contrast-light', 'shop'],
    ] as const)('looks as one of nodes does, also after the theme has changed to %s', async (theme, name) => {
        const pictures: string[] = [];
        for (const extent of ['whole', 'first part'] as const) {
            const { page } = await openWebview(name, theme, null, extent);
            expect((await page.locator('.painting canvas').count()) > 0).toBe(extent === 'first part');
            await screenshot(page, `${theme}-${extent === 'whole' ? 'nodes' : 'painted'}`);
            pictures.push((await page.locator('.canvas').screenshot()).toString('base64'));
        }
        expect(await (await browser.newPage()).evaluate(differingShare, pictures)).toBeLessThan(0.0005);
    });
});

/** Share of the pixels that anybody could tell apart. Runs in the page. */
async function differingShare(pictures: readonly string[]): Promise<number> {
    const pixels = await Promise.all(
        pictures.map(async (picture) => {
            const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
            const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
            canvas?.drawImage(image, 0, 0);
            return canvas?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
        }),
    );
    const [one = new Uint8ClampedArray(), other = new Uint8ClampedArray()] = pixels;
    // Letters are smoothed in one way as nodes and in another on a canvas.
    const differing = one.filter((value, place) => Math.abs(value - (other[place] ?? 0)) > 60).length;
    return one.length === other.length && one.length > 0 ? differing / one.length : 1;
}

/** Labels and figures whose contrast against their box is below 4.5 : 1 (WCAG 2.2, 1.4.3). Runs in the page. */
function poorContrasts(): readonly string[] {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const paint = (...colours: readonly string[]): readonly [number, number, number] => {
        for (const colour of colours) {
            if (canvas !== null) {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
            }
        }
        const [red = 0, green = 0, blue = 0] = canvas?.getImageData(0, 0, 1, 1).data ?? [];
        return [red, green, blue];
    };
    const luminance = (colour: readonly [number, number, number]): number => {
        const [red = 0, green = 0, blue = 0] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const background = getComputedStyle(document.body).backgroundColor;
    return [...document.querySelectorAll('.box:not(.stopped) text')].flatMap((text) => {
        const shape = text.parentElement?.querySelector('.shape');
        const fill = shape === null || shape === undefined ? background : getComputedStyle(shape).fill;
        const [below, above] = [luminance(paint(background, fill)), luminance(paint(background, fill, getComputedStyle(text).fill))];
        const ratio = (Math.max(below, above) + 0.05) / (Math.min(below, above) + 0.05);
        return ratio < 4.5 ? [`${text.textContent}: ${ratio.toFixed(2)}`] : [];
    });
}
