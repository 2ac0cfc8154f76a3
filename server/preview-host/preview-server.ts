/** The preview page over HTTP: on this machine only, behind an unguessable path, for nobody that calls it by another name. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { type PageAnswer, type PageNotice, type PageRequest, previewHtml } from '../protocol.ts';
import { parsePageRequest } from './page-request.ts';

export interface PreviewServer {
    /** Where the page is; the path holds the token. */
    readonly address: string;
    readonly notify: (notice: PageNotice) => void;
    readonly close: () => Promise<void>;
}

export interface PreviewServerOptions {
    /** 0: any that is free. */
    readonly port: number;
    readonly answer: (request: PageRequest) => Promise<PageAnswer>;
    /** What a page is told when it connects. */
    readonly greeting: PageNotice;
}

const loopback = '127.0.0.1';
/** Requests are a few hundred characters. */
const longestRequest = 1 << 16;
const assets: Readonly<Record<string, string>> = { 'preview.js': 'text/javascript; charset=utf-8', 'preview.css': 'text/css; charset=utf-8' };

/** Rejects where the port can't be had. */
export async function servePreview(options: PreviewServerOptions): Promise<PreviewServer> {
    const base = `/${randomBytes(18).toString('base64url')}/`;
    const listeners = new Set<ServerResponse>();
    const server = createServer((request, response) => {
        handle(request, response, { ...options, base, listeners, port: portOf(server) }).catch(() => refuse(response, 500));
    });
    await listen(server, options.port);
    return {
        address: `http://${loopback}:${portOf(server)}${base}`,
        notify: (notice) => {
            for (const listener of listeners) {
                listener.write(eventText(notice));
            }
        },
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

interface Serving extends PreviewServerOptions {
    readonly base: string;
    readonly listeners: Set<ServerResponse>;
}

async function handle(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
    if (!isFromHere(request, serving.port)) {
        refuse(response, 403);
        return;
    }
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (!path.startsWith(serving.base)) {
        refuse(response, 404);
        return;
    }
    const name = path.slice(serving.base.length);
    const route = `${request.method} ${name}`;
    if (route === 'GET ') {
        sendPage(response);
    } else if (route === 'GET events') {
        sendEvents(response, serving);
    } else if (route === 'POST request') {
        await answerRequest(request, response, serving);
    } else if (request.method === 'GET' && Object.hasOwn(assets, name)) {
        send(response, assets[name] ?? '', await readFile(join(assetsFolder(), name)));
    } else {
        refuse(response, 404);
    }
}

/** A page of another site that was made to resolve to this machine comes with its own name, and its requests with its own origin. */
function isFromHere({ headers }: IncomingMessage, port: number): boolean {
    const names = [`${loopback}:${port}`, `localhost:${port}`];
    return names.includes(headers.host ?? '') && (headers.origin === undefined || names.some((name) => headers.origin === `http://${name}`));
}

function sendPage(response: ServerResponse): void {
    const nonce = randomBytes(16).toString('base64url');
    send(
        response,
        'text/html; charset=utf-8',
        previewHtml({ nonce, cspSource: `'self'`, scriptUri: 'preview.js', styleUri: 'preview.css', connectSource: `'self'` }),
    );
}

function sendEvents(response: ServerResponse, { listeners, greeting }: Serving): void {
    response.writeHead(200, { ...safeHeaders, 'content-type': 'text/event-stream' });
    response.write(`retry: 1000\n${eventText(greeting)}`);
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
}

async function answerRequest(request: IncomingMessage, response: ServerResponse, { answer }: Serving): Promise<void> {
    const asked = parsePageRequest(await readBody(request));
    if (asked === undefined) {
        refuse(response, 400);
        return;
    }
    send(response, 'application/json; charset=utf-8', plainJson(await answer(asked)));
}

async function readBody(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > longestRequest) {
            return '';
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}

const safeHeaders = {
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
} as const;

function send(response: ServerResponse, type: string, content: string | Uint8Array): void {
    response.writeHead(200, { ...safeHeaders, 'content-type': type });
    response.end(content);
}

function refuse(response: ServerResponse, status: 400 | 403 | 404 | 500): void {
    if (!response.headersSent) {
        response.writeHead(status, { ...safeHeaders, 'content-type': 'text/plain; charset=utf-8' });
    }
    response.end();
}

/** Only of characters that every encoding writes in one byte: of a large picture, a browser decodes and parses that in a fraction of the time. */
const plainJson = (answer: PageAnswer): string =>
    JSON.stringify(answer).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const eventText = (notice: PageNotice): string => `data: ${JSON.stringify(notice)}\n\n`;

function listen(server: Server, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, loopback, () => {
            server.off('error', reject);
            resolve();
        });
    });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Beside the bundle that this is part of (where `import.meta` is empty), else the built ones of the source tree. */
function assetsFolder(): string {
    const own = import.meta.filename as string | undefined;
    return own === undefined ? __dirname : join(dirname(own), '..', '..', 'dist');
}
