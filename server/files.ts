/** Where the texts come from that no editor has open: a disk, or whoever keeps the editor's files. */
import type { FileText } from './file-text.ts';

export interface Files {
    /** The text now, or why there is none. Where folders are given, nothing outside of them is looked at. */
    readonly read: (uri: string, within?: readonly string[]) => FileText;
    /** A folder that can't be read holds nothing for us. */
    readonly list: (folder: string) => Promise<readonly FolderEntry[]>;
    /** Calls back when a text has arrived that could not be had at once; the next reading gives it. */
    readonly onArrived: (listener: (uri: string) => void) => void;
}

export interface FolderEntry {
    readonly name: string;
    readonly kind: 'file' | 'folder';
}

/** Why a file is left alone that only a trusted workspace may lead to. */
export const outsideOfTrust = 'it stands outside of the folders of a workspace that is not trusted';

/** Whether a path, with `/` between its parts and none of them `..`, lies below a folder. */
export function isBelow(path: string, folder: string): boolean {
    return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
