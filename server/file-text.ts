/** What a file's bytes are as text: UTF-8, with or without a byte order mark, or the reason why they are none. */

export type FileText = { readonly kind: 'text'; readonly text: string } | Unreadable;

export interface Unreadable {
    readonly kind: 'unreadable';
    readonly because: string;
}

/** Why a file that is not there can't be read. */
export const noSuchFile = 'no such file';

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

export function unreadable(because: string): Unreadable {
    return { kind: 'unreadable', because };
}
