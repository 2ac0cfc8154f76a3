/** What the catalog says of operating systems, images, and types of hypervisors, engines and runtimes. */
import type { Bytes, CoreSeconds, Fraction, Seconds } from './units.ts';

export type OsFamily = 'linux' | 'windows' | 'macos' | 'freebsd' | 'other';

/** The definitions that a topology names, by name; a user's own has already replaced the catalog's. */
export interface Definitions {
    readonly operatingSystems: ReadonlyMap<string, OperatingSystem>;
    readonly images: ReadonlyMap<string, Image>;
    readonly hypervisorTypes: ReadonlyMap<string, HypervisorType>;
    readonly engineTypes: ReadonlyMap<string, EngineType>;
    readonly runtimeTypes: ReadonlyMap<string, RuntimeType>;
}

export interface OperatingSystem {
    readonly name: string;
    readonly family: OsFamily;
    /** Kernel version, as in `6.8`. */
    readonly kernel?: string;
    /** Memory it holds when idle. */
    readonly memory: Bytes;
    readonly disk: Bytes;
    /** Boot latency. */
    readonly boot: Seconds;
    /** CPU work of a boot, beside the latency. */
    readonly bootWork: CoreSeconds;
}

export interface Image {
    readonly name: string;
    readonly family: OsFamily;
    /** Empty: any. */
    readonly archs: readonly string[];
    readonly size: Bytes;
    /** Kernel version that is needed, as in `>= 5.6`. */
    readonly kernel?: string;
    /** Windows build, as in `2022`. */
    readonly build?: string;
}

/** Memory that a VM costs its host beside its own: a formula, or a vendor's table. */
export type MemoryOverhead =
    | { readonly kind: 'formula'; readonly base: Bytes; readonly perVcpu: Bytes; readonly perMemory: Fraction }
    /** Rows ascending in memory, cells ascending in vCPUs; linear between points and beyond the outermost two. */
    | { readonly kind: 'table'; readonly rows: readonly MemoryOverheadRow[] };

export interface MemoryOverheadRow {
    readonly memory: Bytes;
    readonly cells: readonly { readonly vcpus: number; readonly overhead: Bytes }[];
}

export interface HypervisorType {
    readonly name: string;
    /** `native` refuses a host OS, `hosted` needs one, `kernel` works with one. */
    readonly class: 'native' | 'hosted' | 'kernel';
    readonly ownMemory: Bytes;
    readonly memory: MemoryOverhead;
    /** Host CPU on top of each unit of guest CPU. */
    readonly cpu: Fraction;
    /** What a guest's disk and network use costs the devices below on top of each unit. */
    readonly io: Fraction;
    /** Whether a VM counts once in the share of CPU, or once for each vCPU. */
    readonly weightPer: 'vm' | 'vcpu';
    /** `guaranteed`: a `cpu reserve` is a floor (ESXi); `admission`: it is only checked for room. */
    readonly reserve: 'guaranteed' | 'admission';
    /** The hypervisor's own boot, once. */
    readonly boot: Seconds;
    readonly bootWork: CoreSeconds;
    /** From the request for a VM to its guest's first instruction: latency and host CPU work, for each VM. */
    readonly start: Seconds;
    readonly startWork: CoreSeconds;
}

export interface EngineType {
    readonly name: string;
    /** Images of `image` run on a kernel of family `on`; where the two differ, inside a virtual machine of the engine's own. */
    readonly runs: readonly { readonly image: OsFamily; readonly on: OsFamily }[];
    /** Whether the engine brings a virtual machine for its Linux containers. */
    readonly vm: 'always' | 'when-needed' | 'never';
    /** Size of that virtual machine as a share of the memory of what the engine stands on. */
    readonly vmMemory: Fraction;
    /** Key of `Definitions.operatingSystems`: the system inside that virtual machine. */
    readonly vmOs: string;
    /** The daemon's memory. */
    readonly memory: Bytes;
    readonly memoryPerContainer: Bytes;
    /** Key of `Definitions.runtimeTypes`: what runs its containers where nothing else is said. */
    readonly runtime: string;
    /** Whether containers need the daemon to live. */
    readonly daemon: boolean;
    readonly boot: Seconds;
    /** Latency of a container's start. */
    readonly start: Seconds;
    /** CPU work of a container's start. */
    readonly startWork: CoreSeconds;
}

/** What a runtime adds to each container, on top of what the engine takes for it. */
export interface RuntimeType {
    readonly name: string;
    /** What it puts between a container and the kernel below: namespaces of that kernel, a sandbox that answers system calls, or a kernel of the container's own. */
    readonly class: 'namespace' | 'sandbox' | 'kernel';
    /** Key of `Definitions.operatingSystems`: whose programs it runs; of class `kernel`, the system inside. */
    readonly os: string;
    readonly memoryPerContainer: Bytes;
    /** CPU on top of each unit that the container's processes get. */
    readonly cpu: Fraction;
    readonly start: Seconds;
    readonly startWork: CoreSeconds;
}
