/** Serves the language over one connection: texts in, findings and answers out; every feature is a line in a list. */

import { EmptyFileSystem } from 'langium';
import {
    type ClientCapabilities,
    type Connection,
    DidChangeWatchedFilesNotification,
    type DidChangeWatchedFilesParams,
    FileChangeType,
    type InitializeParams,
    type InitializeResult,
    type ServerCapabilities,
    TextDocumentSyncKind,
    TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { catalogScheme, catalogText } from '#language/catalog.ts';
import { createStrataServices } from '#language/services.ts';
import type { Feature } from './features/feature.ts';
import { features as allFeatures } from './features/features.ts';
import { createRequestGuard, type RequestGuard } from './request-guard.ts';
import { createSettings } from './settings.ts';
import { createWorkerSimulator, type Simulator } from './simulation-channel.ts';
import { canonicalUri, createSources } from './sources.ts';
import { createWorkspace, type Workspace } from './workspace.ts';
import { findStrataFiles } from './workspace-folders.ts';

export interface ServeOptions {
    readonly features: readonly Feature[];
    readonly simulator: Simulator;
}

export function serve(connection: Connection, given: Partial<ServeOptions> = {}): void {
    const { features, simulator }: ServeOptions = { features: given.features ?? allFeatures, simulator: given.simulator ?? createWorkerSimulator() };
    const guard = createRequestGuard(connection);
    const services = createStrataServices(EmptyFileSystem);
    const sources = createSources(services, (uri) => (uri.startsWith(`${catalogScheme}:`) ? catalogText(uri) : undefined));
    const workspace = createWorkspace(services, sources, simulator, (error) => guard.report('Analysis', error));
    const spellings = followTexts(connection, workspace);
    const spelling = (uri: string): string => spellings.get(uri) ?? uri;
    const settings = createSettings(connection, guard);
    const session = { folders: [] as readonly string[], client: {} as ClientCapabilities };

    connection.onInitialize((params) => {
        session.folders = foldersOf(params);
        session.client = params.capabilities;
        return initializeResult(features);
    });
    connection.onInitialized(() => {
        settings.begin(session.client);
        beginWork(connection, workspace, session).catch((error: unknown) => guard.report('Start', error));
    });
    connection.onShutdown(() => workspace.dispose());
    followDisk(workspace, guard);
    for (const feature of features) {
        feature.register({ ...guard, connection, workspace, spelling, settings, client: () => session.client });
    }
    connection.listen();
}

function initializeResult(features: readonly Feature[]): InitializeResult {
    const capabilities: ServerCapabilities = { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } };
    for (const feature of features) {
        Object.assign(capabilities, feature.capabilities);
    }
    return { capabilities, serverInfo: { name: 'strata' } };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
    return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
}

async function beginWork(
    connection: Connection,
    workspace: Workspace,
    { folders, client }: { readonly folders: readonly string[]; readonly client: ClientCapabilities },
): Promise<void> {
    workspace.addFiles((await findStrataFiles(folders)).map(canonicalUri));
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.strata' }] });
    }
}

/** Keeps the sources equal to the editor's texts. The answer maps canonical URIs to how the editor spells them. */
function followTexts(connection: Connection, workspace: Workspace): ReadonlyMap<string, string> {
    const spellings = new Map<string, string>();
    const texts = new TextDocuments(TextDocument);
    texts.onDidChangeContent(({ document }) => {
        const uri = canonicalUri(document.uri);
        spellings.set(uri, document.uri);
        workspace.sources.open(uri, document.version, document.getText());
        workspace.changed([uri]);
    });
    texts.onDidClose(({ document }) => {
        const uri = canonicalUri(document.uri);
        workspace.sources.close(uri);
        workspace.changed([uri]);
    });
    texts.listen(connection);
    return spellings;
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
