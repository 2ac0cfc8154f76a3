/** Which paths and devices of the host a service sees. */
import { type DraftStatement, statement, text, word } from '../draft.ts';
import type { Located } from '../import-log.ts';
import { itemsOf, textOf, valueAt, type YamlNode } from '../yaml/yaml-node.ts';
import { readFlag } from './compose-values.ts';
import { pathFrom } from './relative-path.ts';
import type { Service, ServicePart } from './service.ts';
import { splitVolume } from './split-volume.ts';

export const serviceStorage: ServicePart = {
    keys: ['volumes', 'devices', 'volumes_from', 'tmpfs', 'use_api_socket'],
    write: (service) => [...volumes(service), ...apiSocket(service), ...devices(service)],
};

interface Volume {
    readonly type: string;
    readonly source?: string;
    readonly target?: string;
    readonly isReadOnly: boolean;
}

/** Of two at one target, the later counts. */
function volumes(service: Service): readonly DraftStatement[] {
    const mounts = new Map<string, DraftStatement>();
    for (const [index, item] of itemsOf(service.value('volumes')).entries()) {
        const place = { at: item.at, path: `${service.place('volumes').path}[${index}]` };
        const volume = readVolume(item, place, service);
        if (volume === undefined) {
            continue;
        }
        if (volume.source === undefined || volume.type === 'tmpfs' || volume.type === 'image') {
            const what = volume.type === 'tmpfs' ? 'memory as a file system' : volume.type === 'image' ? 'files of an image' : 'a volume without a name';
            service.project.log.note(place, 'not-carried-over', `${what}: nobody else sees it`, 'Nothing.');
            mounts.delete(volume.target ?? '');
            continue;
        }
        const source = volume.type === 'bind' ? bindSource(volume.source, item, service) : service.project.volumeOf(volume.source);
        const target = volume.target === undefined ? [] : [text(volume.target)];
        mounts.set(volume.target ?? `${index}`, statement('mount', text(source), ...target, ...(volume.isReadOnly ? [word('ro')] : [])));
    }
    noteAll(service, 'volumes_from', 'the volumes of another service', 'Say mount for each of them.');
    noteAll(service, 'tmpfs', 'memory as a file system: nobody else sees it', 'Nothing; what it takes is memory of the container.');
    return [...mounts.values()];
}

function readVolume(item: YamlNode, place: Located, service: Service): Volume | undefined {
    const short = textOf(item);
    if (short !== undefined) {
        const split = splitVolume(short);
        if (typeof split === 'string') {
            service.unreadable(item, place.path, `${JSON.stringify(short)} is no volume: ${split}`, 'Write one like ./data:/data:ro.');
            return undefined;
        }
        return split;
    }
    const source = textOf(valueAt(item, 'source'));
    const target = textOf(valueAt(item, 'target'));
    return item.kind !== 'map'
        ? undefined
        : {
              type: textOf(valueAt(item, 'type')) ?? 'volume',
              ...(source !== undefined && { source }),
              ...(target !== undefined && { target }),
              isReadOnly: readFlag(textOf(valueAt(item, 'read_only')) ?? 'no') === true,
          };
}

/** A relative path belongs to the directory of the file that says it, and stays relative: nobody knows where the project lies on the host. */
function bindSource(source: string, { at }: YamlNode, service: Service): string {
    if (/^(?:[/~\\]|[A-Za-z]:)/.test(source)) {
        return source;
    }
    const path = pathFrom(service.project.directoryOf(at.file), source);
    return path === '' ? '.' : /^\.\.(?:\/|$)/.test(path) ? path : `./${path}`;
}

/** Docker's own socket, with the credentials of who asks. */
const apiSocket = (service: Service): readonly DraftStatement[] =>
    service.isOn('use_api_socket') ? [statement('mount', text('/var/run/docker.sock'), text('/var/run/docker.sock'))] : [];

function devices(service: Service): readonly DraftStatement[] {
    const paths = itemsOf(service.value('devices')).flatMap((item, index) => {
        const path = textOf(valueAt(item, 'source')) ?? textOf(item)?.split(':')[0] ?? '';
        if (!path.startsWith('/')) {
            const place = { at: item.at, path: `${service.place('devices').path}[${index}]` };
            service.project.log.note(place, 'not-carried-over', `${path || 'this'} is no path of a device`, 'Say device with its path.');
        }
        return path.startsWith('/') ? [path] : [];
    });
    return [...new Set(paths)].map((path) => statement('device', text(path)));
}

function noteAll(service: Service, key: string, what: string, remedy: string): void {
    if (service.value(key) !== undefined) {
        service.note([key], 'not-carried-over', what, remedy);
    }
}
