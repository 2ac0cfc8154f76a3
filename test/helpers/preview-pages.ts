/** One browser for a file of tests, and in it the pages of `strata preview`: what a test has opened is closed behind it. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser, type OpenedPage, openPage, type Served, servePreview } from './preview-in-browser.ts';

export interface PreviewPages {
    readonly browser: () => Browser;
    readonly serve: typeof servePreview;
    /** A page of what is served already. */
    readonly show: (served: Served, options?: BrowserContextOptions) => Promise<OpenedPage>;
    readonly open: (text: string, options?: BrowserContextOptions) => Promise<OpenedPage & { readonly served: Served }>;
}

export function previewPages(): PreviewPages {
    let launched: Browser | undefined;
    const toStop: Served[] = [];
    beforeAll(async () => {
        launched = await launchBrowser();
    });
    afterEach(async () => {
        await Promise.all((launched?.contexts() ?? []).map((context) => context.close()));
        await Promise.all(toStop.splice(0).map((served) => served.stop()));
    });
    afterAll(() => launched?.close());

    const browser = (): Browser => {
        if (launched === undefined) {
            throw new Error('The browser is there once the tests run.');
        }
        return launched;
    };
    const serve: typeof servePreview = async (...given) => {
        const served = await servePreview(...given);
        toStop.push(served);
        return served;
    };
    const show: PreviewPages['show'] = (served, options) => openPage(browser(), served.address, options);
    return {
        browser,
        serve,
        show,
        open: async (text, options) => {
            const served = await serve(text);
            return { ...(await show(served, options)), served };
        },
    };
}
