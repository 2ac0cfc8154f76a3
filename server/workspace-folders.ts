/** Finds the `.strata` files of the editor's folders, so that a file knows who imports it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { URI } from 'vscode-uri';

/** Folders that hold other people's or made files. */
const skipped = new Set(['node_modules', 'dist', 'out']);
/** A workspace with more files than this is not a workspace of topologies; the rest is found through imports. */
const mostFiles = 5000;

export async function findStrataFiles(folders: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    const open = folders.map((folder) => URI.parse(folder)).flatMap((uri) => (uri.scheme === 'file' ? [uri.fsPath] : []));
    for (let folder = open.pop(); folder !== undefined && found.length < mostFiles; folder = open.pop()) {
        for (const entry of await entriesOf(folder)) {
            if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) {
                open.push(join(folder, entry.name));
            } else if (entry.isFile() && entry.name.endsWith('.strata')) {
                found.push(URI.file(join(folder, entry.name)).toString());
            }
        }
    }
    return found;
}

/** A folder that can't be read holds nothing for us. */
async function entriesOf(folder: string): Promise<Awaited<ReturnType<typeof readEntries>>> {
    try {
        return await readEntries(folder);
    } catch {
        return [];
    }
}

function readEntries(folder: string) {
    return readdir(folder, { withFileTypes: true });
}
