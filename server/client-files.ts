/** The files that only the editor can reach: of a virtual workspace, and all of them where the server runs in a browser. */
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { errorText } from './error-text.ts';
import { decodeText, type FileText, noSuchFile, unreadable } from './file-text.ts';
import { type Files, isBelow, outsideOfTrust } from './files.ts';
import { type ListFolderAnswer, type ListFolderParams, listFolderRequest, type ReadFileAnswer, type ReadFileParams, readFileRequest } from './protocol.ts';

export function createClientFiles(connection: Connection): Files {
    const listeners: ((uri: string) => void)[] = [];
    const arrived = new Map<string, FileText>();
    const asked = new Set<string>();

    const ask = async (uri: string): Promise<void> => {
        if (asked.has(uri)) {
            return;
        }
        asked.add(uri);
        arrived.set(uri, await askFor(uri, connection));
        asked.delete(uri);
        for (const listener of listeners) {
            listener(uri);
        }
    };
    return {
        read: (uri, within) => {
            if (within !== undefined && !within.some((folder) => isBelow(URI.parse(uri).path, URI.parse(folder).path))) {
                return unreadable(outsideOfTrust);
            }
            const text = arrived.get(uri);
            // Given once: who reads again does so because the file may have changed.
            arrived.delete(uri);
            if (text === undefined) {
                void ask(uri);
            }
            return text ?? unreadable('it is still on its way from the editor');
        },
        list: async (folder) => {
            try {
                return await connection.sendRequest<ListFolderAnswer>(listFolderRequest, { uri: folder } satisfies ListFolderParams);
            } catch {
                return [];
            }
        },
        onArrived: (listener) => void listeners.push(listener),
    };
}

/** Never rejects: why a file can't be had is an answer. */
async function askFor(uri: string, connection: Connection): Promise<FileText> {
    try {
        const bytes = await connection.sendRequest<ReadFileAnswer>(readFileRequest, { uri } satisfies ReadFileParams);
        return bytes === null ? unreadable(noSuchFile) : decodeText(Uint8Array.from(bytes));
    } catch (error) {
        return unreadable(errorText(error));
    }
}
