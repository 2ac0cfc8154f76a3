/**
 * Walls between workloads that are on both sides, where they have changed.
 *
 * Workloads that were equals before and are equals after make one class, so a wall is looked up once for two classes, however many workloads are in
 * each; and only a class whose surroundings have changed can have other walls than before.
 */
import { wallsBetween } from '#simulation/isolation/boundaries.ts';
import { kernelChain } from '#simulation/isolation/common-ground.ts';
import { passageBetween, type WallGroup, wallGroups } from '#simulation/isolation/wall-groups.ts';
import { append } from '#simulation/model/append.ts';
import { at, none } from '#simulation/model/columns.ts';
import type { Wall } from '#simulation/model/expectation.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import type { Bounded } from './difference.ts';
import type { ElementMatch } from './match-elements.ts';
import { type CommonWorkload, commonWorkloads, type Indices } from './workload-pairs.ts';

/** The wall between each of `a` and each other of `b`; of `replicas`, between the replicas of each of `a`. */
export interface WallDifference {
    readonly between: 'workloads' | 'replicas';
    readonly a: readonly ElementId[];
    readonly b: readonly ElementId[];
    readonly before: Wall;
    readonly after: Wall;
    /** Why the wall is what it is now, said of the first of both. */
    readonly because: string;
}

/** Pairs of classes that are looked at; a few hundred milliseconds. */
const mostPairs = 1_000_000;

interface Class {
    readonly members: readonly CommonWorkload[];
    readonly before: WallGroup;
    readonly after: WallGroup;
    readonly isChanged: boolean;
}

export function wallDifferences(indices: Indices, match: ElementMatch): Bounded<WallDifference> {
    const classes = classesOf(indices, match);
    const rows: WallDifference[] = [];
    let looked = 0;
    for (const [place, one] of classes.entries()) {
        if (one.isChanged) {
            rows.push(...amongReplicas(indices, one));
        }
        for (const other of classes.slice(place)) {
            if (one.isChanged || other.isChanged) {
                looked += 1;
                rows.push(...betweenClasses(indices, one, other));
            }
        }
        if (looked > mostPairs) {
            return { rows, isComplete: false };
        }
    }
    return { rows, isComplete: true };
}

function classesOf(indices: Indices, match: ElementMatch): readonly Class[] {
    const [before, after] = [groupsByMember(indices.before), groupsByMember(indices.after)];
    const numbers = new Map<WallGroup, number>([...new Set([...before.values(), ...after.values()])].map((group, place) => [group, place]));
    const classes = new Map<string, { readonly members: CommonWorkload[]; readonly before: WallGroup; readonly after: WallGroup }>();
    for (const workload of commonWorkloads(indices, match)) {
        const [then, now] = [before.get(workload.before), after.get(workload.after)];
        if (then !== undefined && now !== undefined) {
            const key = `${numbers.get(then)} ${numbers.get(now)}`;
            const known = classes.get(key) ?? { members: [], before: then, after: now };
            classes.set(key, known);
            known.members.push(workload);
        }
    }
    return [...classes.values()].map((one) => ({ ...one, isChanged: hasChanged(indices, match, one) }));
}

function groupsByMember(index: TopologyIndex): ReadonlyMap<number, WallGroup> {
    return new Map(wallGroups(index).flatMap((group) => group.members.map((member) => [member, group] as const)));
}

/** Whether anything is different that walls are made of: the kernels that carry it, a sandbox, a namespace that it shares. */
function hasChanged({ before, after }: Indices, { became }: ElementMatch, one: Omit<Class, 'isChanged'>): boolean {
    const surroundings = (index: TopologyIndex, { kernel, isSandboxed, pid, mount }: WallGroup, member: number, name: (id: ElementId) => string): string => {
        const named = (number: number): string => (number === none ? '' : name(index.elements[number]?.id ?? ('' as ElementId)));
        return JSON.stringify([named(kernel), kernelChain(index, member).map(named), named(at(index.host, member)), isSandboxed, named(pid), named(mount)]);
    };
    const [first] = one.members;
    return (
        first !== undefined &&
        surroundings(before, one.before, first.before, (id) => became.get(id) ?? `before ${id}`) !== surroundings(after, one.after, first.after, (id) => id)
    );
}

function betweenClasses(indices: Indices, one: Class, other: Class): readonly WallDifference[] {
    const [a] = one.members;
    const b = one === other ? other.members[1] : other.members[0];
    if (a === undefined || b === undefined) {
        return [];
    }
    const before = passageBetween(indices.before, one.before, other.before).wall;
    const after = passageBetween(indices.after, one.after, other.after).wall;
    const ids = ({ members }: Class): readonly ElementId[] => members.map(({ id }) => id);
    return before === after
        ? []
        : [{ between: 'workloads', a: ids(one), b: ids(other), before, after, because: weakestBetween(indices.after, a.after, b.after)?.because ?? '' }];
}

/** Replicas of one workload may stand on one host or on many, so each workload is looked at. */
function amongReplicas({ before, after }: Indices, { members }: Class): readonly WallDifference[] {
    const rows = new Map<string, WallDifference & { readonly a: ElementId[] }>();
    const byTransition = new Map<string, ElementId[]>();
    for (const member of members) {
        const hasReplicas = at(before.multiplicity, member.before) > 1 && at(after.multiplicity, member.after) > 1;
        const then = hasReplicas ? weakestBetween(before, member.before, member.before) : undefined;
        const now = hasReplicas ? weakestBetween(after, member.after, member.after) : undefined;
        if (then !== undefined && now !== undefined && then.wall !== now.wall) {
            const key = `${then.wall} ${now.wall}`;
            append(byTransition, key, member.id);
            const a = byTransition.get(key) ?? [];
            rows.set(key, rows.get(key) ?? { between: 'replicas', a, b: a, before: then.wall, after: now.wall, because: now.because });
        }
    }
    return [...rows.values()];
}

function weakestBetween(index: TopologyIndex, a: number, b: number): { readonly wall: Wall; readonly because: string } | undefined {
    const [one, other] = [index.elements[a]?.id, index.elements[b]?.id];
    // No ranges mean all replicas.
    return one === undefined || other === undefined ? undefined : wallsBetween(index, { element: one, ranges: [] }, { element: other, ranges: [] })[0];
}
