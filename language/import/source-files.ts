/** The files of projects, each with its text: one that can not be read is refused, and left out. */
import type { ImportLog, Located } from './import-log.ts';
import type { ImportProject } from './importer.ts';

export interface SourceFile {
    readonly project: ImportProject;
    /** From the folder of the project. */
    readonly path: string;
    readonly text: string;
    /** The file as a whole, for what is wrong with all of it. */
    readonly whole: Located;
}

export function readSourceFiles(projects: readonly ImportProject[], log: ImportLog): readonly SourceFile[] {
    return projects.flatMap((project) =>
        project.files.flatMap((path) => {
            const source = project.read(path);
            const whole = { at: { file: project.nameOf(path), line: 1, column: 1 }, path: '' };
            if (source.kind === 'unreadable') {
                log.refuse(whole, 'unreadable', `It can not be read: ${source.because}`, 'Name a file of text.');
                return [];
            }
            return [{ project, path, text: source.text, whole }];
        }),
    );
}
