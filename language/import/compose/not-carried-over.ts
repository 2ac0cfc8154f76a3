/** What of a Compose project no text of the language says, and what to write where it matters. */
import type { ImportLog } from '../import-log.ts';
import { entriesOf, isUnknown, valueAt, type YamlMap } from '../yaml/yaml-node.ts';
import type { Service } from './service.ts';

/** Why a key makes no difference to machines, or how to say it by hand. */
const remedies: Readonly<Record<string, string>> = {
    command: 'Describe what it does as a process with its demand.',
    entrypoint: 'Describe what it does as a process with its demand.',
    ports: 'Give a process receive and send, if the traffic matters.',
    expose: 'Give a process receive and send, if the traffic matters.',
    networks: 'Containers of one network count as walled off from each other.',
    healthcheck: 'Give the container a boot with the time until it is healthy.',
    oom_score_adj: 'Give its process oom-score-adj.',
    oom_kill_disable: 'Nothing: memory that is missing is missing.',
    shm_size: 'Count it into the memory of a process.',
    cgroup_parent: 'Put the container into a slice.',
    gpus: 'Give the container a device.',
    platform: 'Give the host the arch, or name an image with one.',
    secrets: 'Mount the file, if who reads it matters.',
    configs: 'Mount the file, if who reads it matters.',
    provider: 'Describe what stands there by hand.',
    storage_opt: 'Give a disk its size.',
    mem_swappiness: 'Nothing: swap is used when memory runs out.',
    cpu_count: 'Say cpu limit; this holds on Windows only.',
    cpu_percent: 'Say cpu limit; this holds on Windows only.',
    cpu_rt_runtime: 'Nothing: real-time scheduling is not modelled.',
    cpu_rt_period: 'Nothing: real-time scheduling is not modelled.',
};
const otherwise = 'Nothing: it makes no difference to who gets what and who is walled off from whom.';

/** Parts of `deploy` that other parts of a service read. */
const readOfDeploy: ReadonlySet<string> = new Set(['replicas', 'resources', 'restart_policy']);

export function noteService(service: Service, read: ReadonlySet<string>): void {
    for (const { key, keyAt, value } of service.node.entries) {
        if (read.has(key) || key.startsWith('x-') || isUnknown(value) || service.value(key) === undefined) {
            continue;
        }
        if (key === 'deploy') {
            noteDeploy(service);
        } else if (key !== 'container_name') {
            service.project.log.note({ at: keyAt, path: service.place(key).path }, 'not-carried-over', key, remedies[key] ?? otherwise);
        }
    }
}

function noteDeploy(service: Service): void {
    for (const { key, keyAt, value } of entriesOf(service.value('deploy'))) {
        if (!readOfDeploy.has(key) && !key.startsWith('x-') && !isUnknown(value)) {
            service.project.log.note({ at: keyAt, path: `${service.place('deploy').path}.${key}` }, 'not-carried-over', key, otherwise);
        }
    }
    for (const key of ['generic_resources', 'devices']) {
        if (service.value('deploy', 'resources', 'reservations', key) !== undefined) {
            service.note(['deploy', 'resources', 'reservations', key], 'not-carried-over', key, 'Give the container a device.');
        }
    }
}

/** What stands beside the services, each kind once. */
export function noteProject(model: YamlMap, log: ImportLog): void {
    for (const { key, keyAt, value } of model.entries) {
        const names = entriesOf(valueAt(model, key)).map((entry) => entry.key);
        if (['networks', 'secrets', 'configs', 'models'].includes(key) && names.length > 0) {
            log.note(
                { at: keyAt, path: key },
                'not-carried-over',
                `${key} ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
                otherwise,
            );
        }
        if (key === 'volumes' && entriesOf(value).some((volume) => valueAt(volume.value, 'driver_opts') !== undefined)) {
            log.note({ at: keyAt, path: key }, 'not-carried-over', 'where volumes are kept', 'Mount the path itself, if it is one of the host.');
        }
    }
}
