/**
 * Turns the disk and network use of a host's processes into a contest that the solver can fill.
 *
 * A process uses its `disk`, else the first disk of the machine that it runs on, or of the nearest machine below that has one. A VM's disks
 * stand on the first disk of what carries it, and so on down to the host: each disk on the way is a resource that is shared by weight. Traffic goes through the host's first NIC, which carries its bandwidth in each direction. Each hypervisor on the way
 * makes a guest's use cost (1 + io) times as much below. A group's `io limit` bounds the bytes of all disks together.
 * Weights: `io weight` of slices, pods and containers; 100 for every process, VM, hypervisor and engine. A native hypervisor is no group.
 */
import { at, listAt, none } from '../model/columns.ts';
import type { Process } from '../model/topology.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';
import type { Contest, Resource } from '../solver/joint-shares.ts';
import { hypervisorTypeOf, isNative } from './cpu-forest.ts';

/** What a process would use: the peak of each over its phases. */
export interface IoDemand {
    /** Read and written, a second. */
    readonly bytes: number;
    readonly iops: number;
    readonly receive: number;
    readonly send: number;
}

/** What bounds a resource: a statement of a disk or a group, or a direction of a NIC. */
export type IoBound = 'bandwidth' | 'iops' | 'receive' | 'send' | 'io limit';

export interface BoundedElement {
    readonly element: number;
    readonly by: IoBound;
}

/** A disk or NIC that a process's bytes go over, with the copies of the process behind one copy of the device. */
export interface Passage {
    readonly device: number;
    readonly process: number;
    readonly copies: number;
}

/** The processes of one copy of a host. */
export interface HostContest {
    readonly host: number;
    /** By user: the process. */
    readonly processes: readonly number[];
    /** By resource: whose it is. */
    readonly bounded: readonly BoundedElement[];
    readonly passages: readonly Passage[];
    readonly contest: Contest;
}

/** Figures beyond this are taken for this, so that sums of products stay finite. */
const largest = 1e60;
const defaultWeight = 100;
const bounded = (value: number) => Math.min(Math.max(value, 0), largest);

export function ioDemand(process: Process): IoDemand {
    const peak = { bytes: 0, iops: 0, receive: 0, send: 0 };
    for (const stretch of process.phases.length === 0 ? [process] : process.phases) {
        peak.bytes = Math.max(peak.bytes, bounded(bounded(stretch.read) + bounded(stretch.write)));
        peak.iops = Math.max(peak.iops, bounded(stretch.iops));
        peak.receive = Math.max(peak.receive, bounded(stretch.receive));
        peak.send = Math.max(peak.send, bounded(stretch.send));
    }
    return peak;
}

/** One contest for each host on which something uses a disk or a network. `caps` has the most that each process may advance. */
export function hostContests(index: TopologyIndex, caps: Float64Array): readonly HostContest[] {
    const byHost = new Map<number, number[]>();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind !== 'process' || at(index.running, number) === 0 || at(index.multiplicity, number) === 0) continue;
        const { bytes, iops, receive, send } = ioDemand(element);
        if (Math.max(bytes, iops, receive, send) === 0) continue;
        const list = byHost.get(at(index.host, number));
        if (list === undefined) byHost.set(at(index.host, number), [number]);
        else list.push(number);
    }
    return Array.from(byHost, ([host, processes]) => contestOf(index, host, processes, caps));
}

/** Resources while they are collected. */
interface Draft {
    readonly passages: Passage[];
    readonly resources: Map<string, DraftedResource>;
}

interface DraftedResource {
    readonly owner: BoundedElement;
    /** The element whose members share it. */
    readonly within: number;
    readonly capacity: number;
    readonly users: number[];
    readonly uses: number[];
    readonly copies: number[];
}

function contestOf(index: TopologyIndex, host: number, processes: readonly number[], caps: Float64Array): HostContest {
    const draft: Draft = { passages: [], resources: new Map() };
    for (const [user, number] of processes.entries()) enter(index, draft, user, number);
    const drafted = [...draft.resources.values()];
    const { nodes, ...tree } = treeOf(index, processes);
    const resources = drafted.map(
        ({ within, capacity, users, uses, copies }): Resource => ({ owner: nodes.get(within) ?? none, capacity, users, uses, copies }),
    );
    return {
        host,
        processes,
        bounded: drafted.map(({ owner }) => owner),
        passages: draft.passages,
        contest: { cap: Float64Array.from(processes, (number) => at(caps, number)), ...tree, resources },
    };
}

/** One element on the way of a process's uses down to the host. */
interface Stop {
    readonly element: number;
    /** What one unit at the process costs here. */
    readonly cost: number;
    /** Copies of the process under one copy of the element. */
    readonly copies: number;
    /** The disk that is used on this machine; below 0 for none. */
    readonly disk: number;
}

/** From a process's carrier to its host. */
function routeOf(index: TopologyIndex, number: number): readonly Stop[] {
    const named = elementAt(index, number, 'process')?.disk;
    const wanted = named === undefined ? none : (index.numbers.get(named) ?? none);
    const stops: Stop[] = [];
    let isStored = wanted === none;
    let cost = 1;
    let copies = at(index.count, number);
    for (let element = at(index.carrier, number); element !== none; element = at(index.carrier, element)) {
        const kind = index.elements[element]?.kind;
        const isMachine = kind === 'host' || kind === 'vm';
        const isNamed = wanted !== none && at(index.carrier, wanted) === element;
        isStored ||= isNamed;
        stops.push({ element, cost, copies, disk: isNamed ? wanted : isMachine && isStored ? firstOf(index, element, 'disk') : none });
        if (kind === 'vm') cost = Math.min(cost * (1 + bounded(hypervisorTypeOf(index, element)?.io ?? 0)), largest);
        copies = Math.min(copies * at(index.count, element), largest);
    }
    return stops;
}

/** Enters a process's uses at everything that bounds them. */
function enter(index: TopologyIndex, draft: Draft, user: number, number: number): void {
    const process = elementAt(index, number, 'process');
    if (process === undefined) return;
    const { bytes, iops, receive, send } = ioDemand(process);
    for (const { element, cost, copies, disk } of routeOf(index, number)) {
        const group = index.elements[element];
        const store = elementAt(index, disk, 'disk');
        const use = (owner: BoundedElement, capacity: number | undefined, amount: number) =>
            take(draft, { owner, within: element, capacity }, { user, use: bounded(amount * cost), copies });
        if (group !== undefined && 'ioLimit' in group) use({ element, by: 'io limit' }, group.ioLimit, bytes);
        if (disk !== none) draft.passages.push({ device: disk, process: number, copies });
        use({ element: disk, by: 'bandwidth' }, store?.bandwidth, bytes);
        use({ element: disk, by: 'iops' }, store?.iops, iops);
        if (group?.kind !== 'host') continue;
        const nic = firstOf(index, element, 'nic');
        const bandwidth = elementAt(index, nic, 'nic')?.bandwidth;
        if (nic !== none) draft.passages.push({ device: nic, process: number, copies });
        use({ element: nic, by: 'receive' }, bandwidth, receive);
        use({ element: nic, by: 'send' }, bandwidth, send);
    }
}

/** Adds a use to a resource; what has no capacity bounds nothing. */
function take(
    { resources }: Draft,
    { owner, within, capacity }: { readonly owner: BoundedElement; readonly within: number; readonly capacity: number | undefined },
    { user, use, copies }: { readonly user: number; readonly use: number; readonly copies: number },
): void {
    if (capacity === undefined || use === 0) return;
    const key = `${owner.by} ${owner.element}`;
    const resource = resources.get(key) ?? { owner, within, capacity: bounded(capacity), users: [], uses: [], copies: [] };
    resources.set(key, resource);
    resource.users.push(user);
    resource.uses.push(use);
    resource.copies.push(copies);
}

/** The disk that carries what a machine stores, unless a process names another; the NIC that carries its traffic. */
function firstOf(index: TopologyIndex, machine: number, kind: 'disk' | 'nic'): number {
    return listAt(index.carried, machine).find((child) => index.elements[child]?.kind === kind) ?? none;
}

/** The processes and all groups above them, below the host. */
function treeOf(index: TopologyIndex, processes: readonly number[]): Omit<Contest, 'cap' | 'resources'> & { readonly nodes: ReadonlyMap<number, number> } {
    const taking = new Set<number>();
    for (const process of processes) for (let number = process; number !== none && !taking.has(number); number = groupOf(index, number)) taking.add(number);
    const members = Int32Array.from(taking).sort();
    const nodes = new Map(Array.from(members, (number, node) => [number, node]));
    return {
        nodes,
        leaf: Int32Array.from(processes, (number) => nodes.get(number) ?? 0),
        group: members.map((number) => nodes.get(groupOf(index, number)) ?? none),
        weight: Float64Array.from(members, (number) => weightOf(index, number)),
        count: Float64Array.from(members, (number) => at(index.count, number)),
    };
}

/** What an element shares within: its carrier, or what that stands on where it is a native hypervisor; none on the host. */
function groupOf(index: TopologyIndex, number: number): number {
    const carrier = at(index.carrier, number);
    const element = index.elements[carrier];
    if (element?.kind === 'hypervisor' && isNative(index, element)) return groupOf(index, carrier);
    return element === undefined || element.kind === 'host' ? none : carrier;
}

function weightOf(index: TopologyIndex, number: number): number {
    const element = index.elements[number];
    return element !== undefined && 'ioWeight' in element ? Math.min(Math.max(element.ioWeight, 1 / largest), largest) : defaultWeight;
}
