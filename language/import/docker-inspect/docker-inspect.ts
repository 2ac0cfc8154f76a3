/** Imports containers as `docker inspect` prints them: what runs, not what was asked for. */
import { commented, type Draft, type DraftStatement, statement, text, unknownSize, word } from '../draft.ts';
import { ImportLog, makesNoDifference } from '../import-log.ts';
import type { Importer } from '../importer.ts';
import { runtimeNamed } from '../runtimes.ts';
import { readSourceFiles, type SourceFile } from '../source-files.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { Fields } from '../yaml/yaml-fields.ts';
import { isNull, type YamlNode } from '../yaml/yaml-node.ts';
import { readLimits } from './container-limits.ts';
import { type ContainerKeys, readDevices, readMounts, readNamespaces, readRights } from './container-rights.ts';

export const dockerInspect: Importer = {
    name: 'docker-inspect',
    title: 'docker inspect',
    filesOf: (names) => names.filter((name) => name.endsWith('.json')),
    read: ({ projects }) => {
        const log = new ImportLog();
        const found = readSourceFiles(projects, log).flatMap((file) => findContainers(file, log));
        const keyOf = keysOf(found);
        const containers = found.map((container) => ({ platform: platformOf(container), draft: readContainer(container, keyOf) }));
        return log.errors.length > 0 ? { kind: 'refused', errors: log.errors } : { kind: 'imported', elements: hosts(containers), report: log.report };
    },
};

/** JSON is YAML, and its reader knows where everything stands. */
function findContainers({ text, whole }: SourceFile, log: ImportLog): readonly Fields[] {
    const documents = readYaml(text, whole.at.file, log)?.filter((document) => !isNull(document));
    if (documents?.length === 0) {
        log.refuse(whole, 'docker-inspect-empty', 'There is nothing in it', 'Write into it what `docker inspect` prints.');
    }
    return (documents ?? []).flatMap((document) =>
        document.kind === 'list' ? document.items.flatMap((node, index) => asContainer(node, `[${index}]`, log)) : asContainer(document, '', log),
    );
}

/** `docker inspect` prints images, networks and volumes, too. */
function asContainer(node: YamlNode, path: string, log: ImportLog): readonly Fields[] {
    const fields = new Fields(node, path, { log, format: 'docker-inspect' });
    if (node.kind === 'map' && fields.has('HostConfig') && fields.has('Name')) {
        return [fields];
    }
    const kinds = [
        ['RepoTags', 'an image'],
        ['IPAM', 'a network'],
        ['Mountpoint', 'a volume'],
    ] as const;
    const kind = kinds.find(([key]) => fields.has(key))?.[1];
    fields.refuse(
        fields,
        'kind',
        kind === undefined ? 'This is no container: it has no Name and HostConfig' : `This is ${kind}, no container`,
        'Inspect containers: `docker inspect $(docker ps -aq)`.',
    );
    return [];
}

const nameOf = (container: Fields): string => (container.text('Name') ?? '').replace(/^\//, '');

function keysOf(containers: readonly Fields[]): ContainerKeys {
    const known = containers.map((container) => ({ id: container.text('Id') ?? '', name: nameOf(container), key: keyOfContainer(container) }));
    return (wanted) => known.find(({ id, name }) => name === wanted || (wanted.length >= 12 && id.startsWith(wanted)))?.key;
}

const keyOfContainer = ({ at, path }: Fields): string => `${at.file}:${at.line} ${path}`;

const platformOf = (container: Fields): 'linux' | 'windows' => (container.text('Platform') === 'windows' ? 'windows' : 'linux');

function readContainer(container: Fields, keyOf: ContainerKeys): Draft {
    const config = container.map('HostConfig');
    const image = container.map('Config')?.text('Image') ?? container.text('ImageName');
    const draft: Draft = {
        kind: 'container',
        name: nameOf(container),
        key: keyOfContainer(container),
        origin: container,
        statements: [
            ...(image === undefined || image === '' ? [] : [statement('image', text(image))]),
            ...(config === undefined
                ? []
                : [
                      ...readLimits(config),
                      ...readNamespaces(config, keyOf),
                      ...readRights(container, config),
                      ...readMounts(container, config),
                      ...readDevices(config),
                      ...readRuntime(config),
                      ...readRestart(config),
                  ]),
            ...readState(container),
        ],
        children: [],
    };
    tellRest(container, config);
    return draft;
}

function readRuntime(config: Fields): readonly DraftStatement[] {
    const name = config.text('Runtime') ?? '';
    const runtime = runtimeNamed(name);
    if (name !== '' && runtime === undefined) {
        config.note(
            config.locate('Runtime'),
            'not-carried-over',
            `What the runtime ${name.slice(0, 60)} is, is not known`,
            'Define it with `type runtime`, and name it with `runtime`.',
        );
    }
    return runtime === undefined || runtime === 'runc' ? [] : [statement('runtime', word(runtime))];
}

function readRestart(config: Fields): readonly DraftStatement[] {
    const policy = config.map('RestartPolicy');
    const name = policy?.oneOf('Name', ['', 'no', 'always', 'unless-stopped', 'on-failure']);
    const most = policy?.whole('MaximumRetryCount', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
    if (policy !== undefined && most > 0) {
        policy.note(
            policy,
            'approximated',
            `It is started again as often as it fails, not ${most} times`,
            'Nothing to do if it does not fail again and again.',
        );
    }
    return name === 'always' || name === 'unless-stopped'
        ? [statement('restart', word('always'))]
        : name === 'on-failure'
          ? [statement('restart', word('on-failure'))]
          : [];
}

/** What does not run takes nothing. */
function readState(container: Fields): readonly DraftStatement[] {
    const status = container.map('State')?.text('Status');
    return status === 'exited' || status === 'created' || status === 'dead' || status === 'configured'
        ? [commented(`it does not run: ${status}`, statement('autostart', word('off')))]
        : [];
}

/** What Docker writes for everything that nobody set. */
const unset: ReadonlySet<string> = new Set(['', '0', '-1', 'false', 'null', 'default', 'private', 'no', 'undefined']);
const usual: Readonly<Record<string, string>> = { ShmSize: '67108864', Cgroup: '', VolumeDriver: '', Isolation: 'default' };
const ofDocker: readonly string[] = ['MaskedPaths', 'ReadonlyPaths', 'LogConfig', 'ConsoleSize', 'ContainerIDFile', 'AutoRemove', 'PortBindings', 'Links'];

/** Of the container's own data only what somebody set is told; values are not, because passwords are among them. */
function tellRest(container: Fields, config: Fields | undefined): void {
    config?.passOver(...ofDocker);
    for (const fields of [config, container.map('Config')]) {
        for (const { key, value, ...located } of fields?.rest() ?? []) {
            if (!isUnset(key, value)) {
                fields?.note(located, 'not-carried-over', `The setting ${key}`, remedies[key] ?? makesNoDifference);
            }
        }
    }
}

function isUnset(key: string, value: YamlNode): boolean {
    if (value.kind === 'scalar') {
        return unset.has(value.source) || isNull(value) || usual[key] === value.source;
    }
    return value.kind === 'list' ? value.items.length === 0 : value.entries.length === 0;
}

const remedies: Readonly<Record<string, string>> = {
    Cmd: 'Describe what it does as a process with its demand.',
    Entrypoint: 'Describe what it does as a process with its demand.',
    OomScoreAdj: 'Give its process `oom-score-adj`.',
    DeviceRequests: 'Give the container a `device`.',
    CgroupParent: 'Put the container into a slice.',
    ShmSize: 'Count it into the memory of a process.',
    CpuCount: 'Say `cpu limit`: this holds on Windows only.',
    CpuPercent: 'Say `cpu limit`: this holds on Windows only.',
};

function hosts(containers: readonly { readonly platform: 'linux' | 'windows'; readonly draft: Draft }[]): readonly Draft[] {
    const platforms = [...new Set(containers.map(({ platform }) => platform))];
    return (platforms.length === 0 ? (['linux'] as const) : platforms).map((platform) => ({
        kind: 'host',
        name: platform === 'linux' ? 'machine' : 'windows-machine',
        comments: ['Containers do not say how large their host is: give it its `cpu` and `memory`.'],
        statements: [unknownSize, statement('os', word(platform === 'linux' ? 'linux' : 'windows-server'))],
        children: [
            {
                kind: 'engine',
                name: 'docker',
                type: 'docker',
                statements: [],
                children: containers.filter((container) => container.platform === platform).map(({ draft }) => draft),
            },
        ],
    }));
}
