/** The built language server as a process, and an editor that notes when findings arrive: nothing is polled, so nothing is rounded. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
    type ConfigurationParams,
    createProtocolConnection,
    type Diagnostic,
    type PublishDiagnosticsParams,
    type Range,
    StreamMessageReader,
    StreamMessageWriter,
} from 'vscode-languageserver/node';

export interface Served {
    readonly open: (uri: string, text: string) => Promise<readonly Diagnostic[]>;
    /**
     * One incremental edit; answers with the findings of the version that it makes.
     * Of a server that names no versions, with the first findings that look like it.
     */
    readonly edit: (uri: string, range: Range, text: string, looksLikeIt?: (found: readonly Diagnostic[]) => boolean) => Promise<readonly Diagnostic[]>;
    readonly request: <Answer>(method: string, params: unknown) => Promise<Answer>;
    /** Resident memory in MB; undefined where the system does not say. */
    readonly memory: () => number | undefined;
    readonly stop: () => Promise<void>;
}

const program = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));

/** Starts the built server; `folder` is the URI of its workspace. */
export async function serveBuilt(folder?: string): Promise<Served> {
    if (!existsSync(program)) {
        throw new Error('There is no built server. Run `npm run build` first.');
    }
    // With the memory that the extension gives it.
    return await serve(['--max-semi-space-size=8', program, '--stdio'], 'strata', folder);
}

/** Starts a language server that is a program of Node's. */
export async function serve(command: readonly string[], languageId: string, folder?: string): Promise<Served> {
    const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const versions = new Map<string, number>();
    const waiting = new Map<string, Waiting>();
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, version, diagnostics }: PublishDiagnosticsParams) => {
        const known = waiting.get(uri);
        if (known !== undefined && (version === undefined ? known.looksLikeIt(diagnostics) : version === known.version)) {
            waiting.delete(uri);
            known.resolve(diagnostics);
        }
    });
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) => items.map(() => null));
    connection.listen();
    await connection.sendRequest('initialize', {
        processId: process.pid,
        rootUri: folder ?? null,
        workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'bench' }],
        capabilities: { textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } } },
    });
    await connection.sendNotification('initialized', {});
    const findings = (uri: string, version: number, looksLikeIt: Waiting['looksLikeIt']): Promise<readonly Diagnostic[]> => {
        versions.set(uri, version);
        return new Promise((resolve) => waiting.set(uri, { version, looksLikeIt, resolve }));
    };
    return {
        open: (uri, text) => {
            const found = findings(uri, 1, () => true);
            void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
            return found;
        },
        edit: (uri, range, text, looksLikeIt = () => true) => {
            const version = (versions.get(uri) ?? 0) + 1;
            const found = findings(uri, version, looksLikeIt);
            void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text }] });
            return found;
        },
        request: (method, params) => connection.sendRequest(method, params),
        memory: () => residentMegabytes(child.pid),
        stop: async () => {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            await connection.sendRequest('shutdown');
            await connection.sendNotification('exit');
            await ended;
            connection.dispose();
        },
    };
}

interface Waiting {
    readonly version: number;
    readonly looksLikeIt: (found: readonly Diagnostic[]) => boolean;
    readonly resolve: (found: readonly Diagnostic[]) => void;
}

function residentMegabytes(process: number | undefined): number | undefined {
    try {
        return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(process)], { encoding: 'utf8' })) / 1000;
    } catch {
        return undefined;
    }
}
