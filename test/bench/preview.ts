/** Times the built page of `strata preview` in a real Chromium: its first picture, an edit, and what a frame costs while somebody pans and zooms. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { ViewAnswer } from '#server/protocol.ts';
import { launchBrowser, type Served, servePreview } from '../helpers/preview-in-browser.ts';
import { printFact, printTable, type Row } from './measure.ts';
import { limitText, tooSmallText, virtualMachinesText } from './topologies.ts';

const viewport = { width: 1400, height: 900 };
const root = new URL('../../', import.meta.url);

export async function timePreview(machines: number, rounds: number, steps: number): Promise<void> {
    const text = virtualMachinesText(machines);
    const served = await servePreview(text);
    const browser = await launchBrowser();
    try {
        const [first, firstOnThread]: [number[], number[]] = [[], []];
        for (let round = 0; round <= rounds; round += 1) {
            const { page, thread } = await open(browser, served.address);
            if (round > 0) {
                first.push((await paintings(page))[0]?.painted ?? Number.NaN);
                firstOnThread.push(await worked(thread));
            }
            await page.context().close();
        }
        const { page, thread } = await open(browser, served.address);
        const boxes = await countBoxes(served.address);
        const edits = await timeEdits(page, thread, served, text, 2 * rounds);
        const gestures = await timeGestures(page, thread, steps);
        printTable(`Preview in Chromium: ${boxes.toLocaleString('en')} boxes, ${viewport.width} × ${viewport.height}`, [
            { name: 'page opened → first picture', samples: first },
            { name: 'the same: main thread', samples: firstOnThread },
            ...edits,
            ...gestures,
        ]);
    } finally {
        await browser.close();
        await served.stop();
    }
    printFact('page and style sheet, minified and gzipped', `${await pageKilobytes()} KB`);
}

async function countBoxes(address: string): Promise<number> {
    const question = { id: 1, kind: 'view', view: 'strata', options: { resource: 'memory', width: viewport.width } };
    const answer = await fetch(`${address}request`, { method: 'POST', body: JSON.stringify(question) });
    const { answer: found } = (await answer.json()) as { readonly answer: ViewAnswer };
    return found.kind === 'view' && found.content.view === 'strata' ? found.content.scene.boxes.length : Number.NaN;
}

/** When an answer was there, and when what it brought had been painted; in milliseconds since the page was opened. */
interface Painting {
    readonly arrived: number;
    readonly painted: number;
}

/** Notes when answers arrive, and when the frame after each has been painted. */
function watchPaintings(): void {
    const noted: Painting[] = [];
    Reflect.set(window, 'paintings', noted);
    const ask = window.fetch;
    window.fetch = async (...given) => {
        const answer = await ask(...given);
        answer.json = async () => {
            const text = await answer.text();
            const arrived = performance.now();
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => noted.push({ arrived, painted: performance.now() });
            requestAnimationFrame(() => port2.postMessage(0));
            return JSON.parse(text);
        };
        return answer;
    };
}

async function open(browser: Browser, address: string): Promise<{ readonly page: Page; readonly thread: CDPSession }> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    await page.addInitScript(watchPaintings);
    const thread = await context.newCDPSession(page);
    // Time of the thread, not of the clock: other work on the machine does not count.
    await thread.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(address);
    await page.locator('.picture .box').first().waitFor();
    await page.waitForFunction(() => Reflect.get(window, 'paintings').length > 0);
    return { page, thread };
}

const paintings = (page: Page): Promise<readonly Painting[]> => page.evaluate(() => Reflect.get(window, 'paintings'));

/** Milliseconds that the page's main thread has worked so far. */
async function worked(thread: CDPSession): Promise<number> {
    const { metrics } = await thread.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

/** A limit in the text becomes another, back and forth; each time the picture has to follow. */
async function timeEdits(page: Page, thread: CDPSession, served: Served, text: string, edits: number): Promise<readonly Row[]> {
    const [toPicture, onThread]: [number[], number[]] = [[], []];
    for (let edit = 0; edit < edits; edit += 1) {
        const before = await paintings(page);
        const workedBefore = await worked(thread);
        served.write(edit % 2 === 0 ? text.replace(limitText, tooSmallText) : text);
        await page.waitForFunction((known) => Reflect.get(window, 'paintings').length > known, before.length);
        await settle(page);
        onThread.push((await worked(thread)) - workedBefore);
        toPicture.push(Math.max(...(await paintings(page)).slice(before.length).map(({ arrived, painted }) => painted - arrived)));
    }
    return [
        { name: 'an edit: answer there → painted', samples: toPicture },
        { name: 'an edit: main thread', samples: onThread },
    ];
}

/** Real turns of the wheel, one at a time, each with the frames that it leads to. */
async function timeGestures(page: Page, thread: CDPSession, steps: number): Promise<readonly Row[]> {
    await page.locator('.canvas').hover();
    const step = async (act: () => Promise<void>): Promise<number> => {
        const before = await worked(thread);
        await act();
        await nextFrame(page);
        await nextFrame(page);
        return (await worked(thread)) - before;
    };
    const take = async (name: string, act: (place: number) => Promise<void>): Promise<Row> => {
        const samples: number[] = [];
        for (let place = 0; place < steps; place += 1) {
            samples.push(await step(() => act(place)));
        }
        await settle(page);
        return { name, samples };
    };
    const nothing = await take('two frames: measuring alone', async () => undefined);
    const pan = await take('two frames: panning by 100 pixels', () => page.mouse.wheel(0, 100));
    await page.keyboard.down('Control');
    const zoom = await take('two frames: a turn of zooming', (place) => page.mouse.wheel(0, place % 20 < 10 ? -100 : 100));
    await page.keyboard.up('Control');
    return [nothing, pan, zoom];
}

function nextFrame(page: Page): Promise<void> {
    return page.evaluate(
        () =>
            new Promise<void>((resolve) => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => resolve();
                requestAnimationFrame(() => port2.postMessage(0));
            }),
    );
}

/** Until nothing is left to be drawn. */
async function settle(page: Page): Promise<void> {
    for (let frame = 0; frame < 30; frame += 1) {
        await nextFrame(page);
    }
}

async function pageKilobytes(): Promise<string> {
    const { outputFiles } = await build({
        entryPoints: ['main.ts', 'preview.css'].map((name) => new URL(`client/preview/${name}`, root).pathname),
        bundle: true,
        minify: true,
        write: false,
        outdir: 'out',
        platform: 'browser',
        format: 'iife',
        target: 'es2022',
        logLevel: 'warning',
    });
    return (outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000).toFixed(1);
}
