/** Loads a Compose project: its files with what they include and extend, variables substituted, as one model. */
import type { ImportLog, Located } from '../import-log.ts';
import type { ImportProject } from '../importer.ts';
import { checkShape } from '../yaml/check-shape.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { isNull, itemsOf, textOf, valueAt, type YamlMap, type YamlNode } from '../yaml/yaml-node.ts';
import { includeShape, projectShape } from './compose-shape.ts';
import { extendServices } from './extend-services.ts';
import { interpolate } from './interpolate.ts';
import { mergeNodes, withoutResets } from './merge-nodes.ts';
import { readEnvironment } from './read-environment.ts';
import { directoryOf, isRemote, pathFrom } from './relative-path.ts';

/** Files of one project, with the variables that hold there. */
export interface Surroundings {
    /** To which its relative paths belong. */
    readonly directory: string;
    readonly variables: ReadonlyMap<string, string>;
    /** The files that lead here by `include`, outermost first. */
    readonly chain: readonly string[];
}

export interface LoadedProject {
    readonly model: YamlMap;
    readonly variables: ReadonlyMap<string, string>;
    /** The directory to which the relative paths in a file belong, by its name in messages. */
    readonly directoryOf: (file: string) => string;
}

/** Includes multiply: each of thirty files that includes the next twice makes a thousand million. */
const mostFiles = 200;
/** Of all files together, each as often as it is read. */
const mostCharacters = 4 * 2 ** 20;

/** Undefined where it is wrong, which the log says. */
export function loadProject(project: ImportProject, variables: ReadonlyMap<string, string>, log: ImportLog): LoadedProject | undefined {
    return new Loader(project, log).load(variables);
}

/** Reads the files of a project: the part of loading that other steps need. */
export interface ComposeFiles {
    /** The documents of a file, variables substituted, laid over each other; undefined where it can't be read, which the log says at `from`. */
    readonly read: (file: string, from: Located | undefined, surroundings: Surroundings) => readonly YamlMap[] | undefined;
    readonly log: ImportLog;
}

interface ParsedFile {
    /** Undefined where it is no YAML. */
    readonly documents: readonly YamlNode[] | undefined;
    readonly length: number;
}

class Loader implements ComposeFiles {
    readonly log: ImportLog;
    private readonly project: ImportProject;
    private readonly directories = new Map<string, string>();
    private readonly parsed = new Map<string, ParsedFile>();
    private filesRead = 0;
    private charactersRead = 0;

    constructor(project: ImportProject, log: ImportLog) {
        this.project = project;
        this.log = log;
    }

    load(given: ReadonlyMap<string, string>): LoadedProject | undefined {
        const variables = this.environment('.env', given);
        const before = this.log.errors.length;
        const merged = this.model(this.project.files, undefined, { directory: '', variables, chain: [] });
        const model = withoutResets(merged);
        if (this.log.errors.length > before || model.kind !== 'map') {
            return undefined;
        }
        const at = { file: this.project.nameOf(this.project.files[0] ?? ''), line: 1, column: 1 };
        if (model.entries.length === 0) {
            this.log.refuse({ at, path: '' }, 'compose-empty', 'There is nothing in it', 'Describe services in it, or name another file.');
            return undefined;
        }
        return checkShape(model, projectShape, '', { format: 'compose', log: this.log })
            ? { model, variables, directoryOf: (file) => this.directories.get(file) ?? '' }
            : undefined;
    }

    read(file: string, from: Located | undefined, { directory, variables }: Surroundings): readonly YamlMap[] | undefined {
        const name = this.project.nameOf(file);
        this.directories.set(name, directory);
        this.filesRead += 1;
        const place = from ?? { at: { file: name, line: 1, column: 1 }, path: '' };
        if (this.filesRead > mostFiles) {
            this.log.refuse(place, 'compose-include', `It reads more than ${mostFiles} files`, 'Include each file once.');
            return undefined;
        }
        if (isRemote(file)) {
            this.log.refuse(
                place,
                'compose-remote',
                `${JSON.stringify(file)} is on another machine, and nothing is fetched from there`,
                'Download it, and name the copy.',
            );
            return undefined;
        }
        const documents = this.parse(file, place);
        return documents?.flatMap((document) => {
            const interpolated = interpolate(document, variables, this.log);
            if (isNull(document) || interpolated.kind === 'map') {
                return interpolated.kind === 'map' ? [interpolated] : [];
            }
            this.log.refuse({ at: document.at, path: '' }, 'compose-type', 'A Compose file must be a mapping', 'Begin it with services:.');
            return [];
        });
    }

    private parse(file: string, place: Located): readonly YamlNode[] | undefined {
        const known = this.parsed.get(file) ?? this.parseNew(file, place);
        this.parsed.set(file, known);
        this.charactersRead += known.length;
        if (this.charactersRead > mostCharacters) {
            this.log.refuse(place, 'compose-include', `What it reads is more than ${mostCharacters / 2 ** 20} MiB`, 'Include each file once.');
            return undefined;
        }
        return known.documents;
    }

    private parseNew(file: string, place: Located): ParsedFile {
        const source = this.project.read(file);
        if (source.kind === 'unreadable') {
            this.log.refuse(place, 'unreadable', `${file} can not be read: ${source.because}`, 'Correct the name, or bring the file here.');
            return { documents: undefined, length: 0 };
        }
        return { documents: readYaml(source.text, this.project.nameOf(file), this.log), length: source.text.length };
    }

    /** Files over each other, each with what it includes under it. */
    private model(files: readonly string[], from: Located | undefined, surroundings: Surroundings): YamlNode {
        let model: YamlNode = { kind: 'map', at: { file: this.project.nameOf(files[0] ?? ''), line: 1, column: 1 }, entries: [] };
        for (const file of files) {
            for (const document of this.read(file, from, surroundings) ?? []) {
                const included = this.included(document, file, surroundings);
                const whole = included === undefined ? document : mergeNodes(included, document, '', this.log);
                model = mergeNodes(model, extendServices(whole, file, surroundings, this), '', this.log);
            }
        }
        return model;
    }

    private included(document: YamlMap, file: string, { directory, variables, chain }: Surroundings): YamlNode | undefined {
        const include = valueAt(document, 'include');
        if (include === undefined || !checkShape(include, includeShape, 'include', { format: 'compose', log: this.log })) {
            return undefined;
        }
        let models: YamlNode | undefined;
        for (const [index, item] of itemsOf(include).entries()) {
            const paths = (item.kind === 'map' ? texts(valueAt(item, 'path')) : texts(item)).map((path) => (isRemote(path) ? path : pathFrom(directory, path)));
            const place = { at: item.at, path: `include[${index}]` };
            const [main = ''] = paths;
            const cycle = [...chain, file];
            if (cycle.includes(main)) {
                this.log.refuse(place, 'compose-include', `It includes itself: ${[...cycle, main].join(', then ')}`, 'Take one of the includes out.');
                continue;
            }
            const folder = textOf(valueAt(item, 'project_directory'));
            const inside = folder === undefined ? directoryOf(main) : pathFrom(directory, folder);
            const environments = valueAt(item, 'env_file');
            const names = environments === undefined ? [pathFrom(inside, '.env')] : texts(environments).map((path) => pathFrom(directory, path));
            const known = names.reduce((all, name) => this.environment(name, all, environments === undefined ? undefined : place), variables);
            const model = this.model(paths, place, { directory: inside, variables: known, chain: cycle });
            models = models === undefined ? model : mergeNodes(models, model, '', this.log);
        }
        return models === undefined ? undefined : without(models, ['name', 'version', 'include']);
    }

    /** Where `from` asks for the file, it must be there. */
    private environment(file: string, known: ReadonlyMap<string, string>, from?: Located): ReadonlyMap<string, string> {
        const source = this.project.read(file);
        if (source.kind === 'text') {
            return readEnvironment(source.text, this.project.nameOf(file), known, this.log);
        }
        if (from !== undefined) {
            this.log.refuse(from, 'unreadable', `${file} can not be read: ${source.because}`, 'Correct the name, or bring the file here.');
        }
        return known;
    }
}

function texts(node: YamlNode | undefined): readonly string[] {
    const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
    return items.flatMap((item) => textOf(item) ?? []);
}

function without(model: YamlNode, keys: readonly string[]): YamlNode {
    return model.kind === 'map' ? { ...model, entries: model.entries.filter(({ key }) => !keys.includes(key)) } : model;
}
