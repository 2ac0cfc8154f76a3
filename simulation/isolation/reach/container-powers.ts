/** What a container's root may do to its kernel: capabilities, user namespace, and how its first user becomes root. */
import { at } from '../../model/columns.ts';
import { osFamily } from '../../model/placement.ts';
import type { Container } from '../../model/topology.ts';
import { elementAt, type TopologyIndex } from '../../model/topology-index.ts';
import { outerKernel } from '../common-ground.ts';
import { isSandboxed } from '../namespaces.ts';
import { isSystemContainer } from '../system-containers.ts';

export interface ContainerPowers {
    readonly container: Container;
    readonly number: number;
    /** The kernel that carries it: of a container with a kernel of its own, the one under that. */
    readonly kernel: number;
    /** What answers its system calls: the kernel itself, or something in between. */
    readonly behind: 'namespaces' | 'sandbox' | 'kernel';
    readonly isWindows: boolean;
    /** Whether its root is somebody else to the kernel. */
    readonly hasUserNamespace: boolean;
    /**
     * From its first process to root in the container: nothing to break as root; the container's own permissions where programs may raise
     * privileges; absent where `no-new-privileges` rules that out.
     */
    readonly root?: 'none' | 'process';
}

export type DirectPowers = ContainerPowers & { readonly root: 'none' | 'process' };

/** The capabilities that Docker gives unasked. Source: moby, daemon/pkg/oci/caps/defaults.go. */
export const defaultCapabilities: readonly string[] = [
    'AUDIT_WRITE',
    'CHOWN',
    'DAC_OVERRIDE',
    'FOWNER',
    'FSETID',
    'KILL',
    'MKNOD',
    'NET_BIND_SERVICE',
    'NET_RAW',
    'SETFCAP',
    'SETGID',
    'SETPCAP',
    'SETUID',
    'SYS_CHROOT',
];

export function powersOf(index: TopologyIndex, number: number): ContainerPowers | undefined {
    const container = elementAt(index, number, 'container');
    if (container === undefined) return undefined;
    const hasKernel = at(index.kernel, number) === number;
    const kernel = hasKernel ? outerKernel(index, number) : at(index.kernel, number);
    const isRoot = container.user === 'root' || Number(container.user) === 0;
    const root = isRoot ? 'none' : container.noNewPrivileges ? undefined : 'process';
    return {
        container,
        number,
        kernel,
        behind: hasKernel ? 'kernel' : isSandboxed(index, number) ? 'sandbox' : 'namespaces',
        isWindows: !hasKernel && osFamily(index.topology.definitions, index.elements[kernel]) === 'windows',
        hasUserNamespace: hasUserNamespace(index, number),
        ...(root === undefined ? {} : { root }),
    };
}

/**
 * The powers of a container whose root is root to the kernel and talks to it directly: what is given to it counts.
 * Behind gVisor and Kata capabilities and devices count inside the sandbox only; in a user namespace they count for what it owns.
 */
export function directPowers(powers: ContainerPowers | undefined): DirectPowers | undefined {
    if (powers === undefined || powers.behind !== 'namespaces' || powers.hasUserNamespace || powers.isWindows) return undefined;
    const { root } = powers;
    return root === undefined ? undefined : { ...powers, root };
}

/** Whether a container has a capability. As Docker reads it: `privileged` has all, `add` wins over `drop`, except that a `drop` takes from `add ALL`. */
export function hasCapability({ privileged, capabilitiesAdded, capabilitiesDropped }: Container, capability: string): boolean {
    if (privileged) return true;
    const [added, dropped] = [capabilitiesAdded.map(plainName), capabilitiesDropped.map(plainName)];
    if (added.includes('ALL')) return !dropped.includes(capability);
    if (added.includes(capability)) return true;
    return defaultCapabilities.includes(capability) && !dropped.includes('ALL') && !dropped.includes(capability);
}

/** `CAP_SYS_ADMIN` and `sys_admin` mean `SYS_ADMIN`. */
export function plainName(capability: string): string {
    return capability.toUpperCase().replace(/^CAP_/, '');
}

/** Engines make none unless told, but for those of system containers. */
function hasUserNamespace(index: TopologyIndex, number: number): boolean {
    let current = number;
    for (let steps = 0; steps < index.elements.length; steps++) {
        const container = elementAt(index, current, 'container');
        if (container === undefined) return false;
        const target = container.namespaces.user;
        if (target === undefined) return isSystemContainer(index, current) && !container.privileged;
        if (target.kind !== 'container') return target.kind === 'own';
        const next = index.numbers.get(target.of.element);
        if (next === undefined || next === current) return true;
        current = next;
    }
    return true;
}
