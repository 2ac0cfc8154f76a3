/** One file of the disk and what it imports, followed as it is written: always the newest picture, the last good one while the text is broken. */
import { unwatchFile, watchFile } from 'node:fs';
import { basename, dirname } from 'node:path';
import { EmptyFileSystem } from 'langium';
import { CancellationToken } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { createStrataServices } from '#language/services.ts';
import { importedUris } from '#language/topology-sets.ts';
import { committedTopologies } from '../committed.ts';
import { diskFiles } from '../disk-files.ts';
import { answerView, exportView, locate } from '../features/preview.ts';
import { unreadable } from '../file-text.ts';
import { createFileWatch } from '../file-watch.ts';
import { headFiles, openRevision } from '../git-revision.ts';
import type { ExportAnswer, ExportParams, Target, ViewAnswer, ViewParams } from '../protocol.ts';
import { createWorkerSimulator } from '../simulation-channel.ts';
import { createSources } from '../sources.ts';
import { readTextFile } from '../text-file.ts';
import { createWorkspace } from '../workspace.ts';

export interface LiveFile {
    readonly name: string;
    readonly view: (params: Omit<ViewParams, 'uri'>) => Promise<ViewAnswer>;
    readonly export: (params: Omit<ExportParams, 'uri'>) => Promise<ExportAnswer>;
    /** File, line and column (from 1); nothing for what is not in the text. */
    readonly locate: (target: Target) => { readonly file: string; readonly line: number; readonly column: number } | undefined;
    readonly dispose: () => void;
}

export interface LiveFileListeners {
    readonly onChanged: () => void;
    readonly onTrouble: (error: unknown) => void;
}

/** Milliseconds between looks at a file. Looking works on every file system; being told does not on mounted and remote ones. */
const interval = 150;

export function followFile(path: string, { onChanged, onTrouble }: LiveFileListeners): LiveFile {
    const uri = URI.file(path).toString();
    const services = createStrataServices(EmptyFileSystem);
    const sources = createSources(services, diskFiles.read);
    const workspace = createWorkspace(services, sources, createWorkerSimulator(), onTrouble);
    const head = createFileWatch(onChanged);
    const committed = committedTopologies('HEAD', async (asked) => {
        // Opened anew each time: the commit may be another by now.
        const opened = openRevision(dirname(path), 'HEAD');
        if (asked === uri) {
            head.only(headFiles(dirname(path)));
        }
        return opened.kind === 'unusable' ? unreadable(opened.because) : opened.readText(asked);
    });
    const watched = new Map<string, () => void>();
    let version = 0;
    let trouble: string | undefined;

    /** The last text that could be read stays open, so that a file which is gone for a moment keeps its picture. */
    const load = (): void => {
        const read = readTextFile(path);
        trouble = read.kind === 'text' ? undefined : `${basename(path)}: ${read.because}`;
        if (read.kind === 'text') {
            version += 1;
            sources.open(uri, version, read.text);
            workspace.changed([uri]);
        }
    };
    const watch = (file: string, look: () => void): void => {
        if (!watched.has(file)) {
            watchFile(file, { interval }, look);
            watched.set(file, look);
        }
    };
    /** Also those that are not there yet. */
    const watchImports = (): void => {
        for (const imported of (workspace.current(uri)?.sources ?? []).flatMap(({ document }) => importedUris(document))) {
            if (imported !== uri) {
                watch(URI.parse(imported).fsPath, () => {
                    sources.forget(imported);
                    workspace.changed([imported]);
                    watchImports();
                    onChanged();
                });
            }
        }
    };

    load();
    watchImports();
    watch(path, () => {
        load();
        watchImports();
        onChanged();
    });
    workspace.onAnalysed(onChanged);

    return {
        name: basename(path),
        export: (params) => exportView({ ...params, uri }, { workspace, committed }, CancellationToken.None),
        view: async (params) => {
            const answer = await answerView({ ...params, uri }, { workspace, committed }, CancellationToken.None);
            return trouble === undefined ? answer : { ...answer, status: { ...answer.status, stale: true, because: trouble } };
        },
        locate: (target) => {
            const range = locate(target, uri, workspace);
            return range === undefined ? undefined : { file: fileOf(range.uri), line: range.start.line + 1, column: range.start.character + 1 };
        },
        dispose: () => {
            for (const [file, look] of watched) {
                unwatchFile(file, look);
            }
            head.dispose();
            workspace.dispose();
        },
    };
}

/** The catalog is no file. */
function fileOf(uri: string): string {
    const { scheme, fsPath } = URI.parse(uri);
    return scheme === 'file' ? fsPath : uri;
}
