/** What the core computed: one value for each declared element, true of each of its replicas. */

import type { OsFamily } from './definitions.ts';
import type { Judgement, Wall } from './expectation.ts';
import type { Finding } from './finding.ts';
import type { ElementId } from './ids.ts';
import type { Run } from './timeline.ts';
import type { Topology } from './topology.ts';
import type { Bytes, BytesPerSecond, Cores, Fraction, Seconds } from './units.ts';

/**
 * The steady state of a topology, and the runs of its scenarios. Walls and visibility grow with the square of the topology, so they are not part of it:
 * `isolation/boundaries.ts` and `isolation/visibility.ts` make their rows one at a time when asked.
 * Invariant: replicas that nothing tells apart have the same figures, so each entry of `elements` holds for every replica of its element.
 */
export interface Result {
    /** The topology that was computed: the given one with its implicit virtual machines. */
    readonly topology: Topology;
    /** One entry for each element of `topology`, in its order. */
    readonly elements: ReadonlyMap<ElementId, ElementResult>;
    readonly kernels: readonly KernelGroup[];
    readonly findings: readonly Finding[];
    readonly expectations: readonly Judgement[];
    /** The scenarios that were run, in the order of their declaration. */
    readonly runs: readonly Run[];
    readonly cost: Cost;
}

/** A figure that makes no sense for the kind of element, or is unknown, is absent. */
export interface ElementResult {
    /** What it stands on: the parent, or the implicit virtual machine of the parent. Absent for hosts. */
    readonly carrier?: ElementId;
    /** The element whose kernel it runs on: a host, a VM, or a sandboxed container (Kata). */
    readonly kernel?: ElementId;
    readonly cpu?: CpuResult;
    readonly memory?: MemoryResult;
    readonly disk?: DiskResult;
    /** Read and written, of disks; absent where it is unknown, and on NICs. */
    readonly io?: TrafficResult;
    /** Received and sent; absent where it is unknown, and on disks. */
    readonly network?: TrafficResult;
    readonly readyAt?: Seconds;
}

/** What bounds a grant, in the order in which it is asked. */
export type CpuBound = 'demand' | 'threads' | 'limit' | 'set' | 'vcpus' | 'contention';

export interface CpuResult {
    readonly weight?: number;
    readonly limit?: Cores;
    /** What its processes want: `min(demand, threads)` each. Absent: unknown. */
    readonly demand?: Cores;
    readonly granted?: Cores;
    /** Fraction of demand lost to its own or an ancestor's limit, set or vCPUs. */
    readonly throttled?: Fraction;
    /** Fraction of demand lost to competitors: a VM's steal, CPU ready. */
    readonly contended?: Fraction;
    /** CPU that virtualisation itself takes from the host. */
    readonly overhead?: Cores;
    readonly capacity?: Cores;
    readonly headroom?: Fraction;
    /** Promised (vCPUs, reserves) over capacity. */
    readonly overcommit?: Fraction;
    /** What keeps the grant from being more, and the element that sets the bound where it is not the element itself. */
    readonly bound?: { readonly by: CpuBound; readonly at?: ElementId };
}

export interface MemoryResult {
    readonly limit?: Bytes;
    readonly used?: Bytes;
    /** What it may come to use: configured VM memory and overheads, container limits. */
    readonly committed?: Bytes;
    /** Memory that carrying costs: per-VM overhead, the runtime's share of a container, an idle operating system. */
    readonly overhead?: Bytes;
    readonly capacity?: Bytes;
    readonly headroom?: Fraction;
    readonly overcommit?: Fraction;
    /** Where `used` comes from, largest first; sums to `used`. */
    readonly parts?: readonly MemoryPart[];
}

/** A summand of an element's memory: a child (times its replicas), or the element's own cost in words. */
export interface MemoryPart {
    readonly label: string;
    /**
     * What the memory is for: working sets; idle operating systems; hypervisors and what each VM costs beside its own; engines and what each container costs;
     * what the element carries, whose own parts say more; and, negative, what a guest would need beyond its memory.
     */
    readonly origin: 'processes' | 'system' | 'virtualisation' | 'containers' | 'carried' | 'beyond';
    readonly element?: ElementId;
    readonly bytes: Bytes;
}

export interface DiskResult {
    readonly used?: Bytes;
    readonly capacity?: Bytes;
    readonly headroom?: Fraction;
}

/** What the processes of an element move, and what they would move with devices enough and CPU for it. */
export interface TrafficResult {
    readonly demand: BytesPerSecond;
    readonly granted: BytesPerSecond;
}

/** All that runs on one kernel. */
export interface KernelGroup {
    readonly kernel: ElementId;
    readonly family?: OsFamily;
    /** Workloads (containers, and processes outside one). */
    readonly members: readonly ElementId[];
}

/** The wall between two workloads (all replicas of each): the weaker of the two directions, over the weakest pair of replicas. */
export interface Boundary {
    readonly a: ElementId;
    readonly b: ElementId;
    readonly wall: Wall;
    readonly because: string;
}

export interface Cost {
    /** Replicas counted one by one. */
    readonly elements: number;
    /** Elements that were computed. */
    readonly distinct: number;
    readonly events: number;
}
