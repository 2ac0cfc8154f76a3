/** Finds the `.strata` files of the editor's folders, so that a file knows who imports it. */
import { URI, Utils } from 'vscode-uri';
import type { Files } from './files.ts';

/** Folders that hold other people's or made files. */
const skipped = new Set(['node_modules', 'dist', 'out']);
/** A workspace with more files than this is not a workspace of topologies; the rest is found through imports. */
const mostFiles = 5000;

export async function findStrataFiles(folders: readonly string[], { list }: Pick<Files, 'list'>): Promise<readonly string[]> {
    const found: string[] = [];
    const open = folders.map((folder) => URI.parse(folder));
    for (let folder = open.pop(); folder !== undefined && found.length < mostFiles; folder = open.pop()) {
        for (const { name, kind } of await list(folder.toString())) {
            if (kind === 'folder' && !name.startsWith('.') && !skipped.has(name)) {
                open.push(Utils.joinPath(folder, name));
            } else if (kind === 'file' && name.endsWith('.strata')) {
                found.push(Utils.joinPath(folder, name).toString());
            }
        }
    }
    return found;
}
