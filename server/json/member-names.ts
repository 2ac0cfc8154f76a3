/** How rows name the members of a run: replica by replica, or all that a member stands for at once. */
import { at } from '#simulation/model/columns.ts';
import { type Instance, instanceOf } from '#simulation/model/instances.ts';
import type { Members, Run } from '#simulation/model/timeline.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { elementOfMember, firstPathOf } from '#simulation/timeline/read-run.ts';

export interface MemberName {
    readonly path: string;
    /** Of replicas that are named at once: how many they are, and the first of them. */
    readonly count?: number;
    readonly first?: string;
}

export type MemberNames = (member: number) => Iterable<MemberName>;

/** Every replica by its own path. */
export function replicaNames(index: TopologyIndex, members: Members, selected: (path: string) => boolean): MemberNames {
    return function* (member) {
        for (const { path } of memberInstances(index, members, member)) {
            if (selected(path)) {
                yield { path };
            }
        }
    };
}

/** The declared element, the number of its replicas that ran alike, and, where there are several, the first of those. */
export function memberNames(index: TopologyIndex, run: Run, selected: (path: string) => boolean): MemberNames {
    return (member) => {
        const path = elementOfMember(index, run, member)?.id;
        const count = replicasOf(run.members, member);
        if (path === undefined || count === 0 || !selected(path)) {
            return [];
        }
        const first: string = firstPathOf(index, run, member);
        return [{ path, count, ...(first === path ? {} : { first }) }];
    };
}

/** How many replicas a member stands for, under all replicas of what carries it. */
export function replicasOf(members: Members, member: number): number {
    let replicas = 1;
    for (let one = member; one >= 0; one = at(members.parent, one)) {
        replicas *= Math.max(0, at(members.last, one) - at(members.first, one) + 1);
    }
    return replicas;
}

function* memberInstances(index: TopologyIndex, members: Members, member: number): Generator<Instance> {
    const above = at(members.parent, member);
    for (const parent of above < 0 ? [undefined] : memberInstances(index, members, above)) {
        for (let replica = at(members.first, member); replica <= at(members.last, member); replica += 1) {
            yield instanceOf(index, at(members.element, member), replica, parent);
        }
    }
}
