/** What a Compose project must be as a whole, beyond the shape of its parts: names that exist, values that agree, no circles. */
import type { ImportLog } from '../import-log.ts';
import { entriesOf, entryOf, isUnknown, itemsOf, textOf, valueAt, type YamlMap } from '../yaml/yaml-node.ts';
import { dependenciesOf, isActive } from './dependencies.ts';
import type { Service } from './service.ts';
import { splitVolume } from './split-volume.ts';

/** Only active services count: of the others Compose knows no more than the name. */
export function checkProject(model: YamlMap, services: readonly Service[], profiles: ReadonlySet<string>, log: ImportLog): void {
    const active = services.filter(({ node }) => isActive(node, profiles));
    const names = { all: new Set(services.map(({ name }) => name)), active: new Set(active.map(({ name }) => name)) };
    for (const service of active) {
        checkSource(service);
        checkReferences(service, model);
        checkDependencies(service, names);
        checkLimits(service);
        checkReplicas(service);
        checkTargets(service);
    }
    checkFileObjects(model, log);
    checkCycles(active);
}

/** `path` are the keys beneath the service at which it is said. */
function refuse(service: Service, path: readonly string[], code: string, reason: string, remedy: string): void {
    service.project.log.refuse(service.place(...path), `compose-${code}`, reason, remedy);
}

function checkSource(service: Service): void {
    if (!service.says('image') && !service.says('build') && !service.says('provider')) {
        refuse(service, [], 'image', `The service ${service.name} has neither an image nor a build`, 'Say image or build.');
    }
    if (service.text('build', 'dockerfile') !== undefined && service.text('build', 'dockerfile_inline') !== undefined) {
        refuse(service, ['build'], 'conflict', 'dockerfile and dockerfile_inline exclude each other', 'Keep one of them.');
    }
    if (service.text('network_mode') !== undefined && (service.value('networks')?.kind ?? 'scalar') !== 'scalar') {
        refuse(service, ['networks'], 'conflict', 'network_mode and networks exclude each other', 'Keep one of them.');
    }
    const [first] = itemsOf(service.value('healthcheck', 'test'));
    if (first !== undefined && !isUnknown(first) && !['CMD', 'CMD-SHELL', 'NONE'].includes(textOf(first) ?? '')) {
        refuse(service, ['healthcheck', 'test'], 'value', 'A test as a list must begin with CMD, CMD-SHELL or NONE', 'Put CMD in front.');
    }
}

/** Where services name what stands at the top level, and what they call it. */
const references = [
    { key: 'networks', top: 'networks', noun: 'network', always: ['default'] },
    { key: 'configs', top: 'configs', noun: 'config', always: [] },
    { key: 'secrets', top: 'secrets', noun: 'secret', always: [] },
    { key: 'models', top: 'models', noun: 'model', always: [] },
] as const;

function checkReferences(service: Service, model: YamlMap): void {
    for (const { key, top, noun, always } of references) {
        const value = service.value(key);
        const names = [...itemsOf(value).map((item) => textOf(item) ?? textOf(valueAt(item, 'source'))), ...entriesOf(value).map((entry) => entry.key)];
        for (const name of names) {
            if (name !== undefined && name !== '' && entryOf(valueAt(model, top), name) === undefined && !always.some((known) => known === name)) {
                refuse(service, [key], 'undefined', `There is no ${noun} ${JSON.stringify(name)}`, `Define it under ${top}:.`);
            }
        }
    }
    for (const { type, source, at } of volumesOf(service)) {
        if (type === 'volume' && source !== undefined && source !== '' && entryOf(valueAt(model, 'volumes'), source) === undefined) {
            const place = { at, path: service.place('volumes').path };
            service.project.log.refuse(
                place,
                'compose-undefined',
                `There is no volume ${JSON.stringify(source)}`,
                'Define it under volumes:, or begin a path with ./ or /.',
            );
        }
    }
}

function volumesOf(service: Service) {
    return itemsOf(service.value('volumes')).map((item) => {
        const short = textOf(item);
        const split = short === undefined ? undefined : splitVolume(short);
        return typeof split === 'object'
            ? { ...split, at: item.at }
            : { type: textOf(valueAt(item, 'type')), source: textOf(valueAt(item, 'source')), target: textOf(valueAt(item, 'target')), at: item.at };
    });
}

function checkDependencies(service: Service, { all, active }: { readonly all: ReadonlySet<string>; readonly active: ReadonlySet<string> }): void {
    for (const { name, isRequired, key, at } of dependenciesOf(service.node)) {
        const isThere = all.has(name);
        if (active.has(name) || (isThere && !isRequired)) {
            continue;
        }
        const reason = isThere ? `The service ${name} has a profile that is not active` : `There is no service ${JSON.stringify(name)}`;
        const remedy = isThere ? 'Name its profile in COMPOSE_PROFILES, or say required: false.' : 'Correct the name, or describe that service.';
        service.project.log.refuse({ at, path: `${service.place().path}.${key}` }, 'compose-undefined', reason, remedy);
    }
}

/** The old place of a limit, and the new one under `deploy.resources`. */
const twins = [
    { old: 'cpus', under: ['limits', 'cpus'], isSize: false },
    { old: 'mem_limit', under: ['limits', 'memory'], isSize: true },
    { old: 'mem_reservation', under: ['reservations', 'memory'], isSize: true },
    { old: 'pids_limit', under: ['limits', 'pids'], isSize: false },
] as const;

/** Where both places are used, they must agree: Compose takes neither for the better. */
function checkLimits(service: Service): void {
    for (const { old, under, isSize } of twins) {
        const keys = ['deploy', 'resources', ...under];
        const read = (...path: readonly string[]): number => (isSize ? service.bytes(...path) : service.number(...path)) ?? 0;
        const first = read(old);
        if (first !== 0 && service.value('deploy', 'resources', under[0]) !== undefined && read(...keys) !== first) {
            refuse(service, [old], 'conflict', `${old} and ${keys.join('.')} differ`, 'Give both the same value, or keep one of them.');
        }
    }
}

function checkReplicas(service: Service): void {
    const scale = service.number('scale');
    const replicas = service.number('deploy', 'replicas');
    if (scale !== undefined && replicas !== undefined && scale !== replicas) {
        refuse(service, ['scale'], 'conflict', 'scale and deploy.replicas differ', 'Give both the same value, or keep one of them.');
    }
    const count = scale ?? replicas ?? 1;
    if (count < 0 || count > mostReplicas) {
        refuse(
            service,
            scale === undefined ? ['deploy', 'replicas'] : ['scale'],
            'value',
            `${count} is no number of replicas`,
            `Write one from 0 to ${mostReplicas}.`,
        );
    }
    if (count > 1 && service.text('container_name') !== undefined) {
        refuse(service, ['container_name'], 'conflict', 'Several replicas can not have one name', 'Take container_name out.');
    }
}

const mostReplicas = 1_000_000;

function checkTargets(service: Service): void {
    const seen = new Map<string, number>();
    for (const { target, at } of volumesOf(service)) {
        const path = target?.replace(/(?<=.)\/+$/, '');
        if (path === undefined || path === '') {
            continue;
        }
        seen.set(path, at.line);
    }
    for (const item of [...itemsOf(service.value('tmpfs'))]) {
        const [path = ''] = textOf(item)?.split(':') ?? [];
        if (seen.has(path)) {
            service.project.log.refuse(
                { at: item.at, path: service.place('tmpfs').path },
                'compose-conflict',
                `A volume is mounted at ${path} already`,
                'Keep one of them.',
            );
        }
    }
}

/** A secret or a configuration comes from one place. */
function checkFileObjects(model: YamlMap, log: ImportLog): void {
    const kinds = [
        { top: 'secrets', sources: ['file', 'environment'] },
        { top: 'configs', sources: ['file', 'environment', 'content'] },
    ];
    for (const { top, sources } of kinds) {
        for (const { key, keyAt, value } of entriesOf(valueAt(model, top))) {
            const given = sources.filter((source) => entryOf(value, source) !== undefined);
            const isElsewhere = entryOf(value, 'external') !== undefined || entryOf(value, 'driver') !== undefined;
            if (given.length > 1 || (given.length === 0 && !isElsewhere)) {
                const reason = given.length > 1 ? `${given.join(' and ')} exclude each other` : `It says none of ${sources.join(', ')}`;
                log.refuse({ at: keyAt, path: `${top}.${key}` }, 'compose-conflict', reason, `Say one of ${sources.join(', ')}.`);
            }
        }
    }
}

/** A loop with a stack of its own: a file may hold a chain of thousands. */
function checkCycles(active: readonly Service[]): void {
    const byName = new Map(active.map((service) => [service.name, service]));
    const needs = new Map(
        active.map(({ name, node }) => [
            name,
            dependenciesOf(node)
                .map((one) => one.name)
                .filter((one) => byName.has(one)),
        ]),
    );
    const done = new Set<string>();
    for (const { name: start } of active) {
        const path: { readonly name: string; readonly rest: string[] }[] = [{ name: start, rest: [...(needs.get(start) ?? [])] }];
        const open = new Set([start]);
        while (!done.has(start) && path.length > 0) {
            const top = path.at(-1);
            const next = top?.rest.pop();
            if (top === undefined || next === undefined) {
                path.pop();
                open.delete(top?.name ?? '');
                done.add(top?.name ?? '');
            } else if (open.has(next)) {
                const names = [...path.map(({ name }) => name), next];
                const circle = names.slice(names.indexOf(next));
                const service = byName.get(top.name);
                if (service !== undefined) {
                    refuse(
                        service,
                        ['depends_on'],
                        'cycle',
                        `The services wait for each other in a circle: ${circle.join(', then ')}`,
                        'Take one of the dependencies out.',
                    );
                }
            } else if (!done.has(next)) {
                open.add(next);
                path.push({ name: next, rest: [...(needs.get(next) ?? [])] });
            }
        }
    }
}
