/** `strata preview` as a server: for this machine, for whoever has the address, and for nobody else. */
import { request } from 'node:http';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewNames } from '#server/protocol.ts';
import { strataIn } from '../helpers/command-line.ts';
import { type Served, servePreview, waitFor } from '../helpers/preview-in-browser.ts';

const text = 'host h { cpu 4 cores  memory 8 GiB  os debian  process p { memory 1 GiB } }\n';

let served: Served;
beforeAll(async () => {
    served = await servePreview(text);
});
afterAll(() => served.stop());

interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: string;
}

function ask(
    path: string,
    given: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<Answer> {
    const { port } = new URL(served.address);
    return new Promise((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path, method: given.method ?? 'GET', headers: { ...given.headers } }, (response) => {
            let body = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => {
                body += chunk;
            });
            response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
        });
        asked.on('error', reject);
        asked.end(given.body);
    });
}

const page = (): string => new URL(served.address).pathname;
const scene = { id: 7, kind: 'view', view: 'strata', options: { resource: 'memory', width: 800 } };

describe('strata preview', () => {
    test('listens on the loopback address, under a path that nobody guesses', () => {
        const { hostname, pathname } = new URL(served.address);
        expect(hostname).toBe('127.0.0.1');
        expect(pathname).toMatch(/^\/[\w-]{24,}\/$/);
    });

    test('serves the page with a policy and a nonce of its own each time', async () => {
        const [first, second] = [await ask(page()), await ask(page())];
        expect(first.status).toBe(200);
        expect(first.body).toContain(`default-src 'none'`);
        const nonce = /'nonce-([^']+)'/;
        expect(nonce.exec(first.body)?.[1]).not.toBe(nonce.exec(second.body)?.[1]);
        expect(first.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    });

    test('exports what the command line draws, byte for byte', async () => {
        for (const view of viewNames) {
            const { body } = await ask(`${page()}request`, {
                method: 'POST',
                body: JSON.stringify({ id: 3, kind: 'export', view, options: { resource: 'memory', width: 1000 }, format: 'svg' }),
            });
            const drawn = await strataIn(dirname(served.file), ['render', served.file, '--view', view]);
            expect(JSON.parse(body), view).toEqual({ id: 3, kind: 'exported', text: drawn.stdout });
        }
    });

    test('answers requests of the page', async () => {
        const { status, body } = await ask(`${page()}request`, { method: 'POST', body: JSON.stringify(scene) });
        expect(status).toBe(200);
        expect(JSON.parse(body)).toMatchObject({ id: 7, kind: 'view', answer: { kind: 'view', status: { stale: false, errors: 0 } } });
    });

    test('knows no other path', async () => {
        for (const path of [
            '/',
            '/preview.js',
            '/wrong/preview.js',
            `${page()}../preview.js`,
            `${page()}strata.cjs`,
            `${page()}__proto__`,
            `${page()}..%2f..%2fpackage.json`,
        ]) {
            expect((await ask(path)).status, path).toBe(404);
        }
        expect((await ask(`${page()}request`)).status).toBe(404);
    });

    test('answers nobody who calls it by another name, or comes from another page', async () => {
        expect((await ask(page(), { headers: { host: 'evil.example' } })).status).toBe(403);
        expect((await ask(page(), { headers: { origin: 'http://evil.example' } })).status).toBe(403);
        expect((await ask(`${page()}request`, { method: 'POST', headers: { origin: 'null' }, body: JSON.stringify(scene) })).status).toBe(403);
    });

    test('refuses what is not a request', async () => {
        for (const body of [
            '',
            '[]',
            'null',
            '{"id":1}',
            '{"id":1,"kind":"scene","view":"other"}',
            '{"id":1,"kind":"scene","view":"strata","options":{"resource":"cpu","width":"x"}}',
            'x'.repeat(200_000),
        ]) {
            expect((await ask(`${page()}request`, { method: 'POST', body })).status, body.slice(0, 40)).toBe(400);
        }
    });

    test.each(['SIGINT', 'SIGTERM'] as const)('ends well on %s, also while a page is open', async (signal) => {
        const other = await servePreview(text);
        const events = await fetch(`${other.address}events`);
        const reader = events.body?.getReader();
        expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('machines.strata');
        expect(await other.stop(signal)).toBe(0);
    });

    test('says what is wrong where it cannot work', async () => {
        const { port } = new URL(served.address);
        const taken = await servePreview(text, {}, ['--port', port]).catch((error: unknown) => String(error));
        expect(taken).toMatch(/cannot listen on port/);
    });

    test('tells its pages when the file changes', async () => {
        const events = await fetch(`${served.address}events`);
        const reader = events.body?.getReader();
        served.write(text.replace('1 GiB', '2 GiB'));
        let seen = '';
        await waitFor(
            async () => {
                seen += new TextDecoder().decode((await reader?.read())?.value);
                return seen.includes('"changed"') ? true : undefined;
            },
            () => seen,
        );
        await reader?.cancel();
    });
});
