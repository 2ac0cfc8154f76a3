/** Runs VS Code for the browser on this machine alone: one process group, its own settings and extensions, nothing sent anywhere. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setUpVsCode } from './setup-vscode.ts';

export interface CodeServerOptions {
    /** Packaged extensions to install, as a user would. */
    readonly extensions?: readonly string[];
    /** Asks whether folders are trusted, as a desktop VS Code does; else all are. */
    readonly asksForTrust?: boolean;
    /** 0 picks a free one. */
    readonly port?: number;
    /** User settings over the quiet ones below. */
    readonly settings?: Readonly<Record<string, unknown>>;
    /** Variables for the server and, through it, for the extension host. */
    readonly environment?: Readonly<Record<string, string>>;
    /** Lets the page name an extension under development and its tests; a built VS Code ignores both without it. */
    readonly developmentHost?: boolean;
}

export interface CodeServer {
    /** The address of the workbench on a folder, a `.code-workspace` file or a URI of another file system, with further start parameters. */
    address(folder: string, payload?: readonly (readonly [string, string])[]): string;
    /** The URI under which the workbench in the browser knows a file of this machine. */
    remoteUri(file: string): string;
    /** Resolves when the server has ended by itself. */
    readonly ended: Promise<void>;
    stop(): Promise<void>;
}

const quietSettings = {
    'chat.disableAIFeatures': true,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'extensions.ignoreRecommendations': true,
    // The browser flavour saves by itself after a second otherwise, so that a test would write into its input.
    'files.autoSave': 'off',
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    'window.commandCenter': false,
    'workbench.experimental.share.enabled': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
};

const startLimitMilliseconds = 60_000;

export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
    const entry = setUpVsCode();
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-vscode-'));
    writeSettings(home, options.settings ?? {});
    for (const vsix of options.extensions ?? []) {
        installExtension(entry, home, vsix);
    }
    const port = options.port === undefined || options.port === 0 ? await freePort() : options.port;
    const authority = `127.0.0.1:${port}`;
    const child = launch(entry, home, authority, options);
    await waitUntilReady(child, `http://${authority}/healthz`, path.join(home, 'server.log'));
    return {
        address(folder, payload) {
            const url = new URL(`http://${authority}/`);
            url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder.includes('://') ? folder : path.resolve(folder));
            if (payload !== undefined) {
                url.searchParams.set('payload', JSON.stringify(payload));
            }
            return url.href;
        },
        remoteUri: (file) => `vscode-remote://${authority}${path.resolve(file)}`,
        ended: hasEnded(child) ? Promise.resolve() : once(child, 'exit').then(() => undefined),
        stop: () => stop(child, home),
    };
}

function writeSettings(home: string, settings: Readonly<Record<string, unknown>>): void {
    const user = path.join(home, 'data', 'User');
    fs.mkdirSync(user, { recursive: true });
    fs.writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 4));
}

function installExtension(entry: string, home: string, vsix: string): void {
    const args = [entry, ...folders(home), '--install-extension', vsix];
    // On its error output it complains about native modules that are left out on purpose: shown only where the command fails.
    execFileSync(process.execPath, args, { stdio: 'pipe', env: environment(home, {}) });
}

function launch(entry: string, home: string, authority: string, options: CodeServerOptions): ChildProcess {
    const log = fs.openSync(path.join(home, 'server.log'), 'w');
    const switches = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy'];
    const trust = options.asksForTrust === true ? [] : ['--disable-workspace-trust'];
    const development = options.developmentHost === true ? ['--vscode-option', 'enable-smoke-test-driver'] : [];
    const child = spawn(
        process.execPath,
        [entry, '--auth', 'none', '--bind-addr', authority, ...switches, ...trust, ...folders(home), '--ignore-last-opened', ...development],
        { env: environment(home, options.environment ?? {}), stdio: ['ignore', log, log], detached: true },
    );
    fs.closeSync(log);
    // Extension hosts can outlive the server; whatever ends this process, the whole group ends with it.
    process.on('exit', () => {
        killGroup(child, 'SIGKILL');
        fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => process.exit(130));
    }
    return child;
}

function folders(home: string): readonly string[] {
    return ['--config', path.join(home, 'config.yaml'), '--user-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions')];
}

function environment(home: string, extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    // In a terminal of VS Code, variables point at that VS Code, and the new one would hand over to it and end.
    const outer = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_')));
    // The XDG folders keep code-server from writing its heartbeat and logs into the user's own.
    return { ...outer, NODE_OPTIONS: '', XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...extra };
}

async function waitUntilReady(child: ChildProcess, url: string, log: string): Promise<void> {
    const end = Date.now() + startLimitMilliseconds;
    while (!(await answers(url))) {
        if (hasEnded(child) || Date.now() > end) {
            throw new Error(`VS Code for the browser did not start:\n${fs.readFileSync(log, 'utf8')}`);
        }
        await pause(100);
    }
}

async function answers(url: string): Promise<boolean> {
    try {
        return (await fetch(url)).ok;
    } catch {
        return false;
    }
}

async function stop(child: ChildProcess, home: string): Promise<void> {
    if (!hasEnded(child)) {
        const ended = once(child, 'exit');
        killGroup(child, 'SIGTERM');
        await Promise.race([ended, pause(5_000, undefined, { ref: false })]);
    }
    killGroup(child, 'SIGKILL');
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

function hasEnded(child: ChildProcess): boolean {
    return child.exitCode !== null || child.signalCode !== null;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
    try {
        if (child.pid !== undefined) {
            process.kill(-child.pid, signal);
        }
    } catch {
        // Nothing of the group is left.
    }
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    if (address === null || typeof address === 'string') {
        throw new Error('No port on 127.0.0.1 is free.');
    }
    return address.port;
}
