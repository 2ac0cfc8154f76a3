/** Topologies that between them show everything the Strata view can draw. */

import type { Topology } from '#simulation/model/topology.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { container, engine, GiB, host, hypervisor, MiB, process, slice, topologyOf, vm } from '../helpers/topologies.ts';

const web = process('web', { cpu: cores(0.4), memory: bytes(180 * MiB) });
const api = process('api', { cpu: cores(0.8), memory: bytes(350 * MiB) });
const db = process('db', { cpu: cores(0.6), memory: bytes(600 * MiB) });
const services = [container('web', {}, web), container('api', {}, api), container('db', {}, db)];
const transcode = process('transcode', { cpu: cores(8), memory: bytes(GiB), threads: 8 });
const serve = process('serve', { cpu: cores(2.5), memory: bytes(500 * MiB), threads: 4 });

export const gallery: Readonly<Record<string, Topology>> = {
    'docker-vs-vm': topologyOf(
        host('bare-web', {}, web),
        host('bare-api', {}, api),
        host('bare-db', {}, db),
        host('vms', {}, hypervisor('kvm', { overcommitCpu: 2 }, vm('web-guest', {}, web), vm('api-guest', {}, api), vm('db-guest', {}, db))),
        host('containers', {}, engine('docker', {}, ...services)),
        host('mac', { cpu: cores(8), memory: bytes(16 * GiB), os: { name: 'macos' } }, engine('docker', {}, ...services)),
    ),
    noisy: topologyOf(
        host('by-threads', {}, transcode, serve),
        host('by-groups', {}, engine('docker', {}, container('noisy', {}, transcode), container('quiet', {}, serve))),
        host('by-limit', {}, engine('docker', {}, container('noisy', { cpuLimit: cores(1.5) }, transcode), container('quiet', {}, serve))),
        host('by-vm', {}, hypervisor('kvm', {}, vm('noisy', { vcpus: 4 }, transcode), vm('quiet', { vcpus: 4 }, serve))),
    ),
    shop: topologyOf(
        host(
            'rack1',
            { cpu: cores(16), memory: bytes(64 * GiB), os: { name: 'ubuntu' } },
            hypervisor(
                'kvm',
                {},
                vm(
                    'db',
                    { vcpus: 4, memory: bytes(16 * GiB) },
                    engine(
                        'docker',
                        {},
                        container(
                            'postgres',
                            { cpuLimit: cores(2), memoryLimit: bytes(8 * GiB) },
                            process('server', { cpu: cores(1.5), memory: bytes(6 * GiB), threads: 8 }),
                        ),
                    ),
                ),
                vm(
                    'legacy',
                    { vcpus: 2, memory: bytes(8 * GiB), os: { name: 'windows-server' } },
                    process('erp', { cpu: cores(0.7), memory: bytes(2.5 * GiB) }),
                ),
            ),
            engine(
                'docker',
                {},
                container(
                    'web',
                    { replicas: 3, cpuLimit: cores(0.5), memoryLimit: bytes(256 * MiB) },
                    process('nginx', { cpu: cores(0.4), memory: bytes(120 * MiB), threads: 2 }),
                ),
                container('cache', {}),
            ),
        ),
    ),
    'too-much': topologyOf(
        host(
            'rack',
            { cpu: cores(8), memory: bytes(16 * GiB) },
            hypervisor(
                'kvm',
                { overcommitMemory: 2 },
                vm('a', { memory: bytes(8 * GiB) }, process('x', { cpu: cores(1), memory: bytes(2 * GiB) })),
                vm('b', { memory: bytes(8 * GiB) }, process('x', { cpu: cores(5), memory: bytes(9 * GiB), threads: 5 })),
                vm('c', { memory: bytes(6 * GiB) }, process('x', { cpu: cores(1), memory: bytes(2 * GiB) })),
            ),
        ),
        host(
            'small',
            { replicas: 40 },
            engine(
                'docker',
                {},
                slice(
                    'batch',
                    { cpuLimit: cores(1) },
                    container('job', { replicas: 12, memoryLimit: bytes(100 * MiB) }, process('run', { cpu: cores(0.5), memory: bytes(150 * MiB) })),
                ),
                container('front', { autostart: false }, process('x', { cpu: cores(0.5), memory: bytes(150 * MiB) })),
            ),
        ),
    ),
    many: topologyOf(
        host(
            'big',
            { cpu: cores(64), memory: bytes(256 * GiB) },
            engine(
                'docker',
                {},
                ...Array.from({ length: 300 }, (_, index) =>
                    container(`c${index}`, {}, process('p', { cpu: cores(0.05 + (index % 7) / 20), memory: bytes((50 + (index % 11) * 40) * MiB) })),
                ),
            ),
        ),
    ),
};
