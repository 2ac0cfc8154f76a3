/** Makes of code-server's workbench the one of vscode.dev: no server behind it, and every extension in the browser's own extension host. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BrowserContext, Route } from 'playwright-core';

const types: Readonly<Record<string, string>> = {
    '.css': 'text/css',
    '.cjs': 'text/javascript',
    '.js': 'text/javascript',
    '.json': 'application/json',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
};

/** What code-server has added to VS Code's own script, and what stood there: a server to connect to, and that server's disk for the settings. */
const additions = [
    [',remoteAuthority:location.host', ''],
    ['with({scheme:J.vscodeRemote}),"User")', 'with({scheme:J.vscodeUserData}),"User")'],
] as const;

const settings = {
    'chat.disableAIFeatures': true,
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
};

/** The extensions, by the name of the folder that they are in for the browser; for every page that the context opens from now on. */
export async function withoutServer(context: BrowserContext, extensions: Readonly<Record<string, string>>): Promise<void> {
    await context.route(/\/workbench\/workbench\.js$/, (route) => change(route, withoutAdditions));
    await context.route(
        ({ pathname }) => pathname === '/',
        (route) => change(route, (page) => configured(page, new URL(route.request().url()).host, Object.keys(extensions))),
    );
    for (const [name, folder] of Object.entries(extensions)) {
        await context.route(
            ({ pathname }) => pathname.startsWith(`/${name}/`),
            (route) => serve(route, path.join(folder, new URL(route.request().url()).pathname.slice(name.length + 2))),
        );
    }
}

async function change(route: Route, edit: (text: string) => string): Promise<void> {
    const response = await route.fetch();
    await route.fulfill({ response, body: edit(await response.text()) });
}

function withoutAdditions(script: string): string {
    return additions.reduce((text, [added, original]) => {
        if (!text.includes(added)) {
            throw new Error(`The workbench of this release of code-server does not contain \`${added}\`: see what it has in its place.`);
        }
        return text.replace(added, original);
    }, script);
}

/** The workbench finds its configuration in the page, as JSON in an attribute. */
function configured(page: string, host: string, names: readonly string[]): string {
    return page.replace(/(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/, (_, start: string, escaped: string) => {
        const { remoteAuthority: _server, ...configuration } = JSON.parse(escaped.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
        const additionalBuiltinExtensions = names.map((name) => ({ scheme: 'http', authority: host, path: `/${name}` }));
        const text = JSON.stringify({ ...configuration, additionalBuiltinExtensions, configurationDefaults: settings });
        return start + text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    });
}

async function serve(route: Route, file: string): Promise<void> {
    await (fs.existsSync(file)
        ? route.fulfill({ path: file, contentType: types[path.extname(file)] ?? 'application/octet-stream' })
        : route.fulfill({ status: 404 }));
}
