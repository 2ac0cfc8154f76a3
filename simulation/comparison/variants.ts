/** Builds, for each way, the topology that runs a number of copies of the selected workloads on copies of the given host. */
import type { Definitions, Image, OsFamily } from '../model/definitions.ts';
import { type ElementId, elementId } from '../model/ids.ts';
import type { Container, Disk, Element, Engine, Host, Hypervisor, Nic, Process, Slice, Topology, Vm } from '../model/topology.ts';
import { bytes, cores } from '../model/units.ts';
import { processDemand } from '../resources/cpu-forest.ts';
import { workingSet } from '../resources/memory.ts';
import type { WayName } from './comparison.ts';
import { type Draft, plant, uproot } from './plant.ts';
import type { Unit } from './selection.ts';

/** What every way is built from. */
export interface Ground {
    readonly host: Host;
    readonly devices: readonly (Disk | Nic)[];
    /** The hypervisor and the engine that the given host has, or the usual ones. */
    readonly hypervisor: Draft['element'] & { readonly kind: 'hypervisor' };
    readonly engine: Draft['element'] & { readonly kind: 'engine' };
    readonly definitions: Definitions;
}

/** A topology, and what stands in it for each workload: replicas of that root are the workload's. */
export interface Variant {
    readonly topology: Topology;
    /** By workload, in order: the replicated root, and the element that the figures of the workload are read from. */
    readonly places: readonly { readonly root: ElementId; readonly workload: ElementId }[];
}

export function buildVariant(way: WayName, units: readonly Unit[], ground: Ground, copies: number): Variant {
    switch (way) {
        case 'bare':
            return bareHosts(units, ground, copies);
        case 'vms':
            return onHypervisor(units, ground, copies, { hypervisor: ground.hypervisor });
        case 'firecracker':
            return onHypervisor(units, ground, copies, { hypervisor: hypervisorDraft('firecracker', ground.hypervisor), os: microSystem });
        case 'containers':
            return inContainers(units, ground, copies, sharedRuntime(ground));
        case 'gvisor':
        case 'kata':
            return inContainers(units, ground, copies, way);
        default:
            return way satisfies never;
    }
}

/** The devices, hypervisor and engine of the host under the first workload (an engine that carries a workload before others); what it lacks is the usual of its system. */
export function groundOf(topology: Topology, units: readonly [Unit, ...Unit[]], definitions: Definitions): Ground {
    const { host } = units[0];
    const carriers = units.flatMap((unit) => ancestors(topology, unit.element));
    const children = host.children.flatMap((child) => topology.elements.get(child) ?? []);
    const isOn = (element: { readonly parent?: ElementId }): boolean => element.parent === host.id;
    const hypervisor = [...carriers, ...children].find((element): element is Hypervisor => element.kind === 'hypervisor' && isOn(element));
    const engine = [...carriers, ...children].find((element): element is Engine => element.kind === 'engine');
    const family = (host.os === undefined ? undefined : definitions.operatingSystems.get(host.os.name)?.family) ?? 'linux';
    return {
        host,
        devices: children.filter((child): child is Disk | Nic => child.kind === 'disk' || child.kind === 'nic'),
        hypervisor: hypervisor === undefined ? hypervisorDraft(usualHypervisors[family]) : uproot(hypervisor),
        engine: engine === undefined ? engineDraft : uproot(engine),
        definitions,
    };
}

/** The smallest system of the catalog: what micro-VMs boot. */
export const microSystem = 'linux';
/** Names of the catalog; their figures stand there. */
const usualHypervisors: Readonly<Record<OsFamily, string>> = {
    linux: 'kvm',
    windows: 'hyper-v',
    macos: 'virtualbox',
    freebsd: 'virtualbox',
    other: 'virtualbox',
};
const engineDraft = { kind: 'engine', name: 'docker', type: 'docker', labels: {}, implicit: false, cpuWeight: 100 } as const;

/** A hypervisor of a type, with the promises that another allows. */
function hypervisorDraft(type: string, like?: Ground['hypervisor']): Ground['hypervisor'] {
    const { overcommitCpu = 1, overcommitMemory = 1, balloon = false, cpuWeight = 100 } = like ?? {};
    return { kind: 'hypervisor', name: type, type, labels: {}, implicit: false, overcommitCpu, overcommitMemory, balloon, cpuWeight };
}

/** The engine's own runtime where containers share a kernel under it, else runc. */
function sharedRuntime({ engine, definitions }: Ground): string {
    const name = engine.runtime ?? definitions.engineTypes.get(engine.type)?.runtime ?? 'runc';
    return definitions.runtimeTypes.get(name)?.class === 'namespace' ? name : 'runc';
}

function bareHosts(units: readonly Unit[], ground: Ground, copies: number): Variant {
    const hosts = units.map((unit) => hostDraft(ground, { name: unit.name, os: unit.os, replicas: unit.replicas * copies }, onMachine(unit, 'host')));
    return {
        topology: plant(hosts, ground.definitions),
        places: units.map((unit) => ({ root: elementId(unit.name), workload: elementId([unit.name, ...pathOnMachine(unit)].join('.')) })),
    };
}

function onHypervisor(
    units: readonly Unit[],
    ground: Ground,
    copies: number,
    { hypervisor, os }: { readonly hypervisor: Ground['hypervisor']; readonly os?: string },
): Variant {
    const isNative = ground.definitions.hypervisorTypes.get(hypervisor.type)?.class === 'native';
    const vms = units.map((unit) => vmDraft(unit, ground.definitions, os === undefined ? unit.os : { name: os }, copies));
    const host = hostDraft(ground, isNative ? {} : { os: ground.host.os ?? firstSystem(units) }, [{ element: hypervisor, inside: vms }]);
    const base = [ground.host.name, hypervisor.name];
    return {
        topology: plant([host], ground.definitions),
        places: units.map((unit) => ({
            root: elementId([...base, unit.name].join('.')),
            workload: elementId([...base, unit.name, ...pathOnMachine(unit)].join('.')),
        })),
    };
}

function inContainers(units: readonly Unit[], ground: Ground, copies: number, runtime: string): Variant {
    const { runtime: _, ...engine } = ground.engine;
    const containers = units.map((unit) => containerDraft(unit, runtime, copies));
    const host = hostDraft(ground, { os: ground.host.os ?? firstSystem(units) }, [{ element: engine, inside: containers }]);
    const path = (unit: Unit): ElementId => elementId([ground.host.name, engine.name, unit.name].join('.'));
    return {
        topology: plant([host], { ...ground.definitions, images: withFamilyImages(ground.definitions.images) }),
        places: units.map((unit) => ({ root: path(unit), workload: path(unit) })),
    };
}

const firstSystem = (units: readonly Unit[]): NonNullable<Host['os']> => units[0]?.os ?? { name: microSystem };

function hostDraft(ground: Ground, given: Partial<Pick<Host, 'name' | 'os' | 'replicas'>>, inside: readonly Draft[]): Draft {
    const { replicas: _replicas, os: _os, ...host } = uproot(ground.host);
    const taken = new Set(inside.map(({ element }) => element.name));
    const devices = ground.devices.map((device): Draft => ({ element: { ...uproot(device), name: unlike(device.name, taken) }, inside: [] }));
    return { element: { ...host, ...given }, inside: [...devices, ...inside] };
}

/** A VM as large as the one the workload has to itself, else just large enough: whole vCPUs for what it wants, memory for its limit or working set and the system. */
function vmDraft(unit: Unit, definitions: Definitions, os: NonNullable<Vm['os']>, copies: number): Draft {
    const own = unit.vm === undefined ? { ...vmDefaults, ...enoughFor(unit, definitions.operatingSystems.get(os.name)?.memory ?? 0) } : uproot(unit.vm);
    return { element: { ...own, name: unit.name, os, replicas: unit.replicas * copies, autostart: true }, inside: onMachine(unit, 'vm') };
}

const vmDefaults = {
    kind: 'vm',
    labels: {},
    implicit: false,
    memoryReserve: bytes(0),
    cpuWeight: 100,
    cpuReserve: cores(0),
    nested: false,
    autostart: true,
    restart: 'no',
    hostFailure: 'stay',
} as const;

/** Nothing where nobody says what the workload uses. */
function enoughFor({ processes, container, isKnown }: Unit, system: number): Pick<Vm, 'vcpus' | 'memory'> {
    if (!isKnown) return container?.memoryLimit === undefined ? {} : { memory: bytes(container.memoryLimit + system) };
    let wanted = 0;
    let held = 0;
    for (const process of processes) {
        wanted += (process.replicas ?? 1) * processDemand(process).demand;
        held += (process.replicas ?? 1) * workingSet(process);
    }
    const allowed = Math.min(wanted, container?.cpuLimit ?? Infinity, container?.cpuSet?.length ?? Infinity);
    return { vcpus: Math.max(1, Math.ceil(allowed)), memory: bytes((container?.memoryLimit ?? held) + system) };
}

/** A process as it is; of a container its processes, under the same limits, which a machine without containers sets on a slice. */
function onMachine(unit: Unit, machine: 'host' | 'vm'): readonly Draft[] {
    const processes = unit.processes.map(processDraft);
    if (unit.container === undefined) return processes;
    const { cpuSet, ...controls } = controlsOf(unit.container);
    // The numbers of a set are the host's CPUs and mean nothing in a guest, which is given as many as the set has.
    const set = machine === 'host' && cpuSet !== undefined ? { cpuSet } : {};
    return [{ element: { kind: 'slice', name: sliceName, labels: {}, implicit: false, ...controls, ...set }, inside: processes }];
}

const sliceName = 'service';

function pathOnMachine({ container, processes }: Unit): readonly string[] {
    const [first] = processes;
    return [...(container === undefined ? [] : [sliceName]), ...(first === undefined ? [] : [first.name])];
}

function containerDraft(unit: Unit, runtime: string, copies: number): Draft {
    const image = unit.container?.image ?? (unit.family === 'linux' ? undefined : { reference: 'what it consists of', definition: familyImage(unit.family) });
    return {
        element: {
            ...containerDefaults,
            ...(unit.container === undefined ? plainControls : controlsOf(unit.container)),
            ...(unit.container?.boot === undefined ? {} : { boot: unit.container.boot }),
            name: unit.name,
            ...(image === undefined ? {} : { image }),
            autostart: unit.container?.autostart ?? true,
            runtime,
            replicas: unit.replicas * copies,
        },
        inside: unit.processes.map(processDraft),
    };
}

/** What a container opens by itself (privileges, mounts, shared namespaces) is left out: it would be the same in every way that has containers. */
const containerDefaults = {
    kind: 'container',
    labels: {},
    implicit: false,
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
    restart: 'no',
    after: [],
} as const;

type Controls = Omit<Slice, 'kind' | 'id' | 'name' | 'parent' | 'children' | 'replicas' | 'labels' | 'implicit'>;

const plainControls: Controls = { cpuWeight: 100, cpuReserve: cores(0), memoryReserve: bytes(0), ioWeight: 100, oomGroup: false };

function controlsOf(container: Container): Controls {
    const { cpuWeight, cpuReserve, cpuLimit, cpuSet, memoryLimit, memoryReserve, pidsLimit, ioWeight, ioLimit, oomGroup } = container;
    return {
        ...{ cpuWeight, cpuReserve, memoryReserve, ioWeight, oomGroup },
        ...(cpuLimit === undefined ? {} : { cpuLimit }),
        ...(cpuSet === undefined ? {} : { cpuSet }),
        ...(memoryLimit === undefined ? {} : { memoryLimit }),
        ...(pidsLimit === undefined ? {} : { pidsLimit }),
        ...(ioLimit === undefined ? {} : { ioLimit }),
    };
}

/** Without the disk it names, which stays where it is: the first in reach takes its place. */
function processDraft(process: Process): Draft {
    const { disk: _, ...rest } = uproot(process);
    return { element: rest, inside: [] };
}

/** Images for what was no image before: they say which kernel is needed, and take no space. */
function withFamilyImages(images: Definitions['images']): Definitions['images'] {
    const families: readonly OsFamily[] = ['windows', 'macos', 'freebsd', 'other'];
    const added = families.map((family): Image => ({ name: familyImage(family), family, archs: [], size: bytes(0) }));
    return new Map([...images, ...added.map((image) => [image.name, image] as const)]);
}

/** No name that a text can give. */
const familyImage = (family: OsFamily): string => `any ${family} program`;

function ancestors(topology: Topology, id: ElementId): readonly Element[] {
    const chain: Element[] = [];
    const parentOf = ({ parent }: Element): Element | undefined => (parent === undefined ? undefined : topology.elements.get(parent));
    for (let element = topology.elements.get(id); element !== undefined; element = parentOf(element)) chain.push(element);
    return chain;
}

function unlike(name: string, taken: ReadonlySet<string>): string {
    let free = name;
    while (taken.has(free)) free += '_';
    return free;
}
