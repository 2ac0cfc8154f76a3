/** Docker Compose: each project becomes containers of an engine, on a host whose size nobody knows. */
import { commented, type Draft, statement, unknownSize, word } from '../draft.ts';
import { ImportLog, type ImportPlace } from '../import-log.ts';
import type { Importer, ImportProject } from '../importer.ts';
import { entriesOf, textOf, valueAt, type YamlMap } from '../yaml/yaml-node.ts';
import { checkProject } from './check-project.ts';
import { loadProject } from './load-project.ts';
import { noteProject, noteService } from './not-carried-over.ts';
import { pathFrom } from './relative-path.ts';
import { Service, type ServicePart, type ServiceProject } from './service.ts';
import { serviceCpu } from './service-cpu.ts';
import { serviceImage } from './service-image.ts';
import { serviceLifecycle } from './service-lifecycle.ts';
import { serviceMemory } from './service-memory.ts';
import { serviceNamespaces } from './service-namespaces.ts';
import { servicePrivileges } from './service-privileges.ts';
import { serviceStorage } from './service-storage.ts';

/** The names that Compose looks for, the better first. */
const mainFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** In the order in which their statements are written. */
const parts: readonly ServicePart[] = [serviceImage, serviceCpu, serviceMemory, serviceNamespaces, servicePrivileges, serviceStorage, serviceLifecycle];
const readKeys = new Set(parts.flatMap(({ keys }) => keys));

export const compose: Importer = {
    name: 'compose',
    title: 'Docker Compose',
    filesOf: (names) => {
        const main = mainFiles.find((name) => names.includes(name));
        const overrides = ['yaml', 'yml'].map((ending) => main?.replace(/ya?ml$/, `override.${ending}`) ?? '');
        const override = overrides.find((name) => names.includes(name));
        return [main, override].filter((name) => name !== undefined);
    },
    read: ({ projects, variables }) => {
        const log = new ImportLog();
        const isAlone = projects.length === 1;
        const all = projects.map((project) => readProject(project, { given: variables, isAlone }, log));
        return log.errors.length > 0
            ? { kind: 'refused', errors: log.errors }
            : { kind: 'imported', elements: [machine(named(all.filter((project) => project !== undefined)))], report: log.report };
    },
};

interface ReadProject {
    readonly name: string;
    readonly containers: readonly Draft[];
}

/** Undefined where it is wrong, which the log says. */
function readProject(
    project: ImportProject,
    { given, isAlone }: { readonly given: ReadonlyMap<string, string>; readonly isAlone: boolean },
    log: ImportLog,
): ReadProject | undefined {
    const loaded = loadProject(project, given, log);
    if (loaded === undefined) {
        return undefined;
    }
    const { model, variables } = loaded;
    const profiles = new Set((variables.get('COMPOSE_PROFILES') ?? '').split(',').map((profile) => profile.trim()));
    const name = projectName(model, project, log);
    const entries = entriesOf(valueAt(model, 'services'));
    const names = new Set(entries.map(({ key }) => key));
    const about: ServiceProject = {
        log,
        profiles,
        directoryOf: (file) => pathFrom(isAlone ? '' : project.name, loaded.directoryOf(file)),
        // Two projects may call a volume alike: the engine keeps them apart by the name of the project.
        volumeOf: (volume) => (isAlone ? volume : `${name}_${volume}`),
        keyOf: (service) => (names.has(service) ? `${project.nameOf('')} ${service}` : undefined),
    };
    const services = entries.flatMap(({ key, value }) => (value.kind === 'map' ? [new Service(key, value, about)] : []));
    checkProject(model, services, profiles, log);
    const containers = services.map((service, index) => container(service, entries[index]?.keyAt ?? model.at));
    noteProject(model, log);
    return { name, containers };
}

function container(service: Service, at: ImportPlace): Draft {
    const key = service.project.keyOf(service.name);
    const replicas = service.number('scale') ?? service.number('deploy', 'replicas');
    const statements = parts.flatMap(({ write }) => write(service));
    noteService(service, readKeys);
    return {
        kind: 'container',
        name: service.name,
        ...(replicas !== undefined && replicas !== 1 && { replicas }),
        statements,
        children: [],
        origin: { at, path: `services.${service.name}` },
        ...(key !== undefined && { key }),
    };
}

/** The name that the file gives, else that of the folder. */
function projectName(model: YamlMap, project: ImportProject, log: ImportLog): string {
    const name = valueAt(model, 'name');
    const given = textOf(name);
    if (name !== undefined && given !== undefined && !/^[a-z0-9][a-z0-9_-]*$/.test(given)) {
        log.refuse(
            { at: name.at, path: 'name' },
            'compose-value',
            `${JSON.stringify(given)} is no name of a project`,
            'Use lower case letters, digits, dashes and underscores.',
        );
    }
    return given ?? project.name;
}

/** Of several projects, a container whose name another has as well is called after its project too. */
function named(projects: readonly ReadProject[]): readonly Draft[] {
    const uses = new Map<string, number>();
    for (const { containers } of projects) {
        for (const { name } of containers) {
            uses.set(name, (uses.get(name) ?? 0) + 1);
        }
    }
    return projects.flatMap(({ name, containers }) =>
        containers.map((draft) => ((uses.get(draft.name) ?? 0) > 1 ? { ...draft, name: `${name}-${draft.name}` } : draft)),
    );
}

function machine(containers: readonly Draft[]): Draft {
    return {
        kind: 'host',
        name: 'machine',
        comments: ['Compose does not say what it runs on: give the host its cpu and memory, and take the label out.'],
        statements: [unknownSize, commented('chosen: any Linux', statement('os', word('linux')))],
        children: [
            {
                kind: 'engine',
                name: 'docker',
                type: 'docker',
                comments: ['What the containers need is unknown until each has a process with its demand.'],
                statements: [],
                children: containers,
            },
        ],
    };
}
