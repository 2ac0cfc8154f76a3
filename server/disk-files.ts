/** The files of this machine's disk. */
import { realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';
import { URI } from 'vscode-uri';
import { noSuchFile, unreadable } from './file-text.ts';
import { type Files, type FolderEntry, isBelow, outsideOfTrust } from './files.ts';
import { readTextFile } from './text-file.ts';

export const diskFiles: Files = {
    read: (uri, within) => {
        const { scheme, fsPath } = URI.parse(uri);
        if (scheme !== 'file') {
            return unreadable(noSuchFile);
        }
        const folders = within?.flatMap(pathOnDisk);
        return folders === undefined || liesIn(fsPath, folders) ? readTextFile(fsPath) : unreadable(outsideOfTrust);
    },
    list: async (folder) => {
        try {
            const entries = await Promise.all(pathOnDisk(folder).map((path) => readdir(path, { withFileTypes: true })));
            // Links are not followed: they can lead round in a circle.
            return entries.flat().flatMap((entry): readonly FolderEntry[] => {
                const kind = entry.isDirectory() ? 'folder' : 'file';
                return entry.isDirectory() || entry.isFile() ? [{ name: entry.name, kind }] : [];
            });
        } catch {
            return [];
        }
    },
    onArrived: () => undefined,
};

function pathOnDisk(uri: string): readonly string[] {
    const { scheme, fsPath } = URI.parse(uri);
    return scheme === 'file' ? [fsPath] : [];
}

/** A path must lie there as it is written, so that nothing is found out about other places, and as its links lead. */
function liesIn(path: string, folders: readonly string[]): boolean {
    const real = realPath(path);
    return folders.some((folder) => isBelow(slashed(path), slashed(folder)) && isBelow(slashed(real), slashed(realPath(folder))));
}

/** Of a file that is not there, the path as it is written: there is nothing to read. */
function realPath(path: string): string {
    try {
        return realpathSync(path);
    } catch {
        return path;
    }
}

function slashed(path: string): string {
    return path.replaceAll(sep, '/');
}
