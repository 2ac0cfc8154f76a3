/** Every view of the preview in a real browser: its content, the way from it to the text and back, and that nobody is left out. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { type ViewName, viewNames, viewTitles } from '#server/protocol.ts';
import { gitIn } from '../helpers/git.ts';
import { screenshot, waitFor } from '../helpers/preview-in-browser.ts';
import { previewPages } from '../helpers/preview-pages.ts';
import { useTheme, vscodeThemes } from '../helpers/vscode-themes.ts';

const example = (name: string): string => readFileSync(join(import.meta.dirname, '..', '..', 'examples', `${name}.strata`), 'utf8');

const { open } = previewPages();

const ready: Readonly<Record<ViewName, string>> = {
    strata: '.picture .box',
    timeline: '.panel .timeline',
    isolation: '.panel .walls table',
    compare: '.panel .compare table',
    checks: '.panel .checks table',
};

async function turnTo(page: Page, view: ViewName): Promise<void> {
    await page.getByRole('tab', { name: viewTitles[view] }).click();
    await page.locator(ready[view]).first().waitFor();
}

/** What axe-core has to say, one line a kind of violation. */
async function violations(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
        const { run } = Reflect.get(window, 'axe') as {
            run: () => Promise<{
                readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
            }>;
        };
        const found = await run();
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary ?? ''}`);
    });
}

describe.each(Object.keys(vscodeThemes) as (keyof typeof vscodeThemes)[])('in %s', (theme) => {
    test('every view is for everyone, wide and narrow', { timeout: 180_000 }, async () => {
        const { page, complaints } = await open(`${example('shop')}\nscenario outage { duration 10 min  at 3 min fail rack1.kvm.db }\n`);
        await useTheme(page, theme);
        for (const width of [1200, 560]) {
            await page.setViewportSize({ width, height: 800 });
            for (const view of viewNames) {
                await turnTo(page, view);
                expect(await violations(page), `${view} at ${width}`).toEqual([]);
                await screenshot(page, `${view}-${theme}-${width}`);
            }
        }
        expect(complaints).toEqual([]);
    });
});

describe('the timeline', () => {
    // Without the example's own scenario: this one is to be the first.
    const text = `${example('shop').split('\nscenario ')[0]}
scenario outage {
  duration 10 min
  at 1 min load web by 3
  at 3 min fail rack1.kvm.db
  at 5 min recover rack1.kvm.db
}
`;

    test('an event leads to its moment, its element and its line', async () => {
        const { page, served } = await open(text);
        await turnTo(page, 'timeline');
        await page.getByRole('button', { name: /rack1\.kvm\.db failed/ }).click();
        await page.locator('.scrubber output', { hasText: '3:00.0 of 10:00.0' }).waitFor();
        await page.locator('[data-key="vm:rack1.kvm.db"].stopped.selected').waitFor();
        const line = text.split('\n').findIndex((each) => each.includes('vm db')) + 1;
        await waitFor(() => (served.printed().includes(`machines.strata:${line}:`) ? true : undefined), served.printed);
        expect(await page.getByRole('img', { name: /^rack1\.kvm\.db: .*down from 3 min 00 s/ }).count()).toBe(1);
        await screenshot(page, 'timeline-event');
    });

    test('shows no half words in short times, and keeps the figures of the selection in sight under many lanes', async () => {
        const { page } = await open(text);
        await turnTo(page, 'timeline');
        await page.setViewportSize({ width: 560, height: 800 });
        await page.locator('.chart').first().waitFor();
        const [whole, hidden, cut] = await page.locator('.segment').evaluateAll((segments) => {
            const counts = [0, 0, 0];
            for (const segment of segments) {
                const inside = segment.getBoundingClientRect();
                const word = segment.querySelector('span')?.getBoundingClientRect() ?? inside;
                const kind = word.top >= inside.bottom - 1 ? 1 : word.right <= inside.right ? 0 : 2;
                counts[kind] = (counts[kind] ?? 0) + 1;
            }
            return counts;
        });
        expect(whole).toBeGreaterThan(5);
        expect(hidden).toBeGreaterThan(0);
        expect(cut).toBe(0);
        const panel = await page.locator('.panel').boundingBox();
        const charts = await page.locator('.charts').boundingBox();
        expect(panel === null || charts === null ? undefined : panel.y + panel.height - charts.y - charts.height).toBeGreaterThan(0);
    });

    test('who wants less motion is led from event to event', async () => {
        const { page } = await open(text);
        await turnTo(page, 'timeline');
        await page.getByRole('button', { name: 'Next event' }).click();
        await page.locator('.scrubber output', { hasText: '1:00.0' }).waitFor();
        await page.getByRole('button', { name: 'Previous event' }).click();
        await page.locator('.scrubber output', { hasText: /^0:0/ }).waitFor();
    });

    test('the moment stays over a reload, and is the same in another view and back', async () => {
        const { page } = await open(text);
        await turnTo(page, 'timeline');
        await page.getByRole('slider', { name: 'Moment' }).fill('450');
        await page.locator('.scrubber output', { hasText: '4:30.0' }).waitFor();
        await turnTo(page, 'checks');
        await page.reload();
        await page.getByRole('tab', { name: 'Timeline' }).click();
        await page.locator('.scrubber output', { hasText: '4:30.0' }).waitFor();
    });
});

describe('isolation', () => {
    test('a workload is chosen in the matrix, and what falls with it is marked and said', async () => {
        const { page, served } = await open(example('shop'));
        await turnTo(page, 'isolation');
        await page.getByRole('button', { name: /web ×3/ }).click();
        await page.getByRole('radio', { name: /^Kernel broken/ }).check();
        await page.locator('.picture [data-key="hardware:rack1"].fallen').waitFor();
        expect(await page.locator('.blast .reasons').textContent()).toContain("rack1's kernel");
        await waitFor(() => (/machines\.strata:\d+:\d+/.test(served.printed()) ? true : undefined), served.printed);
    });

    test('ps shows other numbers inside than outside', async () => {
        const { page } = await open(example('shop'));
        await turnTo(page, 'isolation');
        await page.getByRole('combobox', { name: 'Where ps is run' }).selectOption('rack1');
        const row = page.locator('.processes tr', { hasText: 'rack1.docker.web[1].nginx' });
        await row.waitFor();
        const [outside, inside] = (await row.locator('td').allTextContents()).map(Number);
        expect(outside).toBeGreaterThan(1000);
        expect(inside).toBe(1);
    });

    test('the selection is the same in all views, and stays over a reload', async () => {
        const { page } = await open(example('shop'));
        await page.locator('[data-key="container:rack1.docker.web"]').click();
        await turnTo(page, 'isolation');
        await page.getByRole('heading', { name: 'An attacker in web' }).waitFor();
        await turnTo(page, 'compare');
        await page.getByRole('heading', { name: /^Ways to run web × 3/ }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: /^Ways to run web × 3/ }).waitFor();
        expect(await page.getByRole('tab', { name: 'Compare' }).getAttribute('aria-selected')).toBe('true');
    });
});

describe('checks', () => {
    const text = `${example('shop')}\nexpect rack1.memory.headroom >= 99 %\n`;

    test('are filtered, and a click shows the line', async () => {
        const { page, served } = await open(text);
        await turnTo(page, 'checks');
        const all = await page.locator('.check').count();
        await page.getByRole('checkbox').check();
        expect(await page.locator('.check').count()).toBeLessThan(all);
        await page.getByRole('searchbox', { name: 'Filter checks' }).fill('99 %');
        await page.getByRole('button', { name: /headroom >= 99 %/ }).click();
        const line = text.split('\n').findIndex((each) => each.includes('99 %')) + 1;
        await waitFor(() => (served.printed().includes(`machines.strata:${line}:`) ? true : undefined), served.printed);
    });

    test('follow the text, and stay while it is broken', async () => {
        const { page, served } = await open(text);
        await turnTo(page, 'checks');
        await page.locator('.check.fails').waitFor();
        served.write(`${text} host {{{`);
        await page.locator('.status', { hasText: 'last good picture' }).waitFor();
        expect(await page.locator('.check.fails').count()).toBe(1);
        served.write(text.replace('99 %', '1 %'));
        await waitFor(
            async () => ((await page.locator('.check.fails').count()) === 0 ? true : undefined),
            () => 'the expectation still fails',
        );
    });
});

describe('compare', () => {
    test('says what has changed since the last commit, and says why where nobody knows', async () => {
        const text = example('shop');
        const { page, served } = await open(text);
        await turnTo(page, 'compare');
        await page.getByText(/^Nothing to compare with: .*not a git repository/).waitFor();
        const git = gitIn(dirname(served.file));
        git(['init', '-q']);
        git(['add', '.']);
        git(['commit', '-qm', 'First']);
        // Nobody has written the file.
        await page.getByText('No difference.').waitFor();
        served.write(text.replace('memory 120 MiB', 'memory 90 MiB'));
        await page.getByRole('heading', { name: 'Since HEAD' }).waitFor();
        await page.getByText(/elements changed/).waitFor();
        expect(
            await page
                .getByRole('table', { name: 'Allocation at HEAD and now' })
                .getByRole('row', { name: /memory used/ })
                .count(),
        ).toBeGreaterThan(0);
        expect(await violations(page)).toEqual([]);
        await screenshot(page, 'compare-with-commit');
        served.write(text);
        await page.getByText('No difference.').waitFor();
    });

    test('a figure opens its source', async () => {
        const { page, served } = await open(example('shop'));
        await turnTo(page, 'compare');
        await page.locator('.sources .link').first().click();
        await waitFor(() => (/strata-catalog:\S+:\d+:\d+/.test(served.printed()) ? true : undefined), served.printed);
    });
});

describe('the table', () => {
    test('says the same as the picture, and is walked by keyboard', async () => {
        const { page } = await open(example('shop'));
        const boxes = await page.locator('.picture .box').count();
        await page.getByRole('button', { name: 'Show as table' }).click();
        const rows = page.locator('[role="treegrid"] tbody tr');
        await rows.first().waitFor();
        expect(await rows.count()).toBe(boxes);
        const indents = await rows.locator('td:first-child').evaluateAll((cells) => cells.slice(0, 3).map((cell) => getComputedStyle(cell).paddingInlineStart));
        expect(indents).toEqual(['0px', '14px', '28px']);
        await rows.first().focus();
        await page.keyboard.press('ArrowLeft');
        expect(await rows.count()).toBe(1);
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowDown');
        expect(await page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe('kernel:rack1');
        expect(await violations(page)).toEqual([]);
        await screenshot(page, 'table');
    });
});

describe('finding', () => {
    test('dims what does not match, and goes from one match to the next', async () => {
        const { page } = await open(example('shop'));
        const field = page.getByRole('searchbox', { name: 'Find in the picture' });
        await field.fill('container rack1.docker');
        await page.locator('.matches', { hasText: 'box' }).waitFor();
        await field.press('Enter');
        expect(await page.evaluate(() => document.activeElement?.getAttribute('data-key'))).toBe('container:rack1.docker.web');
        await screenshot(page, 'found');
    });
});
