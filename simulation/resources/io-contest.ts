/**
 * Turns the disk and network use of a host's processes into a contest that the solver can fill.
 *
 * A process uses its `disk`, else the first disk of the machine that it runs on, or of the nearest machine below that has one. A VM's disks
 * stand on the first disk of what carries it, and so on down to the host: each disk on the way is a resource that is shared by weight. Traffic goes through the host's first NIC, which carries its bandwidth in each direction. Each hypervisor on the way
 * makes a guest's use cost (1 + io) times as much below. A group's `io limit` bounds the bytes of all disks together.
 * Weights: `io weight` of slices, pods and containers; 100 for every process, VM, hypervisor and engine. A native hypervisor is no group.
 */
import { append } from '../model/append.ts';
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

/** Bytes that go through a host's NIC for no process: a machine that migrates. */
export interface Flow {
    readonly host: number;
    readonly direction: 'receive' | 'send';
    /** Bytes a second. */
    readonly want: number;
}

export interface ContestOptions {
    /** By process: the most that it may advance. */
    readonly caps: Float64Array;
    /** What a process uses; nothing where it does not run. */
    readonly demandOf: (process: number) => IoDemand;
    /** Whether a disk or NIC moves nothing. */
    readonly isDown: (device: number) => boolean;
    readonly flows: readonly Flow[];
}

/** One contest for each host on which something uses a disk or a network. Flows are users behind the processes, in their order. */
export function hostContests(index: TopologyIndex, options: ContestOptions): readonly HostContest[] {
    const byHost = new Map<number, number[]>();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind !== 'process' || at(index.multiplicity, number) === 0) continue;
        const { bytes, iops, receive, send } = options.demandOf(number);
        if (Math.max(bytes, iops, receive, send) > 0) append(byHost, at(index.host, number), number);
    }
    for (const { host } of options.flows) if (!byHost.has(host)) byHost.set(host, []);
    return Array.from(byHost, ([host, processes]) => contestOf(index, host, processes, options));
}

const noDemand: IoDemand = { bytes: 0, iops: 0, receive: 0, send: 0 };

/** In the steady state all that starts by itself uses the peak over its phases, and nothing is broken. */
export function steadyContests(index: TopologyIndex, caps: Float64Array): readonly HostContest[] {
    const demandOf = (number: number): IoDemand => {
        const process = at(index.running, number) === 1 ? elementAt(index, number, 'process') : undefined;
        return process === undefined ? noDemand : ioDemand(process);
    };
    return hostContests(index, { caps, demandOf, isDown: () => false, flows: [] });
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

function contestOf(index: TopologyIndex, host: number, processes: readonly number[], options: ContestOptions): HostContest {
    const draft: Draft = { passages: [], resources: new Map() };
    for (const [user, number] of processes.entries()) enter(index, draft, { user, number }, options);
    const flows = options.flows.filter((flow) => flow.host === host);
    for (const [place, flow] of flows.entries()) enterFlow(index, draft, processes.length + place, flow, options);
    const drafted = [...draft.resources.values()];
    const { nodes, ...tree } = treeOf(index, processes, flows.length);
    const resources = drafted.map(
        ({ within, capacity, users, uses, copies }): Resource => ({ owner: nodes.get(within) ?? none, capacity, users, uses, copies }),
    );
    return {
        host,
        processes,
        bounded: drafted.map(({ owner }) => owner),
        passages: draft.passages,
        contest: { cap: Float64Array.from([...processes.map((number) => at(options.caps, number)), ...flows.map(() => 1)]), ...tree, resources },
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
    const stops: Stop[] = [];
    let isStored = named === undefined;
    let cost = 1;
    let copies = at(index.count, number);
    for (let element = at(index.carrier, number); element !== none; element = at(index.carrier, element)) {
        const kind = index.elements[element]?.kind;
        const isMachine = kind === 'host' || kind === 'vm';
        const own = named === undefined ? none : (listAt(index.carried, element).find((child) => index.elements[child]?.id === named) ?? none);
        isStored ||= own !== none;
        stops.push({ element, cost, copies, disk: own !== none ? own : isMachine && isStored ? firstOf(index, element, 'disk') : none });
        if (kind === 'vm') cost = Math.min(cost * (1 + bounded(hypervisorTypeOf(index, element)?.io ?? 0)), largest);
        copies = Math.min(copies * at(index.count, element), largest);
    }
    return stops;
}

/** Enters a process's uses at everything that bounds them. */
function enter(
    index: TopologyIndex,
    draft: Draft,
    { user, number }: { readonly user: number; readonly number: number },
    { demandOf, isDown }: ContestOptions,
): void {
    const { bytes, iops, receive, send } = demandOf(number);
    for (const { element, cost, copies, disk } of routeOf(index, number)) {
        const group = index.elements[element];
        const store = elementAt(index, disk, 'disk');
        const use = (owner: BoundedElement, capacity: number | undefined, amount: number) =>
            take(draft, { owner, within: element, capacity }, { user, use: bounded(amount * cost), copies });
        if (group !== undefined && 'ioLimit' in group) use({ element, by: 'io limit' }, group.ioLimit, bytes);
        if (disk !== none) draft.passages.push({ device: disk, process: number, copies });
        use({ element: disk, by: 'bandwidth' }, isDown(disk) ? 0 : store?.bandwidth, bytes);
        use({ element: disk, by: 'iops' }, isDown(disk) ? 0 : store?.iops, iops);
        if (group?.kind !== 'host') continue;
        const nic = firstOf(index, element, 'nic');
        const bandwidth = isDown(nic) ? 0 : elementAt(index, nic, 'nic')?.bandwidth;
        if (nic !== none) draft.passages.push({ device: nic, process: number, copies });
        use({ element: nic, by: 'receive' }, bandwidth, receive);
        use({ element: nic, by: 'send' }, bandwidth, send);
    }
}

function enterFlow(index: TopologyIndex, draft: Draft, user: number, { host, direction, want }: Flow, { isDown }: ContestOptions): void {
    const nic = firstOf(index, host, 'nic');
    const capacity = isDown(nic) ? 0 : elementAt(index, nic, 'nic')?.bandwidth;
    take(draft, { owner: { element: nic, by: direction }, within: host, capacity }, { user, use: bounded(want), copies: 1 });
}

/** Bytes a second that a host's NIC carries in a direction; Infinity where that is not known. */
export function nicBandwidth(index: TopologyIndex, host: number): number {
    return elementAt(index, firstOf(index, host, 'nic'), 'nic')?.bandwidth ?? Infinity;
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

/** The processes and all groups above them, below the host; flows stand beside the host's groups. */
function treeOf(
    index: TopologyIndex,
    processes: readonly number[],
    flows: number,
): Omit<Contest, 'cap' | 'resources'> & { readonly nodes: ReadonlyMap<number, number> } {
    const taking = new Set<number>();
    for (const process of processes) for (let number = process; number !== none && !taking.has(number); number = groupOf(index, number)) taking.add(number);
    const members = Int32Array.from(taking).sort();
    const nodes = new Map(Array.from(members, (number, node) => [number, node]));
    return {
        nodes,
        leaf: Int32Array.from([...processes.map((number) => nodes.get(number) ?? 0), ...list(flows, (flow) => members.length + flow)]),
        group: Int32Array.from([...Array.from(members, (number) => nodes.get(groupOf(index, number)) ?? none), ...list(flows, () => none)]),
        weight: Float64Array.from([...Array.from(members, (number) => weightOf(index, number)), ...list(flows, () => defaultWeight)]),
        count: Float64Array.from([...Array.from(members, (number) => at(index.count, number)), ...list(flows, () => 1)]),
    };
}

const list = (length: number, item: (place: number) => number): readonly number[] => Array.from({ length }, (_, place) => item(place));

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
