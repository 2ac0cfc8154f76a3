/**
 * Who is granted how much CPU in the steady state, and why no more.
 *
 * Upwards, guests before what carries them: a guest wants W = min(vCPUs, wants of its tree), its VM asks its host for W · (1 + overhead).
 * Downwards, hosts first: a VM granted g gives its guest g / (1 + overhead); a vCPU then runs at rate r = min(1, g / (1 + overhead) / W),
 * so one thread gets at most r, a CPU set of n vCPUs at most n · r.
 * In a container whose runtime takes CPU itself, a process that gets g costs g · (1 + overhead); the container's figures include it, the process's don't.
 * All is done twice: really, and with hosts of endless capacity, which tells what limits took (throttled) from what competitors took (contended).
 */

import { at } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { gather, share } from '../solver/share-forest.ts';
import { shareWithSets } from '../solver/share-with-sets.ts';
import type { CpuForest, CpuKernel } from './cpu-forest.ts';
import { cpuForest, processDemand } from './cpu-forest.ts';

/** CPU by element, for each of its replicas. A VM's figures are what it takes from its host, virtualisation's own share included. */
export interface CpuAllocation {
    readonly forest: CpuForest;
    /** What processes want, before any limit. */
    readonly demand: Float64Array;
    readonly granted: Float64Array;
    /** What would be granted if hosts had endless capacity. */
    readonly uncontended: Float64Array;
    /** What it could use with all its limits and those of what it carries, if nothing else were there. */
    readonly wanted: Float64Array;
    /** 1 where no process says what is wanted, and some container leaves it open. */
    readonly unknown: Uint8Array;
    /** Of VMs: what the guest's processes want together at most. */
    readonly guestWant: Float64Array;
    /** Of kernels: rate of one CPU, 1 unless a VM is granted less than its guest wants. */
    readonly rate: Float64Array;
}

/** Writable side of an allocation while it is computed. */
interface Work {
    readonly index: TopologyIndex;
    readonly forest: CpuForest;
    /** By node: what a process may want, and its threads. */
    readonly asked: Float64Array;
    readonly threads: Float64Array;
    readonly guestWant: Float64Array;
    readonly rate: Float64Array;
}

export function allocateCpu(index: TopologyIndex): CpuAllocation {
    const forest = cpuForest(index);
    const size = index.elements.length;
    const nodes = forest.owners.length;
    const work: Work = {
        index,
        forest,
        asked: new Float64Array(nodes),
        threads: new Float64Array(nodes),
        guestWant: new Float64Array(size),
        rate: new Float64Array(size).fill(1),
    };
    ask(work);
    for (const kernel of forest.kernels.toReversed()) wantOf(work, kernel);
    const wanted = byElement(work, forest.shares.want);
    for (const kernel of forest.kernels) distribute(work, kernel, Infinity);
    const uncontended = byElement(work, forest.shares.grant);
    for (const kernel of forest.kernels) distribute(work, kernel, kernel.cpus);
    const granted = byElement(work, forest.shares.grant);
    return { forest, ...rawDemand(work), wanted, granted, uncontended, guestWant: work.guestWant, rate: work.rate };
}

/** Writes what each process may want. What does not start by itself wants nothing. */
function ask(work: Work): void {
    const { index, forest } = work;
    for (let node = 0; node < forest.owners.length; node++) {
        const owner = at(forest.owners, node);
        const element = index.elements[owner];
        if (element?.kind !== 'process' || at(index.running, owner) === 0) continue;
        const { demand, threads } = processDemand(element);
        work.asked[node] = demand;
        work.threads[node] = threads;
    }
}

/** Computes what a guest wants with all its vCPUs at full rate, and asks its host for it. */
function wantOf(work: Work, kernel: CpuKernel): void {
    const { forest } = work;
    const { shares } = forest;
    gatherAt(work, kernel, 1);
    if (work.index.elements[kernel.element]?.kind !== 'vm') return;
    const { root } = kernel.tree;
    if (kernel.tree.hasSets) shareWithSets(shares, kernel.tree, kernel.cpus, { cpus: kernel.cpus, rate: 1 });
    const wanted = Math.min(kernel.tree.hasSets ? at(shares.grant, root) : at(shares.want, root), kernel.cpus);
    work.guestWant[kernel.element] = wanted;
    const leaf = at(forest.nodes, kernel.element);
    if (leaf >= 0) work.asked[leaf] = wanted;
}

/** Grants shares in one kernel; `capacity` is what a host has to give. */
function distribute(work: Work, kernel: CpuKernel, capacity: number): void {
    const { forest, index } = work;
    const { shares } = forest;
    const isGuest = index.elements[kernel.element]?.kind === 'vm';
    const leaf = at(forest.nodes, kernel.element);
    const wanted = at(work.guestWant, kernel.element);
    const supply = isGuest ? at(shares.grant, leaf) / (1 + kernel.overhead) : capacity;
    const rate = isGuest && wanted > 0 ? Math.min(1, supply / wanted) : 1;
    work.rate[kernel.element] = rate;
    gatherAt(work, kernel, rate);
    if (kernel.tree.hasSets && (isGuest || Number.isFinite(capacity))) shareWithSets(shares, kernel.tree, supply, { cpus: kernel.cpus, rate });
    else share(shares, kernel.tree, supply);
}

/** Computes wants in a kernel's tree whose CPUs run at a rate. */
function gatherAt(work: Work, kernel: CpuKernel, rate: number): void {
    const { forest, index } = work;
    const { shares } = forest;
    for (let node = kernel.tree.root + 1; node < kernel.tree.end; node++) {
        const owner = at(forest.owners, node);
        const element = index.elements[owner];
        shares.limit[node] = Math.max(0, Math.min(at(forest.limits, owner), scaled(at(forest.setSizes, owner), rate)));
        if (element?.kind === 'process') shares.demand[node] = Math.min(at(work.asked, node), at(work.threads, node) * rate) * at(forest.costs, owner);
        else if (element?.kind === 'vm') shares.demand[node] = vmDemand(work, owner, at(work.asked, node), rate);
    }
    gather(shares, kernel.tree);
}

/** A vCPU is a thread of its host's; virtualisation's own work comes on top. */
function vmDemand(work: Work, vm: number, wanted: number, rate: number): number {
    const kernel = work.forest.kernels[at(work.forest.positions, vm)];
    if (kernel === undefined) return 0;
    return Math.min(wanted, scaled(kernel.cpus, rate)) * (1 + kernel.overhead);
}

/** CPUs at a rate; no bound stays none, also where nothing runs. */
function scaled(cpus: number, rate: number): number {
    return Number.isFinite(cpus) ? cpus * rate : cpus;
}

/** A column of nodes by element. A native hypervisor is no group; its figure is its guests'. */
function byElement(work: Work, column: Float64Array): Float64Array {
    const { forest, index } = work;
    const granted = new Float64Array(index.elements.length);
    for (let number = granted.length - 1; number >= 0; number--) {
        const node = at(forest.nodes, number);
        if (node >= 0) granted[number] = at(column, node) / (index.elements[number]?.kind === 'process' ? at(forest.costs, number) : 1);
        const carrier = at(index.carrier, number);
        if (carrier >= 0 && at(forest.nodes, carrier) < 0) granted[carrier] = at(granted, carrier) + at(index.count, number) * at(granted, number);
    }
    return granted;
}

/** Sums what processes want up the machines, before any limit; a VM's wants cost its host the overhead as well. */
function rawDemand(work: Work): Pick<CpuAllocation, 'demand' | 'unknown'> {
    const { forest, index } = work;
    const size = index.elements.length;
    const demand = new Float64Array(size);
    const known = new Uint8Array(size);
    const open = new Uint8Array(size);
    for (let number = size - 1; number >= 0; number--) {
        const element = index.elements[number];
        if (element === undefined || at(index.running, number) === 0) continue;
        if (element.kind === 'process') {
            demand[number] = at(work.asked, at(forest.nodes, number));
            known[number] = 1;
        } else if (element.kind === 'container') {
            demand[number] = at(demand, number) * at(forest.costs, number);
            if (element.children.length === 0) open[number] = 1;
        } else if (element.kind === 'vm') {
            demand[number] = at(demand, number) * (1 + (forest.kernels[at(forest.positions, number)]?.overhead ?? 0));
        }
        const carrier = at(index.carrier, number);
        if (carrier < 0 || at(index.count, number) === 0) continue;
        demand[carrier] = Math.min(at(demand, carrier) + at(index.count, number) * at(demand, number), Number.MAX_VALUE);
        known[carrier] = at(known, carrier) | at(known, number);
        open[carrier] = at(open, carrier) | at(open, number);
    }
    return { demand, unknown: open.map((value, number) => value & ~at(known, number)) };
}
