/** The language server of VS Code for the Web as what it is, a worker of a browser: the shipped bundle in a real one, with an editor that keeps the files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../helpers/preview-in-browser.ts';

const bundle = readFileSync(join(import.meta.dirname, '..', '..', 'dist', 'web-server.js'), 'utf8');
/** A secure context, as every VS Code for the Web is. */
const origin = 'https://web.test/';

let browser: Browser;
beforeAll(async () => {
    browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Seen {
    readonly codes: readonly string[];
    readonly hover: string;
    readonly scene: string;
}

test('it reads what it imports from the editor, finds, explains and draws', async () => {
    const page = await browser.newPage();
    await page.route(`${origin}**`, (route) =>
        route.request().url() === origin
            ? route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>web</title>' })
            : route.fulfill({ contentType: 'text/javascript', body: bundle }),
    );
    await page.goto(origin);
    const seen = await page.evaluate(async (): Promise<Seen> => {
        const uri = 'vscode-vfs://here/main.strata';
        const files = new Map([['vscode-vfs://here/spare.strata', 'host spare { cpu 4 cores  memory 8 GiB  os debian }\n']]);
        const worker = new Worker('/web-server.js');
        const waiting = new Map<number, (result: unknown) => void>();
        let codes: readonly string[] = [];
        let judged: () => void = () => undefined;
        worker.onmessage = ({ data }) => {
            if (data.method === 'strata/readFile') {
                const text = files.get(data.params.uri);
                worker.postMessage({ jsonrpc: '2.0', id: data.id, result: text === undefined ? null : [...new TextEncoder().encode(text)] });
            } else if (data.method === 'textDocument/publishDiagnostics' && data.params.uri === uri) {
                codes = data.params.diagnostics.map(({ code }: { code: string }) => code);
                if (codes.includes('expectation-failed')) {
                    judged();
                }
            } else if (data.method !== undefined && data.id !== undefined) {
                worker.postMessage({ jsonrpc: '2.0', id: data.id, result: null });
            } else if (data.id !== undefined) {
                waiting.get(data.id)?.(data.result);
            }
        };
        const send = (method: string, params: unknown): void => worker.postMessage({ jsonrpc: '2.0', method, params });
        const ask = (id: number, method: string, params: unknown): Promise<unknown> => {
            worker.postMessage({ jsonrpc: '2.0', id, method, params });
            return new Promise((resolve) => waiting.set(id, resolve));
        };
        await ask(1, 'initialize', { processId: null, rootUri: null, capabilities: {} });
        send('initialized', {});
        const isJudged = new Promise<void>((resolve) => {
            judged = resolve;
        });
        const text = 'import "spare.strata"\nexpect spare.memory.headroom >= 99 %\n';
        send('textDocument/didOpen', { textDocument: { uri, languageId: 'strata', version: 1, text } });
        await isJudged;
        const hover = await ask(2, 'textDocument/hover', { textDocument: { uri }, position: { line: 1, character: 9 } });
        const scene = await ask(3, 'strata/view', { uri, view: 'strata', options: { resource: 'memory', width: 600 } });
        return { codes, hover: JSON.stringify(hover), scene: JSON.stringify(scene) };
    });
    expect(seen.codes).toEqual(['expectation-failed']);
    expect(seen.hover).toContain('host');
    expect(seen.scene).toContain('"element":"spare"');
});
