/**
 * The wall between two workloads: what must be broken to get from one to the other, in the weaker of the two directions.
 *
 * Both stand on a lowest common kernel K, or on different machines. From A one gets to B by taking over K:
 *   through `namespace` walls, if A runs on K, or a `sandbox` if it does so under gVisor;
 *   through a `kernel` otherwise, because A is in a guest (or has a kernel of its own) that K carries.
 * Whoever owns K owns all that it carries, guests included. So the wall is the weaker of A's and B's way to K. Workloads on one kernel that
 * share a PID or mount namespace have only a `process` wall between them; processes outside containers share the initial ones.
 *
 * Invariants: symmetric; the same for all replicas that nothing tells apart, of which the weakest pair decides.
 * Cost: walls are found once for two groups of equals (see `wall-groups.ts`); rows are made one at a time, because there are as many as pairs of declarations.
 */

import { at, none } from '../model/columns.ts';
import { type Wall, walls } from '../model/expectation.ts';
import type { InstanceSet } from '../model/ids.ts';
import type { Boundary } from '../model/result.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { closestGround, commonKernel, isCommon, kernelChain, meantBy, sharedLevels } from './common-ground.ts';
import { nameOf, pairOf } from './element-names.ts';
import { workloads } from './kernels.ts';
import { isSandboxed, namespaceOwner } from './namespaces.ts';
import { type Passage, passage, passageBetween, wallGroups } from './wall-groups.ts';

export interface WallBetween {
    readonly wall: Wall;
    /** In words. */
    readonly because: string;
}

/** One row for each pair of declared workloads, and for each that has replicas with itself. */
export function* boundaries(index: TopologyIndex): Generator<Boundary> {
    const groups = wallGroups(index);
    const groupOf = new Map<number, number>(groups.flatMap(({ members }, place) => members.map((member) => [member, place] as const)));
    const found = new Map<number, Passage>();
    const between = (a: number, b: number): Passage | undefined => {
        const [one, two] = [groupOf.get(a) ?? none, groupOf.get(b) ?? none];
        const key = one * groups.length + two;
        const [first, second] = [groups[one], groups[two]];
        const passed = found.get(key) ?? (first && second && passageBetween(index, first, second));
        if (passed !== undefined) found.set(key, passed);
        return passed;
    };
    const numbers = workloads(index);
    for (const [place, a] of numbers.entries()) {
        for (const b of numbers.slice(place)) {
            const shared = closestGround(index, a, b);
            const { id: first } = index.elements[a] ?? {};
            const { id: second } = index.elements[b] ?? {};
            const passed = a === b && shared !== undefined ? passageUnder(index, a, b, shared) : between(a, b);
            if (shared === undefined || first === undefined || second === undefined || passed === undefined) continue;
            yield { a: first, b: second, wall: passed.wall, because: reason(index, a, b, shared, passed) };
        }
    }
}

/** Every wall that stands between a member of one set and another member of the other, weakest first; none where a set is empty. */
export function wallsBetween(index: TopologyIndex, from: InstanceSet, to: InstanceSet): readonly WallBetween[] {
    const a = meantBy(index, from);
    const b = meantBy(index, to);
    if (a === undefined || b === undefined) return [];
    const levels = sharedLevels(index, a, b);
    if (levels.length === 0)
        return [{ wall: 'process', because: `${nameOf(index, a.number)} is one workload: nothing but processes stand side by side in it` }];
    return levels.map((shared) => wallUnder(index, a.number, b.number, shared)).sort((one, other) => walls.indexOf(one.wall) - walls.indexOf(other.wall));
}

/** The wall between two replicas that have `shared` and all above it in common. */
function wallUnder(index: TopologyIndex, a: number, b: number, shared: number): WallBetween {
    const passed = passageUnder(index, a, b, shared);
    return { wall: passed.wall, because: reason(index, a, b, shared, passed) };
}

function passageUnder(index: TopologyIndex, a: number, b: number, shared: number): Passage {
    const standing = (number: number) => ({ kernel: at(index.kernel, number), isSandboxed: isSandboxed(index, number) });
    const shares = (['pid', 'mount'] as const).find((kind) => sharesNamespace(index, a, b, shared, kind));
    return passage(standing(a), standing(b), commonKernel(index, a, b, shared), shares);
}

/** Whether two replicas are in one namespace: the kernel's initial one, or one that a container or pod owns which they have in common. */
function sharesNamespace(index: TopologyIndex, a: number, b: number, shared: number, kind: 'pid' | 'mount' | 'network' | 'ipc'): boolean {
    const owner = namespaceOwner(index, a, kind);
    return owner === namespaceOwner(index, b, kind) && (owner === at(index.kernel, a) || isCommon(index, owner, a, b, shared));
}

function alsoShared(index: TopologyIndex, a: number, b: number, shared: number): string {
    if (at(index.kernel, a) !== at(index.kernel, b) || commonKernel(index, a, b, shared) !== at(index.kernel, a)) return '';
    const words = (['network', 'ipc'] as const).filter((kind) => sharesNamespace(index, a, b, shared, kind)).map((kind) => (kind === 'ipc' ? 'IPC' : kind));
    return words.length === 0 ? '' : `; they also share the ${words.join(' and ')} namespace${words.length > 1 ? 's' : ''}`;
}

function reason(index: TopologyIndex, a: number, b: number, shared: number, { wall, kernel, shares, weaker }: Passage): string {
    const [from, other] = weaker === 'first' ? [a, b] : [b, a];
    const [escaped, root] = [nameOf(index, from), nameOf(index, kernel)];
    const target = a === b ? 'its replicas' : nameOf(index, other);
    const carried = guestBetween(index, other, kernel);
    const prize = carried === none || carried === other ? target : `the guest ${nameOf(index, carried)} with ${target}`;
    const takeover =
        index.elements[from]?.kind === 'container'
            ? `whoever breaks out of ${escaped} owns ${root}'s kernel`
            : `whoever gets from ${escaped} into ${root}'s kernel owns it`;
    switch (wall) {
        case 'process':
            return shares === 'mount'
                ? `${pairOf(index, a, b)} share a mount namespace: each sees the other's files`
                : `${pairOf(index, a, b)} share a PID namespace: each sees the other's processes`;
        case 'namespace':
            return carried === none && !isSandboxed(index, other)
                ? `${pairOf(index, from, other)} share ${root}'s kernel, with only namespaces between them${alsoShared(index, a, b, shared)}`
                : `${takeover}, and with it ${prize}${isSandboxed(index, other) ? ', sandbox or not' : ''}${alsoShared(index, a, b, shared)}`;
        case 'sandbox':
            return `gVisor stands between ${escaped} and ${root}'s kernel, which carries ${prize}${alsoShared(index, a, b, shared)}`;
        case 'kernel':
            return `${pairOf(index, from, other)} run on kernels of their own; to get across, one has to break out of a virtual machine on ${root}`;
        case 'machine':
            return `${pairOf(index, a, b)} run on different machines`;
        default:
            return wall satisfies never;
    }
}

/** The outermost guest in which an element stands on a kernel; `none` where it runs on the kernel itself. */
function guestBetween(index: TopologyIndex, number: number, kernel: number): number {
    const chain = kernelChain(index, number);
    return chain[chain.indexOf(kernel) - 1] ?? none;
}
