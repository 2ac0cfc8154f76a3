/** Docker Compose: each project becomes an engine's containers on a host whose size nobody knows. */
import { type Draft, statement, text, unknownSize, word } from '../draft.ts';
import { ImportLog } from '../import-log.ts';
import type { Importer, ImportProject } from '../importer.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { entriesOf, textOf, valueAt } from '../yaml/yaml-node.ts';

/** The names that Compose looks for, the better first. */
const mainFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

export const compose: Importer = {
    name: 'compose',
    title: 'Docker Compose',
    filesOf: (names) => {
        const main = mainFiles.find((name) => names.includes(name));
        const override = main?.replace(/\.ya?ml$/, '.override$&');
        return [main, override].filter((name) => name !== undefined && names.includes(name)) as readonly string[];
    },
    read: ({ projects }) => {
        const log = new ImportLog();
        const containers = projects.flatMap((project) => project.files.flatMap((file) => readServices(project, file, log)));
        const engine: Draft = { kind: 'engine', name: 'docker', type: 'docker', statements: [], children: containers };
        const host: Draft = {
            kind: 'host',
            name: 'machine',
            comments: ['A Compose file does not say what it runs on: give the host its `cpu` and `memory`.'],
            statements: [unknownSize, statement('os', word('linux'))],
            children: [engine],
        };
        return log.errors.length > 0 ? { kind: 'refused', errors: log.errors } : { kind: 'imported', elements: [host], report: log.report };
    },
};

function readServices(project: ImportProject, file: string, log: ImportLog): readonly Draft[] {
    const source = project.read(file);
    if (source.kind === 'unreadable') {
        log.refuse({ at: { file: project.nameOf(file), line: 1, column: 1 }, path: '' }, 'unreadable', source.because, 'Name another file.');
        return [];
    }
    const documents = readYaml(source.text, project.nameOf(file), log) ?? [];
    return documents.flatMap((document) =>
        entriesOf(valueAt(document, 'services')).map(({ key, keyAt, value }) => {
            const image = textOf(valueAt(value, 'image'));
            return {
                kind: 'container',
                name: key,
                origin: { at: keyAt, path: `services.${key}` },
                statements: image === undefined ? [] : [statement('image', text(image))],
                children: [],
            };
        }),
    );
}
