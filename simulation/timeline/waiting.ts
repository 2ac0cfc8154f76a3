/** Which containers wait for which: for all replicas that have the same ancestors as far as both have them in common. */
import { at, none } from '../model/columns.ts';
import type { Element } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import type { Cohort } from './split-replicas.ts';

/** By member: the containers that wait for it, and those that it waits for. */
export interface Waiting {
    readonly waiters: ReadonlyMap<number, readonly number[]>;
    readonly waitsFor: ReadonlyMap<number, readonly number[]>;
}

export function waitingOf(index: TopologyIndex, cohort: Cohort, elements: readonly Element[]): Waiting {
    const waiters = new Map<number, number[]>();
    const waitsFor = new Map<number, number[]>();
    let membersOf: Map<number, number[]> | undefined;
    for (const [member, element] of elements.entries()) {
        if (element.kind !== 'container' || element.after.length === 0) continue;
        membersOf ??= membersByElement(cohort);
        const targets = element.after.flatMap((set) => membersOf?.get(index.numbers.get(set.element) ?? none) ?? []);
        const near = targets.filter((target) => haveCommonAncestors(cohort, member, target) && at(cohort.count, target) > 0);
        waitsFor.set(member, near);
        for (const target of near) {
            const known = waiters.get(target);
            if (known === undefined) waiters.set(target, [member]);
            else known.push(member);
        }
    }
    return { waiters, waitsFor };
}

function membersByElement(cohort: Cohort): Map<number, number[]> {
    const members = new Map<number, number[]>();
    for (const [member, element] of cohort.element.entries()) {
        const known = members.get(element);
        if (known === undefined) members.set(element, [member]);
        else known.push(member);
    }
    return members;
}

/** Whether no element above both has different members above each. */
function haveCommonAncestors(cohort: Cohort, one: number, other: number): boolean {
    const above = new Map<number, number>();
    for (let member = at(cohort.parent, one); member >= 0; member = at(cohort.parent, member)) above.set(at(cohort.element, member), member);
    for (let member = at(cohort.parent, other); member >= 0; member = at(cohort.parent, member)) {
        const own = above.get(at(cohort.element, member));
        if (own !== undefined && own !== member) return false;
    }
    return true;
}
