/**
 * What a host, a guest or a container shows besides processes: CPUs, memory, host name, interfaces, and whose namespaces it is in.
 *
 * `/proc/meminfo` and `/proc/cpuinfo` belong to the kernel and not to a namespace, so a container sees its machine's whatever its limits are; a CPU
 * set shows in `nproc`, which asks for the CPUs that it may run on. Under LXC the file system lxcfs answers in their place with the container's own
 * figures, and gVisor is a kernel that counts itself. What is inside a container with a kernel of its own depends on the runtime's settings: absent.
 */
import { at, none } from '../model/columns.ts';
import type { Instance } from '../model/instances.ts';
import type { Container, NamespaceKind, Pod, Slice } from '../model/topology.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';
import { type Bytes, bytes } from '../model/units.ts';
import { kernelInstance, namespaceHolder } from './namespace-instances.ts';
import { isSandboxed, namespaceOwner } from './namespaces.ts';
import { powersOf } from './reach/container-powers.ts';
import { isSystemContainer } from './system-containers.ts';

/** `own`, or the path of the element whose namespace it is. */
export type Holder = string;

export interface View {
    /** CPUs that `nproc` counts, and those that /proc/cpuinfo lists. */
    readonly nproc?: number;
    readonly cpuinfo?: number;
    /** `MemTotal` of /proc/meminfo, and with it what `free` shows. */
    readonly memoryTotal?: Bytes;
    readonly hostname: Holder;
    readonly network: Holder;
    readonly interfaces: readonly string[];
    readonly ipc: Holder;
    readonly mount: Holder;
    readonly cgroup: Holder;
    /** Whose user ids they are: in a user namespace of its own, root is an ordinary user to the machine. */
    readonly user: Holder;
}

export function viewFrom(index: TopologyIndex, from: Instance): View {
    const element = index.elements[from.number];
    const { cpus, memory } = machineFigures(index, at(index.kernel, from.number));
    if (element?.kind !== 'container') {
        const own = { hostname: 'own', network: 'own', ipc: 'own', mount: 'own', cgroup: 'own', user: 'own' };
        return { ...given('nproc', cpus), ...given('cpuinfo', cpus), ...given('memoryTotal', memory), ...own, interfaces: interfacesOf(index, from.number) };
    }
    const allowed = cpus === undefined ? undefined : allowedCpus(index, from.number, cpus);
    const countsItself = isSystemContainer(index, from.number) || isSandboxed(index, from.number);
    const limit = memoryLimit(index, from.number);
    const total = countsItself && limit !== undefined ? bytes(Math.min(limit, memory ?? limit)) : memory;
    const holder = (kind: NamespaceKind): Holder => {
        const instance = namespaceHolder(index, from, kind);
        return instance === undefined || instance.path === from.path ? 'own' : instance.path;
    };
    return {
        ...given('nproc', allowed),
        ...given('cpuinfo', countsItself ? allowed : cpus),
        ...given('memoryTotal', total),
        hostname: holder('uts'),
        network: holder('network'),
        interfaces: interfacesOf(index, namespaceOwner(index, from.number, 'network')),
        ipc: holder('ipc'),
        mount: holder('mount'),
        cgroup: holder('cgroup'),
        user: userHolder(index, from, holder),
    };
}

/** CPUs and memory of the machine under a kernel; none where they are unknown. */
function machineFigures(index: TopologyIndex, kernel: number): { readonly cpus: number | undefined; readonly memory: Bytes | undefined } {
    const machine = index.elements[kernel];
    const cpus = machine?.kind === 'host' ? machine.cpu : machine?.kind === 'vm' ? machine.vcpus : undefined;
    const memory = machine?.kind === 'host' || machine?.kind === 'vm' ? machine.memory : undefined;
    return { cpus: cpus === undefined ? undefined : Math.ceil(cpus), memory };
}

/** CPUs in every CPU set from a container up to its kernel. A CPU limit is no set, and shows nowhere. */
function allowedCpus(index: TopologyIndex, number: number, cpus: number): number {
    let allowed: readonly number[] | undefined;
    for (const group of groupsAround(index, number)) {
        const set = group.cpuSet?.filter((cpu) => cpu < cpus);
        if (set !== undefined) allowed = allowed === undefined ? set : allowed.filter((cpu) => set.includes(cpu));
    }
    return allowed?.length ?? cpus;
}

/** The tightest memory limit from a container up to its kernel. */
function memoryLimit(index: TopologyIndex, number: number): Bytes | undefined {
    const limits = groupsAround(index, number).flatMap((group) => group.memoryLimit ?? []);
    return limits.length === 0 ? undefined : bytes(Math.min(...limits));
}

function groupsAround(index: TopologyIndex, number: number): readonly (Container | Pod | Slice)[] {
    const groups: (Container | Pod | Slice)[] = [];
    for (let step = number; step !== none; step = at(index.carrier, step)) {
        const group = elementAt(index, step, 'container') ?? elementAt(index, step, 'pod') ?? elementAt(index, step, 'slice');
        if (group !== undefined) groups.push(group);
    }
    return groups;
}

/** Loopback, and what the owner of a network namespace is connected by: a host's NICs, a guest's or container's one. */
function interfacesOf(index: TopologyIndex, owner: number): readonly string[] {
    const element = index.elements[owner];
    if (element?.kind !== 'host') return ['lo', 'eth0'];
    return ['lo', ...element.children.flatMap((id) => elementAt(index, index.numbers.get(id) ?? none, 'nic')?.name ?? [])];
}

/** User ids are the kernel's unless a user namespace was asked for, or the engine makes one. */
function userHolder(index: TopologyIndex, from: Instance, holder: (kind: NamespaceKind) => Holder): Holder {
    const isSeparate = powersOf(index, from.number)?.hasUserNamespace === true || isSandboxed(index, from.number);
    if (isSeparate || at(index.kernel, from.number) === from.number) return holder('user');
    return kernelInstance(index, from)?.path ?? 'own';
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [Name in Key]?: Value } {
    return (value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: Value };
}
