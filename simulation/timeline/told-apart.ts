/**
 * Which copies kills have told apart so far in a group of hosts: it is run again with them apart until no kill needs more.
 *
 * Copies are counted from the last, in the order in which they are killed: the last replica in the last replica of what is around it comes first. Those that die at one
 * instant become one member. Those after them become a member each, because they may have to die one by one: of the same element twice as many each time, so that
 * a thousand kills at different times cost ten runs.
 */
import { at, none } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { copiesBelow, type Split } from './kills.ts';
import { type Cuts, cut } from './split-replicas.ts';
import type { World } from './world.ts';

/** Replicas of one element that are told apart one by one; who is killed after these would be a guess. */
export const mostApart = 1000;

export class ToldApart {
    readonly cuts: Map<number, Set<number>>;
    /** By element: how many of its copies the next kill tells apart one by one. */
    readonly #apart = new Map<number, number>();

    constructor(given: Cuts) {
        this.cuts = new Map(Array.from(given, ([element, places]) => [element, new Set(places)]));
    }

    /** Whether there is something new to tell apart that may be. */
    tell(index: TopologyIndex, world: World, splits: readonly Split[]): boolean {
        return splits.every((split) => this.#tellOne(index, world, split));
    }

    #tellOne(index: TopologyIndex, world: World, { unit, bounded, copies }: Split): boolean {
        const element = at(world.cohort.element, unit);
        const apart = this.#apart.get(element) ?? 1;
        if (apart > mostApart) return false;
        this.#apart.set(element, 2 * apart);
        const nest = nestOf(world, unit, bounded);
        const end = Math.min(copies + apart, copiesBelow(world, unit, bounded));
        for (let offset = copies; offset < end; offset++) cutBefore(index, nest, offset, this.cuts);
        return true;
    }
}

/** A level between a limit and what dies, itself the last. */
interface Level {
    readonly element: number;
    readonly last: number;
    /** Copies of what dies in one replica of it. */
    readonly inner: number;
}

/** Outermost first. */
function nestOf({ cohort, carrier }: World, unit: number, bounded: number): readonly Level[] {
    const levels: Level[] = [];
    let inner = 1;
    for (let member = unit; member !== bounded && member !== none; member = at(carrier, member)) {
        levels.unshift({ element: at(cohort.element, member), last: at(cohort.last, member), inner });
        inner *= at(cohort.count, member);
    }
    return levels;
}

/** Makes the last `copies` members of their own. */
function cutBefore(index: TopologyIndex, nest: readonly Level[], copies: number, cuts: Map<number, Set<number>>): void {
    let rest = copies;
    for (const { element, last, inner } of nest) {
        const whole = Math.floor(rest / inner);
        rest -= whole * inner;
        cut(cuts, index, element, last - whole + 1);
        if (rest === 0) return;
        // The replica of which only some inside are meant stands alone.
        cut(cuts, index, element, last - whole);
    }
}
