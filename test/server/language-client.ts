/** An editor for tests: speaks the language server protocol over standard input and output, or over streams to a server in this process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
    CancellationToken,
    type Connection,
    createConnection,
    createProtocolConnection,
    type Diagnostic,
    type Position,
    type ProtocolConnection,
    type PublishDiagnosticsParams,
    type Registration,
    type ServerCapabilities,
    StreamMessageReader,
    StreamMessageWriter,
} from 'vscode-languageserver/node';
import { diskFiles } from '#server/disk-files.ts';
import {
    type ListFolderAnswer,
    type ListFolderParams,
    listFolderRequest,
    type ReadFileAnswer,
    type ReadFileParams,
    readFileRequest,
    type StartOptions,
} from '#server/protocol.ts';
import { type Platform, serve } from '#server/serve.ts';
import { createWorkerSimulator } from '#server/simulation-channel.ts';

/** How long anything may take before a test fails: generous, because test machines are busy. */
const patience = 20_000;
const root = new URL('../../', import.meta.url);

export interface Editor {
    readonly capabilities: ServerCapabilities;
    /** Every publish, in order. */
    readonly published: readonly PublishDiagnosticsParams[];
    /** What the server logged, in order. */
    readonly log: readonly string[];
    readonly notifications: readonly { readonly method: string; readonly params: unknown }[];
    /** What the server asked the editor to tell it. */
    readonly registrations: readonly Registration[];
    /** How often the server asked the editor to ask again, by method. */
    readonly refreshes: ReadonlyMap<string, number>;
    /** Changes the settings as a user does; the server is told. */
    readonly configure: (settings: unknown) => Promise<void>;
    readonly open: (name: string, text: string) => string;
    /** Replaces the whole text, as the next version. */
    readonly change: (uri: string, text: string) => number;
    /** One incremental edit, as the next version. */
    readonly edit: (uri: string, range: { readonly start: Position; readonly end: Position }, text: string) => number;
    readonly close: (uri: string) => void;
    readonly request: <Answer>(method: string, params: unknown, token?: CancellationToken) => Promise<Answer>;
    readonly notify: (method: string, params: unknown) => Promise<void>;
    /** The findings of that version (by default the latest), as soon as they are published. */
    readonly diagnostics: (uri: string, version?: number) => Promise<readonly Diagnostic[]>;
    readonly until: (holds: () => boolean, what: string, milliseconds?: number) => Promise<void>;
    readonly shutdown: () => Promise<number | null>;
}

/** Starts the command line's language server as another editor would. */
export function spawnEditor(folder?: string): Promise<Editor> {
    return spawnServer(['server/cli/main.ts', 'language-server', '--stdio'], folder === undefined ? {} : { folder });
}

/** Starts a server of any kind in a process of its own; the arguments are those of Node. */
export async function spawnServer(given: readonly string[], kind: EditorKind = {}): Promise<Editor> {
    const server = spawn(process.execPath, given, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    const errors: string[] = [];
    server.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    return await converse(connection, errors, () => ended(server), kind);
}

/** The server as editors get it, in this process. */
export function openEditor(folder?: string, ability: Ability = 'takes findings'): Promise<Editor> {
    return connectEditor(serveHere(), { ...(folder !== undefined && { folder }), ability });
}

/** Whether the editor asks for the findings or waits for them; and whether it asks for what an action edits once it is chosen. */
export type Ability = 'takes findings' | 'asks for findings' | 'asks for edits';
export type Encoding = 'utf-8' | 'utf-16';

/** What kind of editor it is. */
export interface EditorKind {
    readonly folder?: string;
    readonly ability?: Ability;
    /** What it counts positions in; it says nothing where this is left out. */
    readonly encoding?: Encoding;
    readonly startOptions?: StartOptions;
    /** Texts by path, of a file system that only the editor knows. */
    readonly files?: ReadonlyMap<string, string>;
}

/** Serves as on an editor's own machine, but for the parts that are given. */
export function serveHere(given: Partial<Platform> = {}): (connection: Connection) => void {
    return (connection) => serve(connection, { files: diskFiles, simulator: given.simulator ?? createWorkerSimulator(), ...given });
}

/** A server in this process, so that a test can hand it broken parts. */
export async function connectEditor(serve: (connection: Connection) => void, kind: EditorKind = {}): Promise<Editor> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
    const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    return await converse(connection, [], undefined, kind);
}

/** Text with one `<|>` in it, and where that was. */
export function withCursor(marked: string): { readonly text: string; readonly position: Position; readonly offset: number } {
    const offset = marked.indexOf('<|>');
    if (offset < 0) {
        throw new Error('The text has no <|>.');
    }
    const text = marked.slice(0, offset) + marked.slice(offset + 3);
    const before = text.slice(0, offset).split('\n');
    return { text, offset, position: { line: before.length - 1, character: before[before.length - 1]?.length ?? 0 } };
}

async function converse(
    connection: ProtocolConnection,
    log: string[],
    end: (() => Promise<number | null>) | undefined,
    { folder, ability, encoding, startOptions, files = new Map() }: EditorKind,
): Promise<Editor> {
    const published: PublishDiagnosticsParams[] = [];
    const notifications: { method: string; params: unknown }[] = [];
    const texts = new Map<string, { version: number; text: string }>();
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => void published.push(params));
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
    for (const method of ['strata/changed']) {
        connection.onNotification(method, (params: unknown) => void notifications.push({ method, params }));
    }
    const registrations: Registration[] = [];
    connection.onRequest('client/registerCapability', (params: { registrations: readonly Registration[] }) => {
        registrations.push(...params.registrations);
        return null;
    });
    let settings: unknown = {};
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section?: string }[] }) =>
        items.map(({ section }) => (section === 'strata' ? settings : null)),
    );
    const refreshes = new Map<string, number>();
    for (const method of ['workspace/inlayHint/refresh', 'workspace/codeLens/refresh', 'workspace/diagnostic/refresh']) {
        connection.onRequest(method, () => {
            refreshes.set(method, (refreshes.get(method) ?? 0) + 1);
            return null;
        });
    }
    offerFiles(connection, files);
    connection.listen();
    const workspaceFolders = folder === undefined ? null : [{ uri: folder, name: 'test' }];
    const { capabilities } = await connection.sendRequest<{ capabilities: ServerCapabilities }>('initialize', {
        processId: process.pid,
        rootUri: folder ?? null,
        workspaceFolders,
        ...(startOptions !== undefined && { initializationOptions: startOptions }),
        capabilities: {
            ...(encoding !== undefined && { general: { positionEncodings: [encoding] } }),
            textDocument: {
                publishDiagnostics: { versionSupport: true, relatedInformation: true },
                completion: { completionItem: { snippetSupport: true } },
                ...(ability === 'asks for findings' && { diagnostic: {} }),
                ...(ability === 'asks for edits' && { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } }),
            },
            workspace: {
                workspaceEdit: { documentChanges: true },
                didChangeWatchedFiles: { dynamicRegistration: true },
                configuration: true,
                didChangeConfiguration: { dynamicRegistration: true },
                inlayHint: { refreshSupport: true },
                codeLens: { refreshSupport: true },
                diagnostics: { refreshSupport: true },
            },
        },
    });
    await connection.sendNotification('initialized', {});

    const until = async (holds: () => boolean, what: string, milliseconds = patience): Promise<void> => {
        const deadline = performance.now() + milliseconds;
        while (!holds()) {
            if (performance.now() > deadline) {
                throw new Error(`Waited in vain for ${what}.\n${log.join('\n')}`);
            }
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
    };
    const send = (uri: string, text: string, contentChanges: readonly object[]): number => {
        const version = (texts.get(uri)?.version ?? 0) + 1;
        texts.set(uri, { version, text });
        void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
        return version;
    };

    return {
        capabilities,
        published,
        log,
        notifications,
        until,
        registrations,
        refreshes,
        configure: async (changed) => {
            settings = changed;
            await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
        },
        open: (name, text) => {
            const uri = name.includes('://') ? name : `file:///test/${name}`;
            texts.set(uri, { version: 1, text });
            void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'strata', version: 1, text } });
            return uri;
        },
        change: (uri, text) => send(uri, text, [{ text }]),
        edit: (uri, range, text) => send(uri, text, [{ range, text }]),
        close: (uri) => {
            texts.delete(uri);
            void connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
        },
        request: (method, params, token) => connection.sendRequest(method, params, token ?? CancellationToken.None),
        notify: (method, params) => connection.sendNotification(method, params),
        diagnostics: async (uri, version = texts.get(uri)?.version) => {
            const find = (): PublishDiagnosticsParams | undefined => published.find((publish) => publish.uri === uri && publish.version === version);
            await until(() => find() !== undefined, `the findings of version ${version} of ${uri}`);
            return find()?.diagnostics ?? [];
        },
        shutdown: async () => {
            await connection.sendRequest('shutdown');
            // `exit` would end this process where the server is in it.
            if (end !== undefined) {
                await connection.sendNotification('exit');
            }
            const code = (await end?.()) ?? null;
            connection.dispose();
            return code;
        },
    };
}

/** As the extension does for a virtual workspace. */
function offerFiles(connection: ProtocolConnection, files: ReadonlyMap<string, string>): void {
    const pathOf = ({ uri }: { readonly uri: string }): string => new URL(uri.replace('vscode-vfs:', 'http:')).pathname;
    connection.onRequest(readFileRequest, (params: ReadFileParams): ReadFileAnswer => {
        const text = files.get(pathOf(params));
        return text === undefined ? null : [...Buffer.from(text)];
    });
    connection.onRequest(listFolderRequest, (params: ListFolderParams): ListFolderAnswer => {
        const folder = pathOf(params).replace(/\/?$/, '/');
        const names = [...files.keys()].filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
        return [...new Set(names.map((name) => name.replace(/\/.*/, '/')))].map((name) => ({
            name: name.replace('/', ''),
            kind: name.endsWith('/') ? 'folder' : 'file',
        }));
    });
}

/** Whether something thrown tells by a number what it is. */
export function hasCode(error: unknown): error is { readonly code: number } {
    return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number';
}

function ended(server: ChildProcess): Promise<number | null> {
    return server.exitCode !== null ? Promise.resolve(server.exitCode) : new Promise((resolve) => server.once('exit', resolve));
}

export const rootFolder = fileURLToPath(root);
