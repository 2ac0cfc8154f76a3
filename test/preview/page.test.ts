/** The preview page in a real browser, served by `strata preview`, driven as a reader would. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { PageAnswer } from '#server/protocol.ts';
import { screenshot, waitFor } from '../helpers/preview-in-browser.ts';
import { previewPages } from '../helpers/preview-pages.ts';

const shop = `host rack {
  cpu 8 cores
  memory 16 GiB
  os debian
  engine docker {
    container web { image nginx  memory limit 512 MiB  process nginx { cpu 0.5 cores  memory 200 MiB } }
    container db { image postgres  process server { cpu 1 cores  memory 2 GiB } }
  }
}
`;
const examples = join(import.meta.dirname, '..', '..', 'examples');

const { browser, serve, show, open } = previewPages();

const box = (page: Page, key: string): Locator => page.locator(`.picture [data-key="${key}"]`);
/** Whether the middle of a node's box has been painted as well. */
const inkAt = (page: Page, key: string): Promise<boolean> =>
    box(page, key).evaluate((node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        const [left, top] = [x + width / 2, y + height / 2];
        return [...document.querySelectorAll<HTMLCanvasElement>('.painting canvas')].some((canvas) => {
            const tile = canvas.getBoundingClientRect();
            const isHere = left >= tile.left && left < tile.right && top >= tile.top && top < tile.bottom;
            return isHere && canvas.getContext('2d')?.getImageData(left - tile.left, top - tile.top, 1, 1).data[3] === 255;
        });
    });
/** The box where a key leads to. */
async function pressed(page: Page, key: string): Promise<string | undefined> {
    await page.keyboard.press(key);
    return page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? undefined);
}
const widthOf = async (page: Page, key: string): Promise<number> => Number(await box(page, key).locator('.shape').getAttribute('width'));

describe('the picture', () => {
    test('shows every layer with its words, without a complaint of the browser', async () => {
        const { page, complaints } = await open(shop);
        for (const key of [
            'hardware:rack',
            'kernel:rack',
            'engine:rack.docker',
            'container:rack.docker.web',
            'process:rack.docker.db.server',
            'overhead:rack',
            'idle:rack',
        ]) {
            expect(await box(page, key).count(), key).toBe(1);
        }
        expect(await box(page, 'container:rack.docker.db').getAttribute('aria-description')).toMatch(/^container rack\.docker\.db; /);
        expect(complaints).toEqual([]);
    });

    test('changes what width means with the radio buttons, by keyboard', async () => {
        const { page } = await open(shop);
        const before = await widthOf(page, 'container:rack.docker.db');
        await page.getByRole('radio', { name: 'Memory' }).focus();
        await page.keyboard.press('ArrowLeft');
        expect(await page.getByRole('radio', { name: 'CPU' }).isChecked()).toBe(true);
        await waitFor(
            async () => ((await widthOf(page, 'container:rack.docker.db')) === before ? undefined : true),
            () => 'the width stayed',
        );
        expect(await box(page, 'container:rack.docker.db').getAttribute('class')).toContain('container');
    });

    test('shows what each may take at most and what is set aside for it, and still does after a reload', async () => {
        const { page } = await open(shop);
        const choice = page.getByRole('combobox', { name: 'How much of it' });
        // Of a limit of 512 MiB, 200 MiB are used.
        const free = box(page, 'idle:rack.docker.web');
        expect(await free.count()).toBe(0);
        await choice.selectOption('at most');
        await free.waitFor();
        await page.reload();
        await free.waitFor();
        expect(await choice.inputValue()).toBe('limited');
        await choice.selectOption('set aside');
        await free.waitFor({ state: 'detached' });
        expect(await page.locator('.picture').getAttribute('aria-label')).toContain('set aside');
    });

    test('fits the window, again after it was resized', async () => {
        const { page } = await open(shop);
        const width = (): Promise<number> => page.locator('.picture').evaluate((svg) => svg.getBoundingClientRect().width);
        expect(await width()).toBeGreaterThan(1000);
        await page.setViewportSize({ width: 600, height: 700 });
        await waitFor(
            async () => ((await width()) < 601 ? true : undefined),
            () => 'the picture stayed wide',
        );
        expect(await page.locator('.canvas').evaluate((canvas) => canvas.scrollWidth - canvas.clientWidth)).toBeLessThanOrEqual(0);
    });

    test('shows the whole in small where only a part is in the window, and goes where one clicks in it', async () => {
        const { page } = await open(shop);
        const small = page.locator('.overview');
        expect(await small.isVisible()).toBe(false);
        for (let step = 0; step < 5; step += 1) {
            await page.getByRole('button', { name: 'Zoom in' }).click();
        }
        await small.waitFor();
        const frame = (): Promise<{ readonly left: number; readonly right: number }> =>
            small.locator('.frame').evaluate((node) => {
                const [inner, outer] = [node.getBoundingClientRect(), node.parentElement?.getBoundingClientRect() ?? new DOMRect()];
                return { left: (inner.left - outer.left) / outer.width, right: (outer.right - inner.right) / outer.width };
            });
        const [scrolled, width] = [() => page.locator('.canvas').evaluate((canvas) => canvas.scrollLeft), (await small.boundingBox())?.width ?? 0];
        await small.click({ position: { x: width - 8, y: 8 } });
        await expect.poll(async () => (await frame()).right).toBeLessThan(0.1);
        expect(await scrolled()).toBeGreaterThan(0);
        await small.click({ position: { x: 8, y: 8 } });
        await expect.poll(scrolled).toBe(0);
        expect((await frame()).left).toBeLessThan(0.1);
        await page.getByRole('button', { name: 'Fit to window' }).click();
        await small.waitFor({ state: 'hidden' });
    });

    test('is as high as the window in every view: controls and words stay where they are', async () => {
        const { page } = await open(readFileSync(join(examples, 'docker-vs-vm.strata'), 'utf8'));
        await page.setViewportSize({ width: 760, height: 600 });
        const beyond = (): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
        await expect.poll(() => page.locator('.canvas').evaluate((canvas) => canvas.scrollHeight - canvas.clientHeight)).toBeGreaterThan(100);
        await page
            .locator('.picture .box')
            .last()
            .evaluate((node) => node.scrollIntoView({ block: 'start' }));
        expect(await page.evaluate(() => window.scrollY)).toBe(0);
        for (const view of ['Strata', 'Timeline', 'Isolation', 'Compare', 'Checks']) {
            await page.getByRole('tab', { name: view }).click();
            await page.locator(`.view-${view.toLowerCase()}`).waitFor();
            await expect.poll(beyond, { message: view }).toBeLessThanOrEqual(0);
        }
    });

    test('zooms by asking for more width, and fits again', async () => {
        const { page } = await open(shop);
        const before = await widthOf(page, 'hardware:rack');
        await page.getByRole('button', { name: 'Zoom in' }).click();
        await waitFor(
            async () => ((await widthOf(page, 'hardware:rack')) > before * 1.3 ? true : undefined),
            () => 'no zoom',
        );
        await page.getByRole('button', { name: 'Fit to window' }).click();
        await waitFor(
            async () => ((await widthOf(page, 'hardware:rack')) === before ? true : undefined),
            () => 'no fit',
        );
    });

    test('keeps resource, zoom and selection over a reload', async () => {
        const { page } = await open(shop);
        await page.getByText('CPU', { exact: true }).click();
        await box(page, 'container:rack.docker.db').click();
        await page.reload();
        await box(page, 'container:rack.docker.db').waitFor();
        expect(await page.getByRole('radio', { name: 'CPU' }).isChecked()).toBe(true);
        expect(await box(page, 'container:rack.docker.db').getAttribute('aria-selected')).toBe('true');
        expect(await page.locator('.details').textContent()).toContain('rack.docker.db');
        expect(await page.locator('.picture [tabindex="0"]').getAttribute('data-key')).toBe('container:rack.docker.db');
    });

    test('changes its colours with the theme', async () => {
        const { page } = await open(shop);
        const colours = (): Promise<readonly string[]> =>
            page.evaluate(() =>
                ['body', '.kernel .shape', '.box .label'].map((selector) => {
                    const style = getComputedStyle(document.querySelector(selector) ?? document.body);
                    return selector === 'body' ? style.backgroundColor : style.fill;
                }),
            );
        await page.emulateMedia({ colorScheme: 'light' });
        const light = await colours();
        await page.emulateMedia({ colorScheme: 'dark' });
        const dark = await colours();
        expect(light.filter((colour, index) => colour === dark[index])).toEqual([]);
    });
});

describe('the keyboard', () => {
    test('reaches every box: up what stands on it, down what carries it, sideways its neighbours', async () => {
        const { page } = await open(shop);
        const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute('data-key'));
        const press = async (...keys: readonly string[]): Promise<string | null | undefined> => {
            for (const key of keys) {
                await page.keyboard.press(key);
            }
            return focused();
        };
        await page.locator('.picture [tabindex="0"]').focus();
        expect(await press('Home')).toBe('hardware:rack');
        expect(await press('ArrowUp')).toBe('kernel:rack');
        expect(await press('ArrowUp')).toBe('overhead:rack');
        expect(await press('ArrowRight')).toBe('engine:rack.docker');
        expect(await press('ArrowRight')).toBe('idle:rack');
        expect(await press('ArrowRight')).toBe('idle:rack');
        expect(await press('ArrowLeft', 'ArrowUp', 'ArrowRight')).toBe('container:rack.docker.web');
        expect(await press('ArrowUp', 'ArrowDown')).toBe('container:rack.docker.web');
        expect(await page.locator('.details').textContent()).toContain('container rack.docker.web');
        expect(await press('End')).toBe(await page.locator('.picture .box').last().getAttribute('data-key'));
        expect(await page.locator('.picture [tabindex="0"]').count()).toBe(1);
    });

    test('Enter shows the element in the text', async () => {
        const { page, served } = await open(shop);
        await box(page, 'container:rack.docker.db').focus();
        await page.keyboard.press('Enter');
        await waitFor(() => (served.printed().includes('machines.strata:7:15') ? true : undefined), served.printed);
        expect(await box(page, 'container:rack.docker.db').getAttribute('class')).toContain('selected');
    });

    test('keeps its place while the text changes', async () => {
        const { page, served } = await open(shop);
        await box(page, 'container:rack.docker.db').focus();
        served.write(shop.replace('container web', 'container cache { image redis  process redis { memory 1 GiB } }\n    container web'));
        await box(page, 'container:rack.docker.cache').waitFor();
        expect(await page.evaluate(() => document.activeElement?.getAttribute('data-key'))).toBe('container:rack.docker.db');
    });
});

describe('a picture of thousands of boxes', () => {
    const many = Array.from(
        { length: 120 },
        (_, host) =>
            `host h${host} { cpu 8 cores  memory 16 GiB  os debian  engine docker {\n${Array.from({ length: 8 }, (__, place) => `container c${place} { image nginx  process main { memory 500 MiB } }`).join('\n')}\n} }`,
    ).join('\n');

    test('is painted where one looks, and has nodes for what the keyboard or the pointer is at', async () => {
        const { page, complaints } = await open(many);
        await page.locator('.painting canvas').first().waitFor();
        await expect.poll(() => inkAt(page, 'hardware:h0')).toBe(true);
        expect(await page.locator('.picture .box').count()).toBe(1);
        await page.locator('.canvas').evaluate((canvas) => canvas.scrollTo({ top: canvas.scrollHeight }));
        // The box that the keyboard stands on stays, and so do its place in the tree and the way from it.
        expect(await page.locator('.picture [tabindex="0"]').getAttribute('data-key')).toBe('hardware:h0');
        await page.locator('.picture [tabindex="0"]').focus();
        await expect.poll(() => pressed(page, 'End')).toMatch(/^idle:h119/);
        expect(await page.locator('.picture [tabindex="0"]').getAttribute('aria-level')).toBe('3');
        await page.keyboard.press('Home');
        expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-setsize'))).toBe('120');
        expect(complaints).toEqual([]);
    });

    test('answers the pointer where it is painted', async () => {
        const { page, served } = await open(many);
        await page.locator('.painting canvas').first().waitFor();
        const hardware = await page.locator('.picture .box').boundingBox();
        // A container stands on kernel and engine, which stand on the hardware.
        await page.mouse.move((hardware?.x ?? 0) + 40, (hardware?.y ?? 0) - 80);
        await expect.poll(() => page.locator('.details').textContent()).toContain('container h0.docker.c0');
        await page.mouse.down();
        await page.mouse.up();
        await page.locator('.picture .selected[data-element="h0.docker.c0"]').waitFor();
        await waitFor(() => (/machines\.strata:2:\d+/.test(served.printed()) ? true : undefined), served.printed);
        await page.mouse.move(5, 5);
        await page.keyboard.press('Escape');
        await expect.poll(() => page.locator('.picture .selected').count()).toBe(0);
    });

    test('is searched as a whole', async () => {
        const { page } = await open(many);
        await page.getByRole('searchbox', { name: 'Find in the picture' }).fill('h119.docker.c7');
        await expect.poll(() => page.locator('.matches').textContent()).toMatch(/^[1-9]/);
        await page.keyboard.press('Enter');
        await page.locator('.picture .box.found[data-element^="h119.docker.c7"]').first().waitFor();
        expect(await page.evaluate(() => document.activeElement?.getAttribute('data-element'))).toContain('h119.docker.c7');
    });

    test('comes in two parts: first what is looked at, then all', async () => {
        const parts: (readonly [isPart: boolean, boxes: number])[] = [];
        const served = await serve(many);
        const page = await (await browser().newContext({ viewport: { width: 1100, height: 760 } })).newPage();
        page.on('response', async (response) => {
            const answer = response.url().endsWith('/request') ? ((await response.json()) as PageAnswer) : undefined;
            if (answer?.kind === 'view' && answer.answer.kind === 'view' && 'scene' in answer.answer.content) {
                parts.push([answer.answer.more === true, answer.answer.content.scene.boxes.length]);
            }
        });
        await page.goto(served.address);
        await expect.poll(() => parts.map(([isPart]) => isPart)).toEqual([true, false]);
        const [[, first], [, all]] = parts as [(typeof parts)[number], (typeof parts)[number]];
        expect(first).toBeGreaterThan(50);
        expect(first).toBeLessThan(all / 2);
        await page.getByRole('radio', { name: 'CPU' }).check({ force: true });
        await expect.poll(() => parts.map(([isPart]) => isPart)).toEqual([true, false, true, false]);
        await page.locator('.picture [tabindex="0"]').focus();
        await expect.poll(() => pressed(page, 'End')).toMatch(/^idle:h119/);
    });
});

describe('the text', () => {
    test('is shown where a box is clicked; what is not in it is named as such', async () => {
        const { page, served } = await open(readFileSync(join(examples, 'docker-vs-vm.strata'), 'utf8'));
        await box(page, 'vm:mac.docker.vm').click();
        await page.locator('.details').getByText('added by the engine').waitFor();
        await box(page, 'container:mac.docker.db').click();
        await waitFor(() => (/machines\.strata:\d+:\d+/.test(served.printed()) ? true : undefined), served.printed);
    });

    test('is followed live: one literal changes, and the boxes it concerns are patched in place', async () => {
        const { page, served } = await open(shop);
        await box(page, 'container:rack.docker.db').evaluate((node) => node.setAttribute('data-mine', 'yes'));
        const before = await widthOf(page, 'container:rack.docker.db');
        served.write(shop.replace('memory 2 GiB', 'memory 8 GiB'));
        await waitFor(
            async () => ((await widthOf(page, 'container:rack.docker.db')) > 3 * before ? true : undefined),
            () => 'no new width',
        );
        expect(await box(page, 'container:rack.docker.db').getAttribute('data-mine')).toBe('yes');
    });

    test('may be broken for a while: the last good picture stays, dimmed, with a line that says why', async () => {
        const { page, served } = await open(shop);
        served.write(shop.replace('engine docker {', 'engine docker {{{'));
        await page.locator('.canvas.stale').waitFor();
        expect(await page.locator('.status').first().textContent()).toMatch(/^The last good picture is shown\. line \d+: /);
        expect(await box(page, 'container:rack.docker.db').isVisible()).toBe(true);
        await screenshot(page, 'broken');
        served.write(shop);
        await page.locator('.canvas:not(.stale)').waitFor();
        expect(await page.locator('.status').first().textContent()).toBe('');
    });

    test('may be gone for a while', async () => {
        const { page, served } = await open(shop);
        served.remove();
        await page.locator('.status', { hasText: 'no such file' }).waitFor();
        expect(await box(page, 'container:rack.docker.db').isVisible()).toBe(true);
        served.write(shop.replace('container db', 'container store'));
        await box(page, 'container:rack.docker.store').waitFor();
        await page.locator('.canvas:not(.stale)').waitFor();
    });

    test('may stand in several files: an import is followed, too', async () => {
        const served = await serve(`import "more.strata"\n${shop}`, { 'more.strata': 'host spare { cpu 4 cores  memory 8 GiB  os debian }\n' });
        const { page } = await show(served);
        await box(page, 'hardware:spare').waitFor();
        served.write('host reserve { cpu 4 cores  memory 8 GiB  os debian }\n', 'more.strata');
        await box(page, 'hardware:reserve').waitFor();
        expect(await box(page, 'hardware:spare').count()).toBe(0);
    });

    test('may import a file that is written later', async () => {
        const served = await serve(`import "later.strata"\n${shop}`);
        const { page } = await show(served);
        served.write('host late { cpu 4 cores  memory 8 GiB  os debian }\n', 'later.strata');
        await box(page, 'hardware:late').waitFor();
    });

    test('has findings, which are counted and marked', async () => {
        const { page } = await open(shop.replace('memory 200 MiB', 'memory 900 MiB'));
        await page.locator('.findings', { hasText: /1 error/ }).waitFor();
        expect(await box(page, 'container:rack.docker.web').locator('.sign').count()).toBe(1);
        expect(await box(page, 'container:rack.docker.web').getAttribute('aria-description')).toContain('error: ');
    });
});

describe('hostile names', () => {
    const names = [
        '<script>window.hurt = 1</script>',
        `"><img src=x onerror="window.hurt = 1">`,
        `' onload='window.hurt = 1`,
        '\u202eevil\u2066',
        '🧨'.repeat(40),
        'x'.repeat(10_000),
        '${window.hurt = 1}',
        '&lt;b&gt;',
    ];

    test('in the text are only text', async () => {
        const containers = names.map(
            (name, index) => `container c${index} { image ${JSON.stringify(name).replaceAll(String.raw`\"`, `'`)}  process p { memory 500 MiB } }`,
        );
        const { page, complaints } = await open(`host h { cpu 4 cores  memory 64 GiB  os debian\n engine docker {\n${containers.join('\n')}\n } }\n`);
        for (const index of names.keys()) {
            await box(page, `container:h.docker.c${index}`).hover();
        }
        expect(await page.evaluate(() => [Reflect.get(window, 'hurt'), document.querySelectorAll('img, script:not([nonce])').length])).toEqual([undefined, 0]);
        expect(complaints).toEqual([]);
    });

    test('in a picture are only text, wherever a picture has text', async () => {
        const { page, complaints } = await open(shop);
        let name = '';
        const renamed = (key: string, value: unknown): unknown => {
            const isText = ['text', 'description', 'title', 'label', 'because', 'element'].includes(key) && typeof value === 'string';
            return isText ? name : key === 'revision' ? name.length : value;
        };
        await page.route('**/request', async (route) => {
            const answer: unknown = await (await route.fetch()).json();
            await route.fulfill({ body: JSON.stringify(JSON.parse(JSON.stringify(answer), renamed)), contentType: 'application/json' });
        });
        for (name of names) {
            // Another picture each time: for the one it has, the page would be told that nothing changed.
            await page.locator('.resource input:not(:checked)').check();
            await waitFor(
                async () => ((await box(page, 'hardware:rack').getAttribute('aria-description')) === name ? true : undefined),
                () => `no box is called ${name.slice(0, 40)}`,
            );
            await box(page, 'hardware:rack').click();
        }
        await page.unrouteAll({ behavior: 'wait' });
        expect(await page.evaluate(() => [Reflect.get(window, 'hurt'), document.querySelectorAll('img, script:not([nonce])').length])).toEqual([undefined, 0]);
        expect(complaints).toEqual([]);
    });
});

describe('the content policy', () => {
    test('stops what is not the page: inline scripts, evaluated text, foreign addresses', async () => {
        const { page, complaints } = await open(shop);
        await page.evaluate(() => {
            const script = document.createElement('script');
            script.textContent = 'window.hurt = 1';
            document.body.append(script);
            const image = document.createElement('img');
            image.src = 'https://example.org/x.png';
            document.body.append(image);
        });
        await waitFor(
            () => (complaints.length >= 2 ? true : undefined),
            () => complaints.join('\n'),
        );
        expect(complaints.join('\n')).toMatch(/script-src/);
        expect(complaints.join('\n')).toMatch(/img-src|default-src/);
        expect(await page.evaluate(() => Reflect.get(window, 'hurt'))).toBeUndefined();
    });
});

describe('screenshots to look at', () => {
    test.each(['docker-vs-vm', 'noisy-neighbour', 'shop', 'windows-and-linux'])('%s, narrow and wide, light and dark', async (name) => {
        const served = await serve(readFileSync(join(examples, `${name}.strata`), 'utf8'));
        for (const { width, colorScheme } of [
            { width: 700, colorScheme: 'light' },
            { width: 1400, colorScheme: 'dark' },
        ] as const) {
            const { page, complaints } = await show(served, { colorScheme, viewport: { width, height: 800 } });
            await screenshot(page, `${name}-${width}-${colorScheme}`);
            expect(complaints).toEqual([]);
        }
    });
});
