/** The files of an editor on this machine: those of the disk are read from it, all others are asked of the editor. */
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { createClientFiles } from './client-files.ts';
import { diskFiles } from './disk-files.ts';
import type { Files } from './files.ts';

export function createEditorFiles(connection: Connection): Files {
    const clientFiles = createClientFiles(connection);
    const filesOf = (uri: string): Files => (URI.parse(uri).scheme === 'file' ? diskFiles : clientFiles);
    return {
        read: (uri, within) => filesOf(uri).read(uri, within),
        list: (folder) => filesOf(folder).list(folder),
        onArrived: (listener) => clientFiles.onArrived(listener),
    };
}
