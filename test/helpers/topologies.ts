/** Topologies made by hand, with every statement that a test does not name at its default. */

import type { Definitions } from '#simulation/model/definitions.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Container, Element, Engine, Host, Hypervisor, Process, Slice, Topology, Vm } from '#simulation/model/topology.ts';
import { bytes, bytesPerSecond, coreSeconds, cores, fraction, seconds } from '#simulation/model/units.ts';

export const MiB = 2 ** 20;
export const GiB = 2 ** 30;

/** An element before it has a place: its kind, its name, what is said of it, and what stands in it. */
export interface Sketch {
    readonly kind: Element['kind'];
    readonly name: string;
    readonly says: Readonly<Record<string, unknown>>;
    readonly inside: readonly Sketch[];
}

const sketch =
    (kind: Element['kind']) =>
    (name: string, says: Readonly<Record<string, unknown>>, ...inside: readonly Sketch[]): Sketch => ({ kind, name, says, inside });
export const host = sketch('host');
export const hypervisor = sketch('hypervisor');
export const vm = sketch('vm');
export const engine = sketch('engine');
export const slice = sketch('slice');
export const container = sketch('container');
export const process = sketch('process');

export function topologyOf(...hosts: readonly Sketch[]): Topology {
    const elements = new Map<Element['id'], Element>();
    const pending: { readonly sketch: Sketch; readonly parent?: Element['id'] }[] = [...hosts].reverse().map((root) => ({ sketch: root }));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        const { parent, sketch: current } = next;
        const id = elementId(parent === undefined ? current.name : `${parent}.${current.name}`);
        const base = {
            kind: current.kind,
            id,
            name: current.name,
            labels: {},
            implicit: false,
            ...(parent === undefined ? {} : { parent }),
            children: current.inside.map((child) => elementId(`${id}.${child.name}`)),
        };
        // The sketch's own statements are typed by what the test writes; the rest is this file's business.
        elements.set(id, { ...base, ...statementsOf(current), ...current.says } as unknown as Element);
        pending.push(...[...current.inside].reverse().map((child) => ({ sketch: child, parent: id })));
    }
    return { elements, definitions: definitions(), expectations: [], scenarios: [], policies: [] };
}

type Statements<Kind extends Element> = Partial<Omit<Kind, 'kind' | 'id' | 'name' | 'parent' | 'children' | 'labels' | 'implicit'>>;

function statementsOf(sketched: Sketch): object {
    const group = { cpuWeight: 100, cpuReserve: cores(0), memoryReserve: bytes(0), ioWeight: 100, oomGroup: false } satisfies Statements<Slice>;
    switch (sketched.kind) {
        case 'host':
            return { cpu: cores(4), memory: bytes(8 * GiB), arch: 'amd64', os: { name: 'debian' } } satisfies Statements<Host>;
        case 'hypervisor':
            return { type: sketched.name, overcommitCpu: 1, overcommitMemory: 1, balloon: false, cpuWeight: 100 } satisfies Statements<Hypervisor>;
        case 'vm':
            return {
                vcpus: 2,
                memory: bytes(2 * GiB),
                memoryReserve: bytes(0),
                cpuWeight: 100,
                cpuReserve: cores(0),
                os: { name: 'debian' },
                nested: false,
                autostart: true,
                restart: 'no',
                hostFailure: 'stay',
            } satisfies Statements<Vm>;
        case 'engine':
            return { type: sketched.name, cpuWeight: 100 } satisfies Statements<Engine>;
        case 'container':
            return {
                ...group,
                memorySwap: bytes(0),
                namespaces: {},
                privileged: false,
                capabilitiesAdded: [],
                capabilitiesDropped: [],
                user: 'root',
                seccomp: 'default',
                readOnly: false,
                noNewPrivileges: false,
                mounts: [],
                devices: [],
                autostart: true,
                restart: 'no',
                after: [],
            } satisfies Statements<Container>;
        case 'process':
            return {
                cpu: cores(0),
                memory: bytes(0),
                read: bytesPerSecond(0),
                write: bytesPerSecond(0),
                iops: 0,
                receive: bytesPerSecond(0),
                send: bytesPerSecond(0),
                dirty: bytesPerSecond(0),
                oomScoreAdj: 0,
                autostart: true,
                repeat: 1,
                phases: [],
            } satisfies Statements<Process>;
        default:
            return group;
    }
}

function definitions(): Definitions {
    const none = { boot: seconds(0), bootWork: coreSeconds(0) };
    return {
        operatingSystems: new Map(
            (['debian', 'ubuntu', 'linux', 'macos', 'windows-server'] as const).map((name) => [
                name,
                {
                    name,
                    family: name === 'macos' ? 'macos' : name === 'windows-server' ? 'windows' : 'linux',
                    memory: bytes(name === 'windows-server' ? 1.2 * GiB : 300 * MiB),
                    disk: bytes(0),
                    ...none,
                },
            ]),
        ),
        images: new Map(),
        hypervisorTypes: new Map([
            [
                'kvm',
                {
                    name: 'kvm',
                    class: 'kernel',
                    ownMemory: bytes(40 * MiB),
                    memory: { kind: 'formula', base: bytes(60 * MiB), perVcpu: bytes(8 * MiB), perMemory: fraction(0.002) },
                    cpu: fraction(0.05),
                    io: fraction(0),
                    weightPer: 'vm',
                    reserve: 'admission',
                    start: seconds(0),
                    startWork: coreSeconds(0),
                    ...none,
                },
            ],
        ]),
        runtimeTypes: new Map(
            (['runc', 'crun', 'gvisor', 'kata'] as const).map((name) => [
                name,
                {
                    name,
                    class: name === 'gvisor' ? 'sandbox' : name === 'kata' ? 'kernel' : 'namespace',
                    os: 'linux',
                    memoryPerContainer: bytes(name === 'gvisor' ? 20 * MiB : name === 'kata' ? 100 * MiB : 0),
                    cpu: fraction(0),
                    start: seconds(0),
                    startWork: coreSeconds(0),
                },
            ]),
        ),
        engineTypes: new Map(
            (['docker', 'docker-desktop'] as const).map((name) => [
                name,
                {
                    name,
                    runs: [
                        { image: 'linux', on: 'linux' },
                        { image: 'linux', on: 'macos' },
                    ],
                    vm: name === 'docker' ? 'when-needed' : 'always',
                    vmMemory: fraction(0.5),
                    vmOs: 'linux',
                    memory: bytes(80 * MiB),
                    memoryPerContainer: bytes(4 * MiB),
                    runtime: 'runc',
                    daemon: true,
                    start: seconds(0),
                    startWork: coreSeconds(0),
                    ...none,
                },
            ]),
        ),
    };
}
