/** Runs the tests of test/vscode/host inside the extension host of a real VS Code (for the browser), from the built extension. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { startCodeServer } from './code-server.ts';
import { chromiumArguments, setUpChromium } from './setup-chromium.ts';
import type { Counts } from './test-counts.ts';

const root = path.resolve(import.meta.dirname, '..');
const output = path.join(root, 'test', 'output');
const limitMilliseconds = 420_000;

export async function runHostTests(): Promise<Counts> {
    fs.mkdirSync(output, { recursive: true });
    const report = path.join(output, 'host-tests.json');
    fs.rmSync(report, { force: true });
    // The tests edit files and a crash must not leave their edits in the repository.
    const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-workspace-'));
    fs.cpSync(path.join(root, 'test', 'vscode', 'workspace'), workspace, { recursive: true });
    const server = await startCodeServer({ developmentHost: true, environment: { STRATA_TEST_REPORT: report } });
    try {
        await openWorkbench(
            server.address(workspace, [
                ['extensionDevelopmentPath', server.remoteUri(root)],
                ['extensionTestsPath', server.remoteUri(path.join(output, 'host-tests.cjs'))],
            ]),
        );
    } finally {
        await server.stop();
        fs.rmSync(workspace, { recursive: true, force: true });
    }
    return readReport(report);
}

/** VS Code tells the page when the tests have ended by calling a function that its own automation puts there. */
async function openWorkbench(address: string): Promise<void> {
    const browser = await chromium.launch({ executablePath: setUpChromium(), headless: true, args: [...chromiumArguments] });
    try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        const log: string[] = [];
        await page.exposeFunction('codeAutomationLog', (kind: string, words: readonly unknown[]) => log.push(`${kind}: ${words.join(' ')}`));
        let end: (how: string) => void;
        const ended = new Promise<string>((resolve) => {
            end = resolve;
        });
        await page.exposeFunction('codeAutomationExit', () => end('ended'));
        await page.goto(address, { timeout: 120_000 });
        if ((await Promise.race([ended, pause(limitMilliseconds, 'late', { ref: false })])) === 'late') {
            console.error(`The tests inside VS Code did not end within ${limitMilliseconds / 1000} s; its log is test/output/host-tests.log.`);
        }
        fs.writeFileSync(path.join(output, 'host-tests.log'), log.join('\n'));
        await page.screenshot({ path: path.join(output, 'host-tests.png') });
    } finally {
        await browser.close();
    }
}

function readReport(file: string): Counts {
    if (!fs.existsSync(file)) {
        console.error('The tests inside VS Code left no report: they did not start, or VS Code ended early.');
        return { passed: 0, failed: 1, skipped: 0 };
    }
    const { lines, ...counts }: Counts & { readonly lines: readonly string[] } = JSON.parse(fs.readFileSync(file, 'utf8'));
    console.log(lines.join('\n'));
    return counts;
}

if (import.meta.main) {
    const { failed } = await runHostTests();
    process.exit(failed === 0 ? 0 : 1);
}
