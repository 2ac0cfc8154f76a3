/** Imports files of the disk: the way in for the command line and the editor. */
import { EmptyFileSystem } from 'langium';
import { type ImportedText, importText } from '#language/import/import-text.ts';
import type { Importer } from '#language/import/importer.ts';
import { thisMachine } from '#language/import/this-machine/this-machine.ts';
import { createStrataServices } from '#language/services.ts';
import { findProjects } from './import-projects.ts';
import { thisMachineProject } from './this-machine.ts';

export interface FilesToImport {
    /** Files that make one project, or folders, each a project of its own; none for the importer of this machine. */
    readonly names: readonly string[];
    /** Against which names are resolved. */
    readonly directory: string;
    /** The environment that a format may look into. */
    readonly variables: Readonly<Record<string, string | undefined>>;
}

export type ImportOutcome = ImportedText | { readonly kind: 'unusable'; readonly name: string; readonly because: string };

export function importFiles(importer: Importer, { names, directory, variables }: FilesToImport): ImportOutcome {
    const isHere = importer === thisMachine && names.length === 0;
    const found = isHere ? ({ kind: 'projects', projects: [thisMachineProject()] } as const) : findProjects(importer, names, directory);
    if (found.kind === 'unusable') {
        return found;
    }
    const given = Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    return importText(importer, { projects: found.projects, variables: new Map(given) }, createStrataServices(EmptyFileSystem));
}
