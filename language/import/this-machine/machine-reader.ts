/** Reads the texts of a machine: each that is there as what it must be, and tells those that are not. */
import type { ImportLog, Located } from '../import-log.ts';
import type { ImportProject } from '../importer.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { Fields } from '../yaml/yaml-fields.ts';

export class MachineReader {
    readonly log: ImportLog;
    private readonly project: ImportProject;

    constructor(project: ImportProject, log: ImportLog) {
        this.project = project;
        this.log = log;
    }

    has(name: string): boolean {
        return this.project.files.includes(name);
    }

    text(name: string): string | undefined {
        const source = this.has(name) ? this.project.read(name) : undefined;
        return source?.kind === 'text' ? source.text : undefined;
    }

    /** The objects in a list of a JSON text: under `key`, or at the top. A program that prints something else is told, and passed over. */
    objects(name: string, key: string | undefined): readonly Fields[] {
        const text = this.text(name);
        const node = text === undefined ? undefined : readYaml(text, this.locate(name).at.file, this.log)?.[0];
        if (node === undefined) {
            return [];
        }
        const wrapped = key === undefined ? { kind: 'map' as const, at: node.at, entries: [{ key: '', keyAt: node.at, value: node }] } : node;
        return new Fields(wrapped, '', { log: this.log, format: 'this-machine' }).maps(key ?? '');
    }

    locate(name: string): Located {
        return { at: { file: this.project.nameOf(name), line: 1, column: 1 }, path: '' };
    }
}
