/** The files of the disk that an importer may read: those that were named, and what lies beneath their folder. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Importer, ImportProject, SourceText } from '#language/import/importer.ts';
import { readTextFile } from '../text-file.ts';

/** In bytes. A description of machines has some thousands; a parser of foreign formats takes some hundred times as much memory. */
const largestImport = 2 ** 20;

export type ImportProjects =
    | { readonly kind: 'projects'; readonly projects: readonly ImportProject[] }
    | { readonly kind: 'unusable'; readonly name: string; readonly because: string };

/** Each folder among the names is a project of its own, and so are the files together. */
export function findProjects(importer: Importer, names: readonly string[], directory: string): ImportProjects {
    const projects: ImportProject[] = [];
    const files: string[] = [];
    for (const name of names) {
        const path = resolve(directory, name);
        if (!isFolder(path)) {
            files.push(name);
            continue;
        }
        const found = importer.filesOf(readdirSync(path).sort());
        if (found.length === 0) {
            return { kind: 'unusable', name, because: `there is no file of ${importer.title} in this folder` };
        }
        projects.push(
            createProject(
                path,
                found.map((file) => join(name, file)),
                directory,
            ),
        );
    }
    const [first] = files;
    return { kind: 'projects', projects: first === undefined ? projects : [createProject(dirname(resolve(directory, first)), files, directory), ...projects] };
}

/** `names` are files as they were named, from the directory. */
function createProject(folder: string, names: readonly string[], directory: string): ImportProject {
    const named = new Map(names.map((name) => [fromFolder(folder, resolve(directory, name)), name]));
    const folderName = dirname(names[0] ?? '');
    return {
        name: basename(folder),
        files: [...named.keys()],
        read: (path) => (named.has(path) || isWithin(folder, path) ? readTextFile(resolve(folder, path), largestImport) : outside),
        nameOf: (path) => named.get(path) ?? join(folderName, path),
    };
}

const outside: SourceText = { kind: 'unreadable', because: 'it lies outside the folder of the project, and nothing there is read' };

const fromFolder = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

/** Whether a path stays in the folder, links followed as far as they exist. */
function isWithin(folder: string, path: string): boolean {
    const steps = relative(real(folder), real(resolve(folder, path)));
    return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}

function real(path: string): string {
    try {
        return realpathSync(path);
    } catch {
        return path;
    }
}

function isFolder(path: string): boolean {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
