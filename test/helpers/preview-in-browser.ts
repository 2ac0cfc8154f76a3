/** `strata preview` as a process, and its page in a real browser; everything the page complained about is kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumArguments, setUpChromium } from '../../scripts/setup-chromium.ts';

export const screenshots = join(import.meta.dirname, '..', 'output', 'preview');

export interface Served {
    readonly address: string;
    readonly file: string;
    /** Writes a file of the served folder; the served file where no name is given. */
    readonly write: (text: string, name?: string) => void;
    readonly remove: () => void;
    /** What the command printed so far. */
    readonly printed: () => string;
    /** Sends the signal and waits for the exit code. */
    readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Busy machines are slow; a person would wait as well. */
const patience = 60_000;

const program = join(import.meta.dirname, '..', '..', 'dist', 'strata.cjs');

export async function servePreview(
    text: string,
    imports: Readonly<Record<string, string>> = {},
    options: readonly string[] = [],
    fileName = 'machines.strata',
): Promise<Served> {
    const folder = mkdtempSync(join(tmpdir(), 'strata-preview-'));
    const file = join(folder, fileName);
    writeFileSync(file, text);
    for (const [name, imported] of Object.entries(imports)) {
        writeFileSync(join(folder, name), imported);
    }
    const child = spawn(process.execPath, [program, 'preview', fileName, '--no-open', ...options], { cwd: folder });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
    });
    const address = await waitFor(
        () => {
            if (child.exitCode !== null) {
                throw new Error(printed);
            }
            return /^http:\S+/m.exec(printed)?.[0];
        },
        () => `no address: ${printed}`,
    );
    return {
        address,
        file,
        write: (changed, name = fileName) => writeFileSync(join(folder, name), changed),
        remove: () => rmSync(file),
        printed: () => printed,
        stop: async (signal = 'SIGTERM') => {
            const code = await stopped(child, signal);
            rmSync(folder, { recursive: true, force: true });
            return code;
        },
    };
}

export function launchBrowser(): Promise<Browser> {
    return chromium.launch({ executablePath: setUpChromium(), headless: true, args: [...chromiumArguments] });
}

export interface OpenedPage {
    readonly page: Page;
    /** Violations of the content policy, errors of scripts, and error messages on the console. */
    readonly complaints: readonly string[];
}

export async function openPage(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
    const context = await browser.newContext({ viewport: { width: 1100, height: 760 }, reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
        if (message.type() === 'error') {
            complaints.push(message.text());
        }
    });
    await page.exposeFunction('reportViolation', (text: string) => complaints.push(text));
    await page.addInitScript(
        `document.addEventListener('securitypolicyviolation', (event) => reportViolation(event.violatedDirective + ' ' + event.blockedURI));`,
    );
    await page.goto(address);
    await page.locator('.picture .box').first().waitFor();
    return { page, complaints };
}

export async function screenshot(page: Page, name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Asks until there is an answer; the story tells what was seen instead. */
export async function waitFor<Value>(look: () => Value | undefined | Promise<Value | undefined>, story: () => string, milliseconds = patience): Promise<Value> {
    const end = Date.now() + milliseconds;
    for (;;) {
        const seen = await look();
        if (seen !== undefined && seen !== false) {
            return seen;
        }
        if (Date.now() > end) {
            throw new Error(story());
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
}

function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode !== null) {
        return Promise.resolve(child.exitCode);
    }
    return new Promise((resolve) => {
        child.once('exit', (code) => resolve(code));
        child.kill(signal);
    });
}
