/** Whose view of processes, network and names a service shares. */
import { type DraftStatement, reference, statement, word } from '../draft.ts';
import type { Service, ServicePart } from './service.ts';

const kinds = [
    { key: 'pid', namespace: 'pid' },
    { key: 'network_mode', namespace: 'network' },
    { key: 'ipc', namespace: 'ipc' },
    { key: 'uts', namespace: 'uts' },
    { key: 'userns_mode', namespace: 'user' },
    { key: 'cgroup', namespace: 'cgroup' },
] as const;

/** What leaves a namespace the container's own. `none` has no network at all, `shareable` lets others join. */
const own: ReadonlySet<string> = new Set(['private', 'none', 'bridge', 'default', 'shareable']);

export const serviceNamespaces: ServicePart = {
    keys: kinds.map(({ key }) => key),
    write: (service) => kinds.flatMap(({ key, namespace }) => shared(service, key, namespace)),
};

function shared(service: Service, key: string, namespace: string): readonly DraftStatement[] {
    const mode = service.text(key);
    const name = `namespace ${namespace}`;
    if (mode === undefined || own.has(mode)) {
        return [];
    }
    if (mode === 'host') {
        return [statement(name, word('host'))];
    }
    const [, other] = /^service:(.+)$/.exec(mode) ?? [];
    const target = other === undefined ? undefined : service.project.keyOf(other);
    if (target !== undefined) {
        return [statement(name, reference(target))];
    }
    service.note([key], 'not-carried-over', `${mode} is not described here`, `Say ${name} with the container whose namespace it shares.`);
    return [];
}
