/** What can be known of a machine, each a text by a name: what its programs print, its kernel says, and Node.js knows. */

/** What Node.js knows of any machine: `{ hostname, platform, arch, cpus, memory }`, memory in bytes. */
export const nodeFile = 'node.json';
/** `lscpu -J`. */
export const processorsFile = 'lscpu.json';
/** `lsblk -J -b`. */
export const disksFile = 'lsblk.json';
/** `[{ name, type, speed, isVirtual }]` of `/sys/class/net`; a speed in Mbit/s, as written there. */
export const networkFile = 'network.json';
export const memoryFile = 'meminfo';
export const cpuinfoFile = 'cpuinfo';
export const systemFile = 'os-release';
/** Of the control group in which the import runs. */
export const cpuLimitFile = 'cpu.max';
export const memoryLimitFile = 'memory.max';

export const machineFiles: readonly string[] = [
    nodeFile,
    processorsFile,
    disksFile,
    networkFile,
    memoryFile,
    cpuinfoFile,
    systemFile,
    cpuLimitFile,
    memoryLimitFile,
];
