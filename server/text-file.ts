/** Reads a file of the disk as the text it must be. */
import { readFileSync, statSync } from 'node:fs';
import { decodeText, type FileText, noSuchFile, unreadable } from './file-text.ts';

/** In bytes; a topology that is written by hand has some thousands. */
const largestFile = 64 * 2 ** 20;

/** `largest` in bytes, whole MiB. */
export function readTextFile(path: string, largest: number = largestFile): FileText {
    try {
        const stats = statSync(path);
        if (stats.isFile() && stats.size > largest) {
            return unreadable(`it is larger than ${largest / 2 ** 20} MiB`);
        }
        // A device or a pipe may never end, or be what the editor speaks through.
        return stats.isFile() || stats.isDirectory() ? decodeText(readFileSync(path)) : unreadable('it is no regular file');
    } catch (error) {
        return unreadable(reasonOf(error));
    }
}

function reasonOf(error: unknown): string {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return noSuchFile;
        case 'EISDIR':
            return 'it is a directory';
        case 'EACCES':
        case 'EPERM':
            return 'permission denied';
        default:
            return error instanceof Error ? error.message : String(error);
    }
}
