/** What the MCP server may read: Strata texts below the folders that it was given, and texts that the caller sends. */
import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import * as z from 'zod';
import { analyseFiles, type FileAnalysis } from '../analyse-files.ts';
import { CannotWork } from '../cli/cannot-work.ts';
import { diskFiles } from '../disk-files.ts';
import { type FileText, unreadable } from '../file-text.ts';
import { outsideOfTrust } from '../files.ts';

export interface ReadingRoom {
    /** Names are meant from the first of its folders. */
    readonly directory: string;
    /** Throws `CannotWork` where there is nothing to read. */
    readonly analyse: (given: SourceInput) => Promise<FileAnalysis>;
    /** Of a file or folder; why it may not be read, if so. */
    readonly refuse: (name: string) => string | undefined;
}

/** Characters of a text that is sent; a topology that is written by hand has some thousands. */
const longestText = 1_000_000;
/** What a text is called that has no file. */
const inlineName = 'inline.strata';

export const sourceInput = {
    file: z.string().min(1).optional().describe('A .strata file, from the folder that the server was started for. Either this or `text`.'),
    text: z.string().max(longestText).optional().describe(`A text in the language, in place of a file. Its findings name it ${inlineName}.`),
};

export interface SourceInput {
    readonly file?: string | undefined;
    readonly text?: string | undefined;
}

export function openReadingRoom(folders: readonly [string, ...string[]]): ReadingRoom {
    const [directory] = folders;
    const within = folders.map((folder) => URI.file(folder).toString());
    const readText = (uri: string): FileText => {
        // A folder lies in itself; that it is none to read from is another thing.
        const read = diskFiles.read(uri, within.includes(uri) ? undefined : within);
        return read.kind === 'unreadable' && read.because === outsideOfTrust ? unreadable(outside(folders)) : read;
    };
    const uriOf = (name: string): string => URI.file(resolve(directory, name)).toString();
    return {
        directory,
        analyse: async ({ file, text }) => {
            if ((file === undefined) === (text === undefined)) {
                throw new CannotWork('give either "file" or "text"');
            }
            const name = file ?? inlineName;
            const inline = text === undefined ? undefined : uriOf(name);
            const analysed = await analyseFiles([name], directory, {
                readText: (uri) => (uri === inline ? { kind: 'text', text: text ?? '' } : readText(uri)),
            });
            if (analysed.kind === 'unreadable') {
                throw new CannotWork(`${analysed.file}: ${analysed.because}`);
            }
            const [topology] = analysed.topologies;
            if (topology === undefined) {
                throw new CannotWork(`${name}: nothing came of it`);
            }
            return topology;
        },
        refuse: (name) => {
            const read = readText(uriOf(name));
            return read.kind === 'unreadable' && read.because === outside(folders) ? read.because : undefined;
        },
    };
}

function outside(folders: readonly string[]): string {
    return `it lies outside of what this server may read (${folders.join(', ')}); start it with --root for another folder, or send the text itself`;
}
