/** The volumes of a Pod: directories of the node become mounts, the rest is told. */
import type { Fields } from '../yaml/yaml-fields.ts';
import { readLabel } from './names.ts';

export interface Volume {
    /** Of a `hostPath`. */
    readonly path?: string;
}

/** `claims` are names of volumes that a StatefulSet makes. */
export function readVolumes(spec: Fields, claims: readonly string[]): ReadonlyMap<string, Volume> {
    const volumes = new Map<string, Volume>();
    for (const fields of spec.maps('volumes')) {
        const name = readLabel(fields, 'name', 'A volume');
        if (name === undefined) {
            continue;
        }
        if (volumes.has(name)) {
            fields.refuse(fields.locate('name'), 'name', `A volume before it is called ${name}, too`, 'Give each its own name.');
        }
        volumes.set(name, readVolume(fields, name));
    }
    // A claim takes the place of a volume of its name.
    return new Map([...volumes, ...claims.map((name) => [name, {}] as const)]);
}

function readVolume(fields: Fields, name: string): Volume {
    const host = fields.map('hostPath');
    if (host === undefined) {
        const rest = [...fields.rest()];
        const kind = rest[0]?.key ?? 'emptyDir';
        fields.passOver(...rest.map(({ key }) => key));
        fields.note(fields, 'not-carried-over', `The volume ${name} of kind ${kind}`, 'Nothing to do: only directories of the node are mounts.');
        return {};
    }
    const path = host.text('path');
    host.passOver('type');
    if (path === undefined || path === '') {
        host.refuse(host, 'required', 'A hostPath must have a path', 'Add `path`.');
        return {};
    }
    if (path.split('/').includes('..')) {
        host.refuse(host.locate('path'), 'value', `${JSON.stringify(path.slice(0, 80))} goes up by \`..\``, 'Write the path without it.');
    }
    return { path };
}
