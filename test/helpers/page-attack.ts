/** What a script would try that had come into the page of the preview: its own code, and everything that reaches another server. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';

export interface Foreigner {
    readonly origin: string;
    /** What it was asked for. */
    readonly asked: readonly string[];
    readonly close: () => void;
}

/** Another origin, on this machine, that notes who asks. */
export async function startForeigner(): Promise<Foreigner> {
    const asked: string[] = [];
    const server: Server = createServer((request, response) => {
        asked.push(request.url ?? '');
        response.setHeader('Access-Control-Allow-Origin', '*').end('window.hurt = "a foreign script"');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { origin: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

export interface Attack {
    /** The directives of the policy that were violated, and so upheld. */
    readonly refused: readonly string[];
    /** What a script that ran has left. */
    readonly hurt: unknown;
}

/** Runs in the page, whose `body` is given. */
export function attack(body: Locator, origin: string): Promise<Attack> {
    return body.evaluate(async (_, foreign) => {
        const refused = new Set<string>();
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.add(effectiveDirective));
        const add = (name: string, attributes: Readonly<Record<string, string>>, text = ''): void => {
            const element = document.createElement(name);
            element.textContent = text;
            for (const [key, value] of Object.entries(attributes)) {
                element.setAttribute(key, value);
            }
            document.body.append(element);
        };
        add('script', {}, 'window.hurt = "an inline script"');
        add('script', { src: `${foreign}/script.js` });
        add('img', { src: `${foreign}/image.png`, onerror: 'window.hurt = "an attribute"' });
        add('link', { rel: 'stylesheet', href: `${foreign}/style.css` });
        add('iframe', { src: `${foreign}/frame` });
        add('object', { data: `${foreign}/object` });
        add('div', { style: 'color: red' });
        add('base', { href: `${foreign}/` });
        await fetch(`${foreign}/fetch`).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { refused: [...refused].toSorted(), hurt: Reflect.get(window, 'hurt') };
    }, origin);
}

/** Every way that is tried above. */
export const refusals: readonly string[] = [
    'base-uri',
    'connect-src',
    'frame-src',
    'img-src',
    'object-src',
    'script-src-attr',
    'script-src-elem',
    'style-src-attr',
    'style-src-elem',
];
