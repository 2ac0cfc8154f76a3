/** Which services a service needs, whether it says so or follows from what it shares, and whether it is active at all. */
import type { ImportPlace } from '../import-log.ts';
import { entriesOf, itemsOf, textOf, valueAt, type YamlMap } from '../yaml/yaml-node.ts';
import { readFlag } from './compose-values.ts';

export interface Dependency {
    readonly name: string;
    readonly condition: string;
    /** Without it nothing works. */
    readonly isRequired: boolean;
    readonly at: ImportPlace;
    readonly key: string;
}

/** Each once; what `depends_on` says counts before what follows from the rest. */
export function dependenciesOf(service: YamlMap): readonly Dependency[] {
    const all = [...declared(service), ...implied(service)];
    return [...new Map(all.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

/** Whether it has no profile, or one that is active. */
export function isActive(service: YamlMap, profiles: ReadonlySet<string>): boolean {
    const own = itemsOf(valueAt(service, 'profiles')).flatMap((item) => textOf(item) ?? []);
    return own.length === 0 || profiles.has('*') || own.some((profile) => profiles.has(profile));
}

function declared(service: YamlMap): readonly Dependency[] {
    const value = valueAt(service, 'depends_on');
    return [
        ...itemsOf(value).map((item) => ({ name: textOf(item) ?? '', condition: 'service_started', isRequired: true, at: item.at, key: 'depends_on' })),
        ...entriesOf(value).map(({ key: name, keyAt, value: how }) => ({
            name,
            condition: textOf(valueAt(how, 'condition')) ?? 'service_started',
            isRequired: readFlag(textOf(valueAt(how, 'required')) ?? 'yes') !== false,
            at: keyAt,
            key: 'depends_on',
        })),
    ];
}

function implied(service: YamlMap): readonly Dependency[] {
    const started = { condition: 'service_started', isRequired: true } as const;
    const ofList = (key: string): readonly Dependency[] =>
        itemsOf(valueAt(service, key)).flatMap((item) => {
            const [name = ''] = textOf(item)?.split(':') ?? [];
            return name === 'container' || name === '' ? [] : [{ name, at: item.at, key, ...started }];
        });
    const ofMode = (key: string): readonly Dependency[] => {
        const value = valueAt(service, key);
        const [, name] = /^service:(.+)$/.exec(textOf(value) ?? '') ?? [];
        return name === undefined || value === undefined ? [] : [{ name, at: value.at, key, ...started }];
    };
    return [...ofList('links'), ...['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap(ofMode), ...ofList('volumes_from')];
}
