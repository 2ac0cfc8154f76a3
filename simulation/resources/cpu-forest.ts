/** Turns a topology into shares of CPU: one tree a kernel, with the groups that the real system has. */

import { type Columns, separateColumns } from '../model/arena.ts';
import { at, none } from '../model/columns.ts';
import type { HypervisorType } from '../model/definitions.ts';
import type { Hypervisor, Process, Vm } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { elementAt, runtimeOf } from '../model/topology-index.ts';
import type { ShareForest, Tree } from '../solver/share-forest.ts';
import { shareForest } from '../solver/share-forest.ts';

/**
 * A VM is two nodes: a leaf in the tree of what it stands on, and the root of its guest's tree.
 * Invariant: trees are in the order of their roots' elements, so a guest's tree comes after the tree that holds its VM.
 */
export interface CpuForest {
    readonly shares: ShareForest;
    readonly kernels: readonly CpuKernel[];
    /** By element: the position of a host or VM in `kernels`; below 0 elsewhere. */
    readonly positions: Int32Array;
    /** Node of each element where it takes part; below 0 elsewhere (disks, NICs, and native hypervisors, which are the root itself). */
    readonly nodes: Int32Array;
    /** Element of each node. */
    readonly owners: Int32Array;
    /** By element: what keeps a group or VM from more, without the rate of its CPUs. */
    readonly limits: Float64Array;
    /** By element: CPUs in its own set that exist; Infinity without a set. */
    readonly setSizes: Float64Array;
    /** By element: CPU that one core of work costs in a container, its runtime's own part included, and for a process in it; 1 elsewhere. */
    readonly costs: Float64Array;
}

export interface CpuKernel {
    /** The host or VM. */
    readonly element: number;
    readonly tree: Tree;
    /** Logical CPUs of the kernel: the host's, or vCPUs. Infinity where unknown. */
    readonly cpus: number;
    /** Host CPU on top of each unit of guest CPU; 0 for a host. */
    readonly overhead: number;
}

/** What a process wants of the CPU while all runs: the peak over its phases. */
export interface CpuDemand {
    /** At most one core for each thread. */
    readonly demand: number;
    /** What it would want with threads enough. */
    readonly asked: number;
    /** Runnable threads. */
    readonly threads: number;
}

/** Figures beyond this are taken for this, so that sums of products stay finite. */
const largest = 1e60;
/** Weights below this are taken for this, so that every weight divides. */
const smallestWeight = 1e-9;

export function processDemand(process: Process): CpuDemand {
    const stretches = process.phases.length === 0 ? [process] : process.phases;
    let peak: CpuDemand = { demand: 0, asked: 0, threads: 0 };
    for (const stretch of stretches) {
        const asked = bounded(stretch.cpu);
        const threads = bounded(stretch.threads ?? process.threads ?? Math.ceil(asked));
        const demand = Math.min(asked, threads);
        peak = { demand: Math.max(peak.demand, demand), asked: Math.max(peak.asked, asked), threads: Math.max(peak.threads, threads) };
    }
    return peak;
}

export function cpuForest(index: TopologyIndex): CpuForest {
    const layout = layOut(index);
    const shares = shareForest(layout.parent);
    const size = index.elements.length;
    const limits = new Float64Array(size).fill(Infinity);
    const setSizes = new Float64Array(size).fill(Infinity);
    const sets = shares.sets as (readonly number[] | undefined)[];
    const kernels: CpuKernel[] = [];
    const positions = new Int32Array(size).fill(none);
    for (const [position, element] of layout.roots.entries()) {
        const root = layout.starts[position] ?? 0;
        const end = layout.starts[position + 1] ?? layout.parent.length;
        const cpus = logicalCpus(index, element);
        let hasSets = false;
        for (let node = root + 1; node < end; node++) {
            const member = at(layout.owners, node);
            const set = weigh(index, member, node, shares, limits);
            if (set === undefined) continue;
            sets[node] = set;
            setSizes[member] = cpusOf(set, cpus);
            hasSets = true;
        }
        positions[element] = position;
        kernels.push({ element, tree: { root, end, hasSets }, cpus, overhead: cpuOverhead(index, element) });
    }
    return { shares, kernels, positions, nodes: layout.nodes, owners: layout.owners, limits, setSizes, costs: runtimeCosts(index) };
}

/** Whether a hypervisor is the bare machine's own kernel, so that its guests stand at the root. */
export function isNative(index: TopologyIndex, hypervisor: Hypervisor): boolean {
    return index.topology.definitions.hypervisorTypes.get(hypervisor.type)?.class === 'native';
}

/** The type of the hypervisor that carries a VM; none for a virtual machine that a product brought along. */
export function hypervisorTypeOf(index: TopologyIndex, vm: number): HypervisorType | undefined {
    const hypervisor = elementAt(index, at(index.carrier, vm), 'hypervisor');
    return hypervisor === undefined ? undefined : index.topology.definitions.hypervisorTypes.get(hypervisor.type);
}

/** CPUs of a set that a machine has; the last of a fractional number of CPUs is a fraction. */
export function cpusOf(set: readonly number[], cpus: number): number {
    let sum = 0;
    for (const cpu of set) sum += Math.min(Math.max(cpus - cpu, 0), 1);
    return sum;
}

/** Numbers the nodes: kernel by kernel, each its root first and then its members in the elements' order. */
function layOut(index: TopologyIndex) {
    const size = index.elements.length;
    // The kernel in whose tree an element is a node; for a VM, that of its leaf.
    const tree = new Int32Array(size).fill(none);
    const group = new Int32Array(size).fill(none);
    const roots: number[] = [];
    const members = new Int32Array(size);
    for (const [number, element] of index.elements.entries()) {
        if (element.kind === 'host' || element.kind === 'vm') roots.push(number);
        if (element.kind === 'host' || element.kind === 'disk' || element.kind === 'nic') continue;
        const above = at(index.carrier, number);
        const carrier = index.elements[above];
        if (carrier === undefined) continue;
        const root = carrier.kind === 'host' || carrier.kind === 'vm' ? above : at(tree, above);
        tree[number] = root;
        group[number] = carrier.kind === 'hypervisor' && isNative(index, carrier) ? at(group, above) : above;
        if (!(element.kind === 'hypervisor' && isNative(index, element))) members[root] = at(members, root) + 1;
    }
    const starts: number[] = [];
    const rootNode = new Int32Array(size).fill(none);
    let next = 0;
    for (const root of roots) {
        starts.push(next);
        rootNode[root] = next;
        next += 1 + at(members, root);
    }
    const parent = new Int32Array(next).fill(none);
    const owners = new Int32Array(next);
    const nodes = new Int32Array(size).fill(none);
    const cursor = rootNode.slice();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind === 'host' || element.kind === 'vm') owners[at(rootNode, number)] = number;
        if (element.kind === 'host') nodes[number] = at(rootNode, number);
        const root = at(tree, number);
        if (root === none || (element.kind === 'hypervisor' && isNative(index, element))) continue;
        const node = at(cursor, root) + 1;
        cursor[root] = node;
        nodes[number] = node;
        owners[node] = number;
        const above = at(group, number);
        parent[node] = above === root ? at(rootNode, root) : at(nodes, above);
    }
    return { parent, owners, nodes, roots, starts };
}

/** Writes the fixed columns of one node and returns its CPU set, if it has one. */
function weigh(index: TopologyIndex, member: number, node: number, shares: ShareForest, limits: Float64Array): readonly number[] | undefined {
    const element = index.elements[member];
    if (element === undefined) return undefined;
    shares.count[node] = at(index.count, member);
    switch (element.kind) {
        case 'hypervisor':
        case 'engine':
            shares.weight[node] = weightOf(element.cpuWeight);
            return undefined;
        case 'vm':
            shares.weight[node] = weightOf(element.cpuWeight * vmCopies(index, member, element));
            shares.reserve[node] = hypervisorTypeOf(index, member)?.reserve === 'guaranteed' ? bounded(element.cpuReserve) : 0;
            limits[member] = element.cpuLimit ?? Infinity;
            return undefined;
        case 'slice':
        case 'pod':
        case 'container':
            shares.weight[node] = weightOf(element.cpuWeight);
            limits[member] = element.cpuLimit ?? Infinity;
            return element.cpuSet;
        case 'process':
            shares.weight[node] = weightOf(100 * processDemand(element).threads);
            return undefined;
        case 'host':
        case 'disk':
        case 'nic':
            return undefined;
        default:
            return element satisfies never;
    }
}

/** ESXi's shares count for each vCPU. */
export function vmCopies(index: TopologyIndex, member: number, vm: Vm): number {
    return hypervisorTypeOf(index, member)?.weightPer === 'vcpu' ? (vm.vcpus ?? 1) : 1;
}

/** By element: CPU that one core of work costs in a container; 1 elsewhere. */
export function runtimeCosts(index: TopologyIndex, columns: Columns = separateColumns): Float64Array {
    const costs = columns.floats(index.elements.length).fill(1);
    for (const [number, element] of index.elements.entries()) {
        if (element.kind === 'container') costs[number] = 1 + bounded(runtimeOf(index.topology, element, index.elements[at(index.engine, number)])?.cpu ?? 0);
        else if (at(index.container, number) >= 0) costs[number] = at(costs, at(index.container, number));
    }
    return costs;
}

/** Host CPU on top of each unit of guest CPU; 0 but for a VM. */
export function cpuOverhead(index: TopologyIndex, number: number): number {
    if (index.elements[number]?.kind !== 'vm') return 0;
    const hypervisor = elementAt(index, at(index.carrier, number), 'hypervisor');
    return bounded(hypervisor?.overheadCpu ?? hypervisorTypeOf(index, number)?.cpu ?? 0);
}

/** CPUs of a host or VM; Infinity where unknown. */
export function logicalCpus(index: TopologyIndex, number: number): number {
    const element = index.elements[number];
    const cpus = element?.kind === 'host' ? element.cpu : element?.kind === 'vm' ? element.vcpus : undefined;
    return cpus === undefined ? Infinity : bounded(cpus);
}

export const bounded = (value: number) => Math.min(Math.max(value, 0), largest);
export const weightOf = (weight: number) => Math.min(Math.max(weight, smallestWeight), largest);
