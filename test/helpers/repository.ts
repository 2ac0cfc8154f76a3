/** The repository as a whole, as the tests of the house see it: its files, whatever git may ignore left out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');
export const exists = (path: string): boolean => existsSync(join(root, path));

/** `.gitignore` holds nothing but names, names with a `*` before them, and paths. */
const ignored: readonly string[] = read('.gitignore')
    .split('\n')
    .filter((line) => line !== '');

/** Paths of files from the root, with `/`, in order; without a package, and without what is made and not committed. */
export const files: readonly string[] = filesBelow('').toSorted();

/** What a folder holds itself: files, and folders with a `/` behind. */
export function entries(folder: string): readonly string[] {
    const inside = files.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
    return [...new Set(inside.map((file) => (file.includes('/') ? file.slice(0, file.indexOf('/') + 1) : file)))];
}

function filesBelow(folder: string): readonly string[] {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}${entry.name}`;
        if (entry.isSymbolicLink() || isIgnored(path, entry.isDirectory())) {
            return [];
        }
        return entry.isDirectory() ? filesBelow(`${path}/`) : [path];
    });
}

function isIgnored(path: string, isFolder: boolean): boolean {
    const shown = isFolder ? `${path}/` : path;
    // In a work tree beside the first one, `.git` is a file.
    return (
        /^\.git\/?$/.test(shown) ||
        ignored.some((pattern) => (pattern.startsWith('*') ? shown.endsWith(pattern.slice(1)) : `/${shown}`.endsWith(`/${pattern}`)))
    );
}
