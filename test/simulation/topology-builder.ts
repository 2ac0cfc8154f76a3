/** Builds small topologies for the core's tests without any text. */
import type { Definitions, EngineType, HypervisorType, Image, OperatingSystem, RuntimeType } from '#simulation/model/definitions.ts';
import type { Condition } from '#simulation/model/expectation.ts';
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import type { Container, Disk, Element, Engine, Host, Hypervisor, Nic, Pod, Process, Slice, Topology, Vm } from '#simulation/model/topology.ts';
import { bytes, bytesPerSecond, coreSeconds, cores, fraction, seconds } from '#simulation/model/units.ts';

type Given<Kind extends Element> = Partial<Omit<Kind, 'kind' | 'id' | 'parent' | 'children' | 'name'>>;

/** An element that is being described; its children are described in `inside`. */
export interface Sketch {
    readonly element: Omit<Element, 'id' | 'parent' | 'children'>;
    readonly inside: readonly Sketch[];
}

export const GiB = 1024 ** 3;
export const MiB = 1024 ** 2;

const base = (name: string) => ({ name, labels: {}, implicit: false });
const controls = { cpuWeight: 100, cpuReserve: cores(0), memoryReserve: bytes(0), ioWeight: 100, oomGroup: false } as const;
const nothing = {
    cpu: cores(0),
    memory: bytes(0),
    read: bytesPerSecond(0),
    write: bytesPerSecond(0),
    iops: 0,
    receive: bytesPerSecond(0),
    send: bytesPerSecond(0),
    dirty: bytesPerSecond(0),
} as const;

export const host = (name: string, given: Given<Host>, inside: readonly Sketch[] = []): Sketch => {
    const element: Omit<Host, 'id' | 'parent' | 'children'> = { kind: 'host', ...base(name), arch: 'amd64', os: { name: 'linux' }, ...given };
    return { element, inside };
};
/** A host without an operating system. */
export const bareHost = (name: string, given: Given<Host>, inside: readonly Sketch[] = []): Sketch => {
    const element: Omit<Host, 'id' | 'parent' | 'children'> = { kind: 'host', ...base(name), arch: 'amd64', ...given };
    return { element, inside };
};
export const disk = (name: string, given: Given<Disk> = {}): Sketch => {
    const element: Omit<Disk, 'id' | 'parent' | 'children'> = { kind: 'disk', ...base(name), ...given };
    return { element, inside: [] };
};
export const nic = (name: string, given: Given<Nic> = {}): Sketch => {
    const element: Omit<Nic, 'id' | 'parent' | 'children'> = { kind: 'nic', ...base(name), ...given };
    return { element, inside: [] };
};
export const hypervisor = (type: string, given: Given<Hypervisor>, inside: readonly Sketch[]): Sketch => {
    const element: Omit<Hypervisor, 'id' | 'parent' | 'children'> = {
        kind: 'hypervisor',
        ...base(type),
        type,
        overcommitCpu: 1,
        overcommitMemory: 1,
        balloon: false,
        cpuWeight: 100,
        ...given,
    };
    return { element, inside };
};
export const vm = (name: string, given: Given<Vm>, inside: readonly Sketch[] = []): Sketch => {
    const element: Omit<Vm, 'id' | 'parent' | 'children'> = {
        kind: 'vm',
        ...base(name),
        memoryReserve: bytes(0),
        cpuWeight: 100,
        cpuReserve: cores(0),
        nested: false,
        autostart: true,
        restart: 'no',
        hostFailure: 'stay',
        os: { name: 'linux' },
        ...given,
    };
    return { element, inside };
};
export const engine = (type: string, given: Given<Engine>, inside: readonly Sketch[]): Sketch => {
    const element: Omit<Engine, 'id' | 'parent' | 'children'> = { kind: 'engine', ...base(type), type, cpuWeight: 100, ...given };
    return { element, inside };
};
export const slice = (name: string, given: Given<Slice>, inside: readonly Sketch[] = []): Sketch => {
    const element: Omit<Slice, 'id' | 'parent' | 'children'> = { kind: 'slice', ...base(name), ...controls, ...given };
    return { element, inside };
};
export const pod = (name: string, given: Given<Pod>, inside: readonly Sketch[] = []): Sketch => {
    const element: Omit<Pod, 'id' | 'parent' | 'children'> = { kind: 'pod', ...base(name), ...controls, ...given };
    return { element, inside };
};
export const container = (name: string, given: Given<Container>, inside: readonly Sketch[] = []): Sketch => {
    const element: Omit<Container, 'id' | 'parent' | 'children'> = {
        kind: 'container',
        ...base(name),
        ...controls,
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
        ...given,
    };
    return { element, inside };
};
export const process = (name: string, given: Given<Process> = {}): Sketch => {
    const element: Omit<Process, 'id' | 'parent' | 'children'> = {
        kind: 'process',
        ...base(name),
        ...nothing,
        oomScoreAdj: 0,
        autostart: true,
        repeat: 1,
        phases: [],
        ...given,
    };
    return { element, inside: [] };
};

/** A topology of hosts, with definitions that replace those of the same name in `catalog`. */
export function topology(hosts: readonly Sketch[], given: Partial<Definitions> = {}, expectations: readonly Condition[] = []): Topology {
    const elements = new Map<ElementId, Element>();
    const open = hosts.toReversed().map((sketch) => ({ sketch, parent: undefined as ElementId | undefined }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const { sketch, parent } = next;
        const path = (above: ElementId | undefined, name: string) => elementId(above === undefined ? name : `${above}.${name}`);
        const id = path(parent, sketch.element.name);
        const children = sketch.inside.map((child) => path(id, child.element.name));
        elements.set(id, { ...sketch.element, id, children, ...(parent === undefined ? {} : { parent }) } as Element);
        for (const child of sketch.inside.toReversed()) open.push({ sketch: child, parent: id });
    }
    return {
        elements,
        definitions: { ...catalog, ...given },
        scenarios: [],
        policies: [],
        expectations: expectations.map((condition) => ({ text: '…', condition })),
    };
}

const os = (name: string, family: OperatingSystem['family'], memory = 0): OperatingSystem => ({
    name,
    family,
    memory: bytes(memory),
    disk: bytes(0),
    boot: seconds(0),
    bootWork: coreSeconds(0),
});
const image = (name: string, family: Image['family'], size = 0): Image => ({ name, family, archs: [], size: bytes(size) });
const hypervisorType = (name: string, given: Partial<HypervisorType>): HypervisorType => ({
    name,
    class: 'kernel',
    ownMemory: bytes(0),
    memory: { kind: 'formula', base: bytes(0), perVcpu: bytes(0), perMemory: fraction(0) },
    cpu: fraction(0),
    io: fraction(0),
    weightPer: 'vm',
    reserve: 'admission',
    boot: seconds(0),
    bootWork: coreSeconds(0),
    start: seconds(0),
    startWork: coreSeconds(0),
    ...given,
});
const linuxOnLinux = [{ image: 'linux', on: 'linux' }] as const;
const engineType = (name: string, given: Partial<EngineType>): EngineType => ({
    name,
    runs: linuxOnLinux,
    vm: 'never',
    vmMemory: fraction(0.5),
    vmOs: 'linux',
    memory: bytes(0),
    memoryPerContainer: bytes(0),
    runtime: 'runc',
    daemon: true,
    boot: seconds(0),
    start: seconds(0),
    startWork: coreSeconds(0),
    ...given,
});
const runtimeType = (name: string, given: Partial<RuntimeType>): RuntimeType => ({
    name,
    class: 'namespace',
    os: 'linux',
    memoryPerContainer: bytes(0),
    cpu: fraction(0),
    start: seconds(0),
    startWork: coreSeconds(0),
    ...given,
});
const named = <Value extends { readonly name: string }>(...values: readonly Value[]) => new Map(values.map((value) => [value.name, value]));

/** Round figures for tests: nothing costs anything unless a test says so. */
export const catalog: Definitions = {
    operatingSystems: named(os('linux', 'linux'), os('debian', 'linux', GiB / 4), os('windows-server', 'windows', 2 * GiB), os('macos', 'macos', 4 * GiB)),
    images: named(image('nginx', 'linux', 100 * MiB), image('postgres', 'linux', 400 * MiB), image('iis', 'windows', 4 * GiB)),
    hypervisorTypes: named(
        hypervisorType('kvm', {}),
        hypervisorType('esxi', { class: 'native', reserve: 'guaranteed', weightPer: 'vcpu' }),
        hypervisorType('virtualbox', { class: 'hosted' }),
    ),
    engineTypes: named(
        engineType('docker', {
            runs: [...linuxOnLinux, { image: 'windows', on: 'windows' }, { image: 'linux', on: 'windows' }, { image: 'linux', on: 'macos' }],
            vm: 'when-needed',
        }),
        engineType('docker-desktop', {
            runs: [...linuxOnLinux, { image: 'windows', on: 'windows' }, { image: 'linux', on: 'windows' }, { image: 'linux', on: 'macos' }],
            vm: 'always',
        }),
        engineType('lxc', {}),
    ),
    runtimeTypes: named(
        runtimeType('runc', {}),
        runtimeType('crun', {}),
        runtimeType('gvisor', { class: 'sandbox' }),
        runtimeType('kata', { class: 'kernel' }),
    ),
};
export { engineType, hypervisorType, image, named, os, runtimeType };
