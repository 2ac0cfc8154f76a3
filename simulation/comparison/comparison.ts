/** "VM or container?" as plain data: the same workloads run in several ways, and what each way costs. */
import type { OsFamily } from '../model/definitions.ts';
import type { Wall } from '../model/expectation.ts';
import type { ElementId } from '../model/ids.ts';
import type { Bytes, Cores, Fraction, Seconds } from '../model/units.ts';

/** The ways, in the order in which they are shown. */
export const wayNames = ['bare', 'vms', 'containers', 'gvisor', 'kata', 'firecracker'] as const;
export type WayName = (typeof wayNames)[number];

export interface Comparison {
    /** The host whose copies carry every way: the one under the first selected workload. Absent where nothing is selected. */
    readonly host?: ElementId;
    readonly workloads: readonly ComparedWorkload[];
    readonly ways: readonly Way[];
    /** The definitions whose figures the ways rest on. */
    readonly uses: readonly UsedDefinition[];
}

export interface UsedDefinition {
    readonly kind: 'os' | 'hypervisor-type' | 'engine-type' | 'runtime-type';
    readonly name: string;
}

/** A container with its processes, or a process outside one. */
export interface ComparedWorkload {
    /** Name in the messages, unique among the workloads. */
    readonly name: string;
    readonly element: ElementId;
    /** Replicas that are selected. */
    readonly replicas: number;
    /** Whose programs it consists of. */
    readonly family: OsFamily;
    /** False where nothing says what it uses: then every figure that depends on it is absent. */
    readonly isKnown: boolean;
}

export type Way =
    | { readonly name: WayName; readonly kind: 'possible'; readonly figures: WayFigures }
    /** Some workload can't run this way, and why. */
    | { readonly name: WayName; readonly kind: 'impossible'; readonly because: readonly string[] };

/** Of one copy of the selection, unless a figure says otherwise. What is unknown is absent. */
export interface WayFigures {
    readonly hosts: number;
    readonly memory: WayMemory;
    readonly disk: WayDisk;
    readonly cpu: WayCpu;
    readonly ready: WayReady;
    /** Absent where every workload has a host to itself. */
    readonly fit?: WayFit;
    readonly idle: WayIdle;
    readonly kernels: WayKernels;
    readonly wall: { readonly wall: Wall; readonly because: string };
    readonly crash: WayCrash;
}

/** Summed over all hosts. Invariant: used = workloads + systems + virtualisation + containers, where all are known. */
export interface WayMemory {
    readonly used?: Bytes;
    readonly committed?: Bytes;
    readonly workloads?: Bytes;
    /** Idle operating systems, of hosts and guests. */
    readonly systems: Bytes;
    /** Hypervisors, and what each VM costs beside its own memory. */
    readonly virtualisation: Bytes;
    /** Engines, and what engine and runtime take for each container. */
    readonly containers: Bytes;
}

export interface WayDisk {
    readonly used: Bytes;
    /** Installed systems; the rest are images. */
    readonly systems: Bytes;
}

export interface WayCpu {
    readonly granted?: Cores;
    /** What virtualisation and sandboxes take of it. */
    readonly overhead?: Cores;
    /** The overhead over what the processes get; absent where they get nothing. */
    readonly overheadShare?: Fraction;
}

/** Uncontended. */
export interface WayReady {
    /** The last workload, from the moment the hosts are switched on. Absent where one never starts. */
    readonly at?: Seconds;
    /** The same from the moment the host is ready; where every workload has a host to itself, that host's boot is part of it. */
    readonly start?: Seconds;
}

/** How many copies of the whole selection one host carries. */
export interface WayFit {
    readonly memory: { readonly used: Fit; readonly committed: Fit };
    readonly cpu: { readonly used: Fit; readonly committed: Fit };
}

/** `unbounded`: the resource never runs out this way; `unknown`: nobody says what the workloads use. */
export type Fit = number | 'unbounded' | 'unknown';

export interface WayIdle {
    readonly cpu?: Cores;
    readonly memory?: Bytes;
    /** Memory of guests that nothing in them uses: promised, but not theirs until they touch it. */
    readonly inGuests?: Bytes;
}

export interface WayKernels {
    /** Kernels under the workloads. */
    readonly count: number;
    /** Families of the kernels under the workloads. */
    readonly families: readonly OsFamily[];
    /** Families of programs and images that could run this way on such a host. */
    readonly runs: readonly OsFamily[];
}

export interface WayCrash {
    /** Workloads that fall with the kernel under one of them, itself included: the most for any of them. */
    readonly falls: number;
    readonly of: number;
    /** Whether that kernel is the host's own. */
    readonly isHost: boolean;
}
