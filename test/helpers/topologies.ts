/** Topologies of machines of a usual size, with definitions whose costs can be seen, for pictures and comparisons. */
import type { Definitions } from '#simulation/model/definitions.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { bytes, cores, fraction } from '#simulation/model/units.ts';
import * as builder from '../simulation/topology-builder.ts';

export const { GiB, MiB, process } = builder;
export type Sketch = builder.Sketch;

type Says<Kind extends 'host' | 'hypervisor' | 'vm' | 'engine' | 'slice' | 'container'> = Parameters<(typeof builder)[Kind]>[1];
/** `undefined` leaves out what a host says as a rule. */
type SaysOfHost = { readonly [Key in keyof Says<'host'>]: Says<'host'>[Key] | undefined };
const os = { name: 'debian' } as const;

export const host = (name: string, says: SaysOfHost, ...inside: readonly Sketch[]) => {
    const said = Object.entries({ cpu: cores(4), memory: bytes(8 * GiB), os, ...says }).filter(([, value]) => value !== undefined);
    return builder.bareHost(name, Object.fromEntries(said) as Says<'host'>, inside);
};
export const vm = (name: string, says: Says<'vm'>, ...inside: readonly Sketch[]) => builder.vm(name, { vcpus: 2, memory: bytes(2 * GiB), os, ...says }, inside);
export const hypervisor = (type: string, says: Says<'hypervisor'>, ...inside: readonly Sketch[]) => builder.hypervisor(type, says, inside);
export const engine = (type: string, says: Says<'engine'>, ...inside: readonly Sketch[]) => builder.engine(type, says, inside);
export const slice = (name: string, says: Says<'slice'>, ...inside: readonly Sketch[]) => builder.slice(name, says, inside);
export const container = (name: string, says: Says<'container'>, ...inside: readonly Sketch[]) => builder.container(name, says, inside);

export const topologyOf = (...hosts: readonly Sketch[]): Topology => builder.topology(hosts, definitions);

const { engineType, hypervisorType, named, runtimeType } = builder;
const docker = {
    runs: [
        { image: 'linux', on: 'linux' },
        { image: 'linux', on: 'macos' },
    ],
    memory: bytes(80 * MiB),
    memoryPerContainer: bytes(4 * MiB),
} as const;

const definitions: Definitions = {
    operatingSystems: named(
        builder.os('debian', 'linux', 300 * MiB),
        builder.os('ubuntu', 'linux', 300 * MiB),
        builder.os('linux', 'linux', 300 * MiB),
        builder.os('macos', 'macos', 300 * MiB),
        builder.os('windows-server', 'windows', 1.2 * GiB),
    ),
    images: new Map(),
    hypervisorTypes: named(
        hypervisorType('kvm', {
            ownMemory: bytes(40 * MiB),
            memory: { kind: 'formula', base: bytes(60 * MiB), perVcpu: bytes(8 * MiB), perMemory: fraction(0.002) },
            cpu: fraction(0.05),
        }),
    ),
    runtimeTypes: named(
        runtimeType('runc', {}),
        runtimeType('crun', {}),
        runtimeType('gvisor', { class: 'sandbox', memoryPerContainer: bytes(20 * MiB) }),
        runtimeType('kata', { class: 'kernel', memoryPerContainer: bytes(100 * MiB) }),
    ),
    engineTypes: named(engineType('docker', { ...docker, vm: 'when-needed' }), engineType('docker-desktop', { ...docker, vm: 'always' })),
};
