/** Serves the language over one connection: texts in, findings and answers out; every feature is a line in a list. */

import { EmptyFileSystem } from 'langium';
import {
    type ClientCapabilities,
    type Connection,
    DidChangeWatchedFilesNotification,
    type DidChangeWatchedFilesParams,
    ErrorCodes,
    FileChangeType,
    type InitializeParams,
    type InitializeResult,
    PositionEncodingKind,
    ResponseError,
    type ServerCapabilities,
    TextDocumentSyncKind,
} from 'vscode-languageserver';
import { catalogScheme, catalogText } from '#language/catalog.ts';
import { createStrataServices } from '#language/services.ts';
import type { Feature } from './features/feature.ts';
import { features as allFeatures } from './features/features.ts';
import { type FileText, noSuchFile, unreadable } from './file-text.ts';
import type { Files } from './files.ts';
import { followTexts } from './open-texts.ts';
import { chooseEncoding, utf8, utf16 } from './position-encoding.ts';
import { aliveRequest, type StartOptions } from './protocol.ts';
import { createGate, type RequestGuard } from './request-guard.ts';
import { createSettings } from './settings.ts';
import type { Simulator } from './simulation-channel.ts';
import { canonicalUri, createSources } from './sources.ts';
import { createWorkspace, type Workspace } from './workspace.ts';
import { findStrataFiles } from './workspace-folders.ts';

/** What differs between the places where the server runs. */
export interface Platform {
    readonly files: Files;
    readonly simulator: Simulator;
    /** By default all. */
    readonly features?: readonly Feature[];
}

interface Session {
    folders: readonly string[];
    client: ClientCapabilities;
    /** Only where the editor says that nobody has trusted the workspace yet is less read. */
    isTrusted: boolean;
}

export function serve(connection: Connection, { files, simulator, features = allFeatures }: Platform): void {
    const session: Session = { folders: [], client: {}, isTrusted: true };
    const gate = createGate(connection);
    const { guard } = gate;
    const services = createStrataServices(EmptyFileSystem);
    const sources = createSources(services, (uri) => readText(uri, files, session));
    const workspace = createWorkspace(services, sources, simulator, (error) => guard.report('Analysis', error));
    const spellings = followTexts(gate, workspace);
    const spelling = (uri: string): string => spellings.get(uri) ?? uri;
    const settings = createSettings(connection, guard);

    connection.onInitialize((params) => {
        if (gate.phase !== 'awaited') {
            return new ResponseError(ErrorCodes.InvalidRequest, '`initialize` may be sent once.');
        }
        const { trusted }: StartOptions = params.initializationOptions ?? {};
        Object.assign(session, { folders: foldersOf(params), client: params.capabilities, isTrusted: trusted !== false });
        gate.phase = 'open';
        gate.encoding = chooseEncoding(params.capabilities) === PositionEncodingKind.UTF8 ? utf8(sources.line) : utf16;
        return initializeResult(features, gate.encoding.kind);
    });
    connection.onInitialized(() => {
        settings.begin(session.client);
        beginWork(connection, workspace, { ...session, files }).catch((error: unknown) => guard.report('Start', error));
    });
    connection.onShutdown(() => {
        gate.phase = 'shut';
        workspace.dispose();
    });
    followDisk(workspace, guard);
    guard.onRequest(aliveRequest, () => null);
    files.onArrived((uri) => {
        sources.forget(uri);
        workspace.changed([uri]);
    });
    for (const feature of features) {
        feature.register({ ...guard, connection, workspace, spelling, settings, client: () => session.client });
    }
    connection.listen();
}

function readText(uri: string, files: Files, { isTrusted, folders }: Session): FileText {
    if (uri.startsWith(`${catalogScheme}:`)) {
        const text = catalogText(uri);
        return text === undefined ? unreadable(noSuchFile) : { kind: 'text', text };
    }
    return isTrusted ? files.read(uri) : files.read(uri, folders);
}

function initializeResult(features: readonly Feature[], positionEncoding: PositionEncodingKind): InitializeResult {
    const capabilities: ServerCapabilities = { positionEncoding, textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } };
    for (const feature of features) {
        Object.assign(capabilities, feature.capabilities);
    }
    return { capabilities, serverInfo: { name: 'strata' } };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
    return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
}

async function beginWork(connection: Connection, workspace: Workspace, { folders, client, files }: Session & { readonly files: Files }): Promise<void> {
    workspace.addFiles((await findStrataFiles(folders, files)).map(canonicalUri));
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.strata' }] });
    }
}

function followDisk(workspace: Workspace, guard: RequestGuard): void {
    guard.onNotification<DidChangeWatchedFilesParams>('workspace/didChangeWatchedFiles', ({ changes }) => {
        const deleted = changes.filter(({ type }) => type === FileChangeType.Deleted).map(({ uri }) => canonicalUri(uri));
        const written = changes.filter(({ type }) => type !== FileChangeType.Deleted).map(({ uri }) => canonicalUri(uri));
        for (const uri of [...deleted, ...written]) {
            workspace.sources.forget(uri);
        }
        workspace.removeFiles(deleted);
        workspace.addFiles(written);
    });
}
