/** The text of every file that matters: what an editor has open, else what the disk has; parsed once a version. */

import { URI } from 'vscode-uri';
import { parseText, type StrataDocument, type StrataServices } from '#language/services.ts';
import { reparse } from '#language/syntax/reparse.ts';
import type { FileText } from './file-text.ts';

/** One text of one file. */
export interface Source {
    readonly uri: string;
    /** The editor's version; `null` for text from the disk. */
    readonly version: number | null;
    /** Tells this text from every other text of any file. */
    readonly stamp: number;
    readonly text: string;
    /**
     * Parsed when first asked for, since most texts of a burst of typing are never needed; of one URI's texts, the one that was asked last has the tree.
     * So it is asked anew wherever another text of the file may have been looked at meanwhile.
     */
    readonly document: StrataDocument;
}

export interface Sources {
    /** The text now, or why there is none. */
    readonly get: (uri: string) => Source | Unreadable;
    readonly open: (uri: string, version: number, text: string) => void;
    /** From now on the disk's text counts. */
    readonly close: (uri: string) => void;
    /** The disk's text may have changed. */
    readonly forget: (uri: string) => void;
    readonly openUris: () => readonly string[];
    /** A line of a text, counted from 0, without its end; nothing where there is none. */
    readonly line: (uri: string, line: number) => string | undefined;
}

export interface Unreadable {
    readonly uri: string;
    readonly unreadable: string;
}

/** The text of a file that no editor has open, or why there is none. */
export type ReadText = (uri: string) => FileText;

export function createSources(services: StrataServices, readText: ReadText): Sources {
    const opened = new Map<string, Source>();
    const onDisk = new Map<string, Source | Unreadable>();

    /** By URI: takes its tree from the source that was the last to be parsed. */
    const trees = new Map<string, () => StrataDocument | undefined>();
    let stamp = 0;
    const create = (uri: string, version: number | null, text: string): Source => {
        stamp += 1;
        let parsed: StrataDocument | undefined;
        return {
            uri,
            version,
            stamp,
            text,
            get document() {
                if (parsed === undefined) {
                    const before = trees.get(uri)?.();
                    parsed = (before && reparse(services.strata, before, text)) ?? parseText(services, text, uri);
                    trees.set(uri, () => {
                        const tree = parsed;
                        parsed = undefined;
                        return tree;
                    });
                }
                return parsed;
            },
        };
    };
    const load = (uri: string): Source | Unreadable => {
        const read = readText(uri);
        return read.kind === 'text' ? create(uri, null, read.text) : { uri, unreadable: read.because };
    };

    const get = (uri: string): Source | Unreadable => {
        const known = opened.get(uri) ?? onDisk.get(uri) ?? load(uri);
        if (!opened.has(uri)) {
            onDisk.set(uri, known);
        }
        return known;
    };
    const lines = new WeakMap<Source, readonly string[]>();

    return {
        get,
        open: (uri, version, text) => {
            opened.set(uri, create(uri, version, text));
        },
        close: (uri) => {
            opened.delete(uri);
            trees.delete(uri);
            onDisk.delete(uri);
        },
        forget: (uri) => {
            onDisk.delete(uri);
        },
        openUris: () => [...opened.keys()],
        line: (uri, line) => {
            const source = get(canonicalUri(uri));
            if (!isReadable(source)) {
                return undefined;
            }
            const split = lines.get(source) ?? source.text.split(/\r\n|\r|\n/);
            lines.set(source, split);
            return split[line];
        },
    };
}

export function isReadable(source: Source | Unreadable): source is Source {
    return 'stamp' in source;
}

/** One spelling for a file's URI, whatever an editor percent-encodes. */
export function canonicalUri(uri: string): string {
    return URI.parse(uri).toString();
}
