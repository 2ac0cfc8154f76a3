/** A person at VS Code: the packaged extension, installed in the real workbench, driven through what is on the screen. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type BrowserContext, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { type CodeServerOptions, startCodeServer } from '../../scripts/code-server.ts';
import { chromiumArguments, setUpChromium } from '../../scripts/setup-chromium.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const screenshots = path.join(root, 'test', 'output', 'screenshots');

/** Busy machines are slow; a person would wait as well. */
const patience = 60_000;

export interface Workbench {
    readonly page: Page;
    /** Opens a file of the folder from the explorer. */
    openFile(name: string): Promise<void>;
    /** Opens a file by its name, in whatever folder it is. */
    openByName(name: string): Promise<void>;
    /** Makes a file of the folder in the explorer, and opens it. */
    createFile(name: string): Promise<void>;
    /** Puts a text where the cursor stands, through the clipboard. */
    paste(text: string): Promise<void>;
    /** Runs a command as the palette lists it. */
    runCommand(title: string): Promise<void>;
    /** Gives the keyboard to the text. */
    focusEditor(): Promise<void>;
    /** Puts the cursor at a place, both counted from 1. */
    goTo(line: number, column: number): Promise<void>;
    /** The line and column that the status bar shows. */
    cursor(): Promise<{ readonly line: number; readonly column: number }>;
    useTheme(name: string): Promise<void>;
    /** The preview page: the webview's inner frame. */
    readonly preview: FrameLocator;
    /** The text editor that shows a Strata file. */
    readonly editor: Locator;
    /** Every host that the workbench has asked; a `blob:` or `data:` is this machine. */
    readonly hosts: ReadonlySet<string>;
    screenshot(name: string): Promise<string>;
    close(): Promise<void>;
}

/** Opens a copy of the folder, so that nothing that is typed stays. */
export async function openWorkbench(folder: string): Promise<Workbench> {
    fs.rmSync(screenshots, { recursive: true, force: true });
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-workbench-'));
    // The folder's name stands in the title and the explorer of the screenshots.
    const copy = path.join(home, path.basename(folder));
    fs.cpSync(path.join(root, folder), copy, { recursive: true });
    const code = await startVsCode();
    const workbench = await code.open(copy);
    return {
        ...workbench,
        close: async () => {
            await code.stop();
            fs.rmSync(home, { recursive: true, force: true });
        },
    };
}

/** One VS Code with the packaged extension in it, and as many windows as are opened. */
export interface VsCode {
    /** Opens a window on a folder, a `.code-workspace` file or a URI. */
    open(folder: string): Promise<Workbench>;
    /** A picture of every window that is open. */
    screenshots(name: string): Promise<void>;
    closeWindows(): Promise<void>;
    stop(): Promise<void>;
}

/** What is to be prepared is so for each window, before its page is asked for. */
export async function startVsCode(options: CodeServerOptions = {}, prepare?: (window: BrowserContext) => Promise<void>): Promise<VsCode> {
    const vsix = path.join(root, 'strata.vsix');
    if (!fs.existsSync(vsix)) {
        throw new Error('The packaged extension is missing: run `npm run package` first.');
    }
    fs.mkdirSync(screenshots, { recursive: true });
    const settings = { 'editor.minimap.enabled': false, 'workbench.colorTheme': 'Dark Modern', ...options.settings };
    const server = await startCodeServer({ ...options, extensions: [vsix, ...(options.extensions ?? [])], settings });
    const browser = await chromium.launch({ executablePath: setUpChromium(), headless: true, args: [...chromiumArguments] });
    const windows = new Set<Workbench>();
    return {
        async open(folder) {
            const context = await browser.newContext({ viewport: { width: 1400, height: 860 }, permissions: ['clipboard-read', 'clipboard-write'] });
            await prepare?.(context);
            const page = await context.newPage();
            page.setDefaultTimeout(patience);
            const hosts = new Set<string>();
            page.on('request', (request) => hosts.add(new URL(request.url()).hostname || '127.0.0.1'));
            await page.goto(server.address(folder));
            await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
            const workbench: Workbench = {
                ...gestures(page),
                hosts,
                close: async () => {
                    windows.delete(workbench);
                    await context.close();
                },
            };
            windows.add(workbench);
            return workbench;
        },
        async screenshots(name) {
            for (const [index, workbench] of [...windows].entries()) {
                await workbench.screenshot(`${name}-${index}`);
            }
        },
        async closeWindows() {
            await Promise.all([...windows].map((workbench) => workbench.close()));
        },
        async stop() {
            await browser.close();
            await server.stop();
        },
    };
}

/** Runs a test whose windows are its own: a failure leaves pictures of them, and they are closed in any case. */
export async function keepPictures(code: VsCode, name: string, run: (code: VsCode) => Promise<void>): Promise<void> {
    try {
        await run(code);
    } catch (error) {
        await code.screenshots(`failed ${name.slice(0, 40)}`.replaceAll(/[^a-z0-9]+/gi, '-'));
        throw error;
    } finally {
        await code.closeWindows();
    }
}

function gestures(page: Page): Omit<Workbench, 'hosts' | 'close'> {
    const input = page.locator('.quick-input-widget input').first();
    const pick = async (text: string): Promise<void> => {
        await input.fill(text);
        const title = text.replace(/^>/, '');
        await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
        await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    };
    const runCommand = async (title: string): Promise<void> => {
        await page.keyboard.press('F1');
        await pick(`>${title}`);
    };
    const focusEditor = async (): Promise<void> => {
        await page.keyboard.press('Control+1');
        await page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    };
    return {
        page,
        preview: page.frameLocator('iframe.webview.ready').frameLocator('#active-frame'),
        editor: page.locator('.editor-instance .monaco-editor').first(),
        runCommand,
        async openFile(name) {
            await page.getByRole('treeitem', { name }).dblclick();
            await page.locator('.tab.active').filter({ hasText: name }).waitFor();
        },
        async openByName(name) {
            await page.keyboard.press('Control+p');
            await pick(name);
            await page.locator('.tab.active').filter({ hasText: name }).waitFor();
        },
        async createFile(name) {
            await runCommand('File: New File...');
            const field = page.locator('.explorer-folders-view .monaco-inputbox input');
            await field.fill(name);
            await field.press('Enter');
            await page.locator('.tab.active').filter({ hasText: name }).waitFor();
            await focusEditor();
        },
        async paste(text) {
            await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
            await page.keyboard.press('Control+v');
        },
        focusEditor,
        async goTo(line, column) {
            await focusEditor();
            await page.keyboard.press('Control+g');
            await input.fill(`:${line}:${column}`);
            await page.keyboard.press('Enter');
            await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
            await page.locator('[id="status.editor.selection"]', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
        },
        async cursor() {
            const text = (await page.locator('[id="status.editor.selection"]').textContent()) ?? '';
            const [, line, column] = /Ln (\d+), Col (\d+)/.exec(text) ?? [];
            return { line: Number(line), column: Number(column) };
        },
        async useTheme(name) {
            await page.keyboard.press('F1');
            await input.fill('>Preferences: Color Theme');
            await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Preferences: Color Theme' }).first().click();
            await pick(name);
        },
        async screenshot(name) {
            const file = path.join(screenshots, `${name}.png`);
            await page.screenshot({ path: file });
            return file;
        },
    };
}
