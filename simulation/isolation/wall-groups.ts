/** Workloads that the same walls surround: walls are found once for two groups of equals, however many workloads are in each. */
import { at, none } from '../model/columns.ts';
import { type Wall, walls } from '../model/expectation.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { kernelChain } from './common-ground.ts';
import { workloads } from './kernels.ts';
import { isSandboxed, namespaceOwner } from './namespaces.ts';

/** Invariant: whatever stands between a member and a workload that is not in the group, stands between every member and that workload. */
export interface WallGroup {
    readonly kernel: number;
    readonly isSandboxed: boolean;
    /** Owner of the PID and of the mount namespace, where others are in it too; else `none`. */
    readonly pid: number;
    readonly mount: number;
    readonly members: readonly number[];
}

/** A wall, the kernel that has to be taken over to pass it (`none` between machines), and the namespace that makes it as weak as it is. */
export interface Passage {
    readonly wall: Wall;
    readonly kernel: number;
    readonly shares?: 'pid' | 'mount';
    /** Whose way out is the easier one. */
    readonly weaker: 'first' | 'second';
}

const betweenMachines: Passage = { wall: 'machine', kernel: none, weaker: 'first' };

/** All groups, in the order of their first members. */
export function wallGroups(index: TopologyIndex): readonly WallGroup[] {
    const numbers = workloads(index);
    const pid = sharedOwners(index, numbers, 'pid');
    const mount = sharedOwners(index, numbers, 'mount');
    const groups = new Map<string, WallGroup & { readonly members: number[] }>();
    for (const [place, number] of numbers.entries()) {
        const group = {
            kernel: at(index.kernel, number),
            isSandboxed: isSandboxed(index, number),
            pid: at(pid, place),
            mount: at(mount, place),
            members: [number],
        };
        const key = `${group.kernel} ${group.isSandboxed} ${group.pid} ${group.mount}`;
        const known = groups.get(key);
        if (known === undefined) groups.set(key, group);
        else known.members.push(number);
    }
    return [...groups.values()];
}

/** The wall between the closest replicas of any two different members. */
export function passageBetween(index: TopologyIndex, a: WallGroup, b: WallGroup): Passage {
    if (at(index.host, a.kernel) !== at(index.host, b.kernel)) return betweenMachines;
    const other = kernelChain(index, b.members[0] ?? none);
    const kernel = kernelChain(index, a.members[0] ?? none).find((step) => other.includes(step)) ?? none;
    const shares = a.pid !== none && a.pid === b.pid ? 'pid' : a.mount !== none && a.mount === b.mount ? 'mount' : undefined;
    return passage(a, b, kernel, shares);
}

/** The weaker of the two ways to a kernel that carries both; workloads right on it may share a namespace besides. */
export function passage(
    a: Pick<WallGroup, 'kernel' | 'isSandboxed'>,
    b: Pick<WallGroup, 'kernel' | 'isSandboxed'>,
    kernel: number,
    shares: 'pid' | 'mount' | undefined,
): Passage {
    if (kernel === none) return betweenMachines;
    if (shares !== undefined && a.kernel === kernel && b.kernel === kernel && !a.isSandboxed && !b.isSandboxed)
        return { wall: 'process', kernel, shares, weaker: 'first' };
    const [wayOfA, wayOfB] = [wayTo(a, kernel), wayTo(b, kernel)];
    const isFirst = walls.indexOf(wayOfA) <= walls.indexOf(wayOfB);
    return { wall: isFirst ? wayOfA : wayOfB, kernel, weaker: isFirst ? 'first' : 'second' };
}

/** From a workload to the root of a kernel that carries it. */
function wayTo(group: Pick<WallGroup, 'kernel' | 'isSandboxed'>, kernel: number): Wall {
    if (group.kernel !== kernel) return 'kernel';
    return group.isSandboxed ? 'sandbox' : 'namespace';
}

/** Owners of namespaces by workload; `none` where nobody else is in it. */
function sharedOwners(index: TopologyIndex, numbers: readonly number[], kind: 'pid' | 'mount'): Int32Array {
    const owners = Int32Array.from(numbers, (number) => namespaceOwner(index, number, kind));
    const users = new Map<number, number>();
    for (const owner of owners) users.set(owner, (users.get(owner) ?? 0) + 1);
    return owners.map((owner) => ((users.get(owner) ?? 0) > 1 ? owner : none));
}
