/** What single capabilities open: those that lead to the kernel's root by themselves, and those that give something less. */

export interface CapabilityPower {
    readonly capability: string;
    /** A second capability without which the first leads nowhere. */
    readonly together?: string;
    readonly because: string;
}

/** Root of the kernel with nothing broken. Source: capabilities(7), and the seccomp groups that Docker opens for each (moby/profiles, default.json). */
export const rootCapabilities: readonly CapabilityPower[] = [
    { capability: 'SYS_ADMIN', because: 'it mounts file systems and configures namespaces and control groups; Docker opens 26 more system calls for it' },
    { capability: 'SYS_MODULE', because: 'it loads code into the kernel' },
    { capability: 'DAC_READ_SEARCH', because: "it opens any file of the host's disks by its handle, past all permissions (open_by_handle_at)" },
    { capability: 'SYS_RAWIO', because: 'it programs devices through I/O ports, past the kernel' },
    { capability: 'BPF', together: 'PERFMON', because: 'together they trace every process and read all memory of the kernel, keys and credentials included' },
];

/** Something short of root: worth asking for a reason. */
export const partialCapabilities: readonly CapabilityPower[] = [
    { capability: 'NET_ADMIN', because: 'it configures the network of its own namespace; with `namespace network host`, of the whole host' },
    { capability: 'SYS_PTRACE', because: 'it traces what its PID namespace shows; with `namespace pid host`, every process of the host' },
    { capability: 'BPF', because: 'it loads programs that the kernel verifies, a frequent source of flaws in the kernel' },
    { capability: 'PERFMON', because: 'it measures the whole kernel, other containers included' },
    { capability: 'SYSLOG', because: "it reads the kernel's log and addresses, which helps to exploit a flaw" },
    { capability: 'SYS_BOOT', because: 'it restarts what its PID namespace belongs to' },
    { capability: 'SYS_TIME', because: 'it sets the clock of all that runs on the kernel' },
    { capability: 'SYS_NICE', because: 'it takes CPU time from others' },
    { capability: 'SYS_RESOURCE', because: 'it exceeds its limits' },
    { capability: 'MAC_ADMIN', because: 'it changes the rules of SELinux or AppArmor' },
    { capability: 'MAC_OVERRIDE', because: 'it is not bound by the rules of SELinux or AppArmor' },
    { capability: 'CHECKPOINT_RESTORE', because: 'it sees where other processes have their files mapped' },
];
