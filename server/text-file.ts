/** Reads a file as the text it must be: UTF-8, with or without a byte order mark. */
import { readFileSync, statSync } from 'node:fs';

export type FileText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly because: string };

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

/** Text without its byte order mark, so that columns count as an editor counts them. */
export function decodeText(content: Uint8Array): FileText {
    if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) {
        return unreadable('it is UTF-16; save it as UTF-8');
    }
    if (content.includes(0)) {
        return unreadable('it is a binary file, not text');
    }
    try {
        return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(content) };
    } catch {
        return unreadable('it is not valid UTF-8');
    }
}

function unreadable(because: string): FileText {
    return { kind: 'unreadable', because };
}

function reasonOf(error: unknown): string {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return 'no such file';
        case 'EISDIR':
            return 'it is a directory';
        case 'EACCES':
        case 'EPERM':
            return 'permission denied';
        default:
            return error instanceof Error ? error.message : String(error);
    }
}
