/** What a device of the host is to whoever may open it. */

/** Why whoever has the device is root of the kernel; undefined for devices that give less. */
export function powerOfDevice(path: string): string | undefined {
    return powers.find(({ pattern }) => pattern.test(path.replace(/\/+$/, '')))?.because;
}

const wholeDisk = "it is a disk: whoever writes it writes the host's files, past all permissions";

const powers: readonly { readonly pattern: RegExp; readonly because: string }[] = [
    { pattern: /^\/dev$/, because: 'it is every device' },
    { pattern: /^\/dev\/(mem|kmem)$/, because: "it is the machine's memory, the kernel's own included" },
    { pattern: /^\/dev\/port$/, because: 'it is every I/O port' },
    { pattern: /^\/dev\/((s|h|v|xv)d[a-z]+\d*|nvme\d+n\d+(p\d+)?|mmcblk\d+(p\d+)?|dm-\d+|md\d+|nbd\d+|loop\d+|sr?\d+|sg\d+)$/, because: wholeDisk },
    { pattern: /^\/dev\/(mapper|disk|bsg|md)(\/|$)/, because: wholeDisk },
    { pattern: /^\/dev\/(loop-control|uinput)$/, because: 'it makes devices that the host then uses as its own' },
];
