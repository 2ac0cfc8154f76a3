/** Brings files of the disk through the one pipeline, and names them in its answers as they were given: the command line's way in. */
import { dirname, join, relative, resolve } from 'node:path';
import { EmptyFileSystem } from 'langium';
import { CancellationToken } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { createStrataServices, type StrataServices } from '#language/services.ts';
import { type Analysis, analyse } from './analysis.ts';
import { directSimulator } from './direct-simulator.ts';
import { diskFiles } from './disk-files.ts';
import type { Simulator } from './simulation-channel.ts';
import { createSources, isReadable, type ReadText } from './sources.ts';
import { groupSources, understand } from './understanding.ts';

export interface FileAnalysis {
    readonly analysis: Analysis;
    /** Those that parsed the files and the catalog. */
    readonly services: StrataServices;
    /** A file's name as it was given, or as it would have been. */
    readonly fileOf: (uri: string) => string;
}

export type FileAnalyses =
    /** One entry for each topology among the files. */
    | { readonly kind: 'analysed'; readonly topologies: readonly FileAnalysis[] }
    | { readonly kind: 'unreadable'; readonly file: string; readonly because: string };

export interface AnalyseOptions {
    /** Where the texts come from, if not from the disk. */
    readonly readText: ReadText;
    readonly simulator: Simulator;
}

export async function analyseFiles(files: readonly string[], directory: string, options: Partial<AnalyseOptions> = {}): Promise<FileAnalyses> {
    const { readText, simulator }: AnalyseOptions = { readText: diskFiles.read, simulator: directSimulator, ...options };
    const services = createStrataServices(EmptyFileSystem);
    const sources = createSources(services, readText);
    const given = new Map(files.map((file) => [URI.file(resolve(directory, file)).toString(), file]));
    for (const [uri, file] of given) {
        const source = sources.get(uri);
        if (!isReadable(source)) {
            return { kind: 'unreadable', file, because: source.unreadable };
        }
    }
    const topologies: FileAnalysis[] = [];
    for (const set of groupSources(sources, given.keys())) {
        const analysis = await analyse(understand(services, set), simulator, CancellationToken.None);
        if (analysis !== undefined) {
            topologies.push({ analysis, services, fileOf: nameFiles(given, set.root) });
        }
    }
    return { kind: 'analysed', topologies };
}

/** URIs of those of the files that no other of them imports. */
export function rootsAmong(files: readonly string[], directory: string, readText: ReadText): readonly string[] {
    const sources = createSources(createStrataServices(EmptyFileSystem), readText);
    const uris = files.map((file) => URI.file(resolve(directory, file)).toString());
    return groupSources(sources, uris).map(({ root }) => root);
}

/** An imported file is named relative to how the file was named that led to it. */
function nameFiles(given: ReadonlyMap<string, string>, root: string): (uri: string) => string {
    const rootFile = URI.parse(root).fsPath;
    const rootName = given.get(root) ?? rootFile;
    return (uri) => given.get(uri) ?? join(dirname(rootName), relative(dirname(rootFile), URI.parse(uri).fsPath));
}
