/** What is described: machines from the ground up as plain immutable data, replicas not expanded. */

import type { Definitions } from './definitions.ts';
import type { Condition } from './expectation.ts';
import type { ElementId, InstanceSet } from './ids.ts';
import type { Bytes, BytesPerSecond, CoreSeconds, Cores, Fraction, Seconds } from './units.ts';

/**
 * Everything one set of files describes.
 * Invariant: `elements` holds parents before their children, and siblings in the order of declaration.
 */
export interface Topology {
    readonly elements: ReadonlyMap<ElementId, Element>;
    readonly definitions: Definitions;
    readonly expectations: readonly Expectation[];
    readonly scenarios: readonly Scenario[];
    readonly policies: readonly string[];
}

export type Element = Host | Disk | Nic | Hypervisor | Vm | Engine | Slice | Pod | Container | Process;
export type ElementKind = Element['kind'];
export type ElementOf<Kind extends ElementKind> = Extract<Element, { readonly kind: Kind }>;

interface ElementBase {
    readonly id: ElementId;
    readonly name: string;
    /** Absent for hosts. What the element is named under; see `simulation/model/topology-index.ts` for what it stands on. */
    readonly parent?: ElementId;
    readonly children: readonly ElementId[];
    /** Given where the text says `[n]`, also for 1 and 0; absent for a single element. Nested replicas multiply. */
    readonly replicas?: number;
    readonly labels: Readonly<Record<string, string>>;
    /** True for what the product added itself, such as Docker Desktop's virtual machine. */
    readonly implicit: boolean;
}

/** An operating system by catalog name, with the version if the text gives one. */
export interface OsChoice {
    readonly name: string;
    readonly version?: string;
}

/** A physical machine. An unknown size (absent `cpu` or `memory`) bounds nothing. */
export interface Host extends ElementBase {
    readonly kind: 'host';
    readonly cpu?: Cores;
    readonly memory?: Bytes;
    readonly swap?: Bytes;
    /** Absent: bare metal, which carries only a native hypervisor. */
    readonly os?: OsChoice;
    readonly arch: string;
    readonly boot?: Seconds;
}

export interface Disk extends ElementBase {
    readonly kind: 'disk';
    readonly size?: Bytes;
    readonly iops?: number;
    readonly bandwidth?: BytesPerSecond;
}

export interface Nic extends ElementBase {
    readonly kind: 'nic';
    readonly bandwidth?: BytesPerSecond;
}

export interface Hypervisor extends ElementBase {
    readonly kind: 'hypervisor';
    /** Key of `Definitions.hypervisorTypes`; a name that is not there was reported by the language and has no figures. */
    readonly type: string;
    readonly overcommitCpu: number;
    readonly overcommitMemory: number;
    readonly overheadCpu?: Fraction;
    readonly overheadMemory?: Bytes;
    readonly ownMemory?: Bytes;
    readonly balloon: boolean;
    readonly cpuWeight: number;
    readonly boot?: Seconds;
}

export interface Vm extends ElementBase {
    readonly kind: 'vm';
    readonly vcpus?: number;
    readonly memory?: Bytes;
    readonly memoryReserve: Bytes;
    readonly cpuWeight: number;
    readonly cpuLimit?: Cores;
    readonly cpuReserve: Cores;
    readonly os?: OsChoice;
    /** Absent: the host's. */
    readonly arch?: string;
    readonly nested: boolean;
    readonly boot?: Seconds;
    readonly autostart: boolean;
    readonly restart: RestartPolicy;
    readonly hostFailure: 'restart' | 'stay';
}

export interface Engine extends ElementBase {
    readonly kind: 'engine';
    /** Key of `Definitions.engineTypes`. */
    readonly type: string;
    /** Key of `Definitions.runtimeTypes`; absent: that of its type. */
    readonly runtime?: string;
    readonly cpuWeight: number;
    readonly boot?: Seconds;
    /** Sizes the implicit virtual machine, where one is needed. */
    readonly vm?: { readonly vcpus?: number; readonly memory?: Bytes };
}

/** What a control group of any kind may hold. A limit that is absent is no limit. */
export interface GroupControls {
    readonly cpuWeight: number;
    readonly cpuLimit?: Cores;
    readonly cpuReserve: Cores;
    /** Logical CPU numbers, ascending, without repeats; absent: all. */
    readonly cpuSet?: readonly number[];
    readonly memoryLimit?: Bytes;
    readonly memoryReserve: Bytes;
    readonly pidsLimit?: number;
    readonly ioWeight: number;
    readonly ioLimit?: BytesPerSecond;
    readonly oomGroup: boolean;
}

export interface Slice extends ElementBase, GroupControls {
    readonly kind: 'slice';
}

/** A slice whose containers share network and IPC namespaces. */
export interface Pod extends ElementBase, GroupControls {
    readonly kind: 'pod';
}

export type NamespaceKind = 'pid' | 'network' | 'ipc' | 'uts' | 'mount' | 'user' | 'cgroup' | 'time';
export type NamespaceTarget = { readonly kind: 'own' } | { readonly kind: 'host' } | { readonly kind: 'container'; readonly of: InstanceSet };
export type RestartPolicy = 'always' | 'on-failure' | 'no';

export interface Mount {
    readonly source: string;
    readonly target?: string;
    readonly readOnly: boolean;
}

/** The image of a container: as written, and the catalog entry it names, if any. */
export interface ImageChoice {
    readonly reference: string;
    /** Key of `Definitions.images`. */
    readonly definition?: string;
}

export interface Container extends ElementBase, GroupControls {
    readonly kind: 'container';
    readonly image?: ImageChoice;
    readonly memorySwap: Bytes;
    /** Only what the text says; what it does not say follows from the pod and the engine. */
    readonly namespaces: Readonly<Partial<Record<NamespaceKind, NamespaceTarget>>>;
    readonly privileged: boolean;
    readonly capabilitiesAdded: readonly string[];
    readonly capabilitiesDropped: readonly string[];
    /** `root` or a numeric user id as text. */
    readonly user: string;
    readonly seccomp: 'default' | 'unconfined';
    readonly readOnly: boolean;
    readonly noNewPrivileges: boolean;
    readonly mounts: readonly Mount[];
    readonly devices: readonly string[];
    readonly autostart: boolean;
    readonly restart: RestartPolicy;
    readonly after: readonly InstanceSet[];
    readonly boot?: Seconds;
    /** Absent: the engine's. */
    readonly runtime?: string;
}

/** What a process wants while it runs. Zero where the text says nothing. */
export interface Demand {
    readonly cpu: Cores;
    /** Working set. */
    readonly memory: Bytes;
    readonly read: BytesPerSecond;
    readonly write: BytesPerSecond;
    readonly iops: number;
    readonly receive: BytesPerSecond;
    readonly send: BytesPerSecond;
    /** Memory written a second, which live migration has to copy again. */
    readonly dirty: BytesPerSecond;
}

/** One stretch of a process's life: ends after a time, or after so much CPU work was granted. */
export interface Phase extends Demand {
    readonly name: string;
    readonly end: { readonly kind: 'for'; readonly time: Seconds } | { readonly kind: 'work'; readonly work: CoreSeconds };
    /** `memory A to B`: where the working set arrives at the phase's end. */
    readonly memoryTo?: Bytes;
    readonly threads?: number;
}

export interface Process extends ElementBase, Demand {
    readonly kind: 'process';
    /** Absent: as many as the demand needs. */
    readonly threads?: number;
    /** Absent: the first disk in reach. */
    readonly disk?: ElementId;
    readonly oomScoreAdj: number;
    readonly autostart: boolean;
    readonly repeat: number | 'forever';
    /** Empty: the demand above holds for ever. */
    readonly phases: readonly Phase[];
}

/** A condition with its text as written; its index in `Topology.expectations` or `Scenario.expectations` is its identity. */
export interface Expectation {
    readonly text: string;
    readonly condition: Condition;
}

export interface Scenario {
    readonly name: string;
    readonly duration?: Seconds;
    readonly steps: readonly Step[];
    readonly expectations: readonly Expectation[];
}

/** What happens at a moment of a scenario. */
export type Step = { readonly at: Seconds } & (
    | { readonly kind: 'fail' | 'recover' | 'stop' | 'start' | 'breach'; readonly target: InstanceSet }
    | { readonly kind: 'load'; readonly target: InstanceSet; readonly by: number; readonly memory: boolean }
    | { readonly kind: 'set'; readonly target: InstanceSet; readonly statement: string; readonly value: number | readonly number[] }
    | { readonly kind: 'migrate'; readonly target: InstanceSet; readonly to: InstanceSet }
);
