/**
 * What memory limits hold: of a container, pod or slice the working sets in it, against `memory limit` (and a container's swap); of a VM what its guest uses; of a host all,
 * against its memory and, once balloons gave back what they can, its swap. When the next of them is reached follows exactly, because all runs straight until then.
 */
import { at } from '../model/columns.ts';
import { isUp } from './lifecycle.ts';
import { rounding } from './working-sets.ts';
import type { World } from './world.ts';

/** What a member's limit counts, the limit, and how what it counts changes a second. */
export interface Bound {
    readonly limit: number;
    readonly held: number;
    readonly change: number;
}

export function boundOf(world: World, member: number): Bound | undefined {
    const { memory } = world;
    const element = world.elements[member];
    switch (element?.kind) {
        case 'container':
        case 'slice':
        case 'pod': {
            if (element.memoryLimit === undefined) return undefined;
            const swap = element.kind === 'container' ? element.memorySwap : 0;
            return { limit: element.memoryLimit + swap, held: at(memory.inside, member), change: at(memory.insideSlope, member) };
        }
        case 'vm':
            return element.memory === undefined
                ? undefined
                : { limit: element.memory, held: at(memory.inside, member), change: at(memory.insideSlope, member) };
        case 'host':
            if (element.memory === undefined) return undefined;
            // Hosts swap; what they swap out stays used.
            return { limit: element.memory + (element.swap ?? 0), held: at(memory.used, member), change: at(memory.slope, member) };
        default:
            return undefined;
    }
}

/** Whether somebody has to go: more is held than may be, or all that may be and more is to come. */
export const isCrossed = ({ held, limit, change }: Bound): boolean => held > limit * (1 + rounding) || (held >= limit * (1 - rounding) && change > 0);

/** When memory has to be looked at again at the latest. */
export function nextCrossing(world: World): number {
    let next = Infinity;
    for (let member = 0; member < world.size; member++) {
        if (!isUp(world, member)) continue;
        const bound = boundOf(world, member);
        if (bound !== undefined && bound.change > 0) next = Math.min(next, crossingOf(world, member, bound));
        if (world.elements[member]?.kind === 'vm') next = Math.min(next, touchingOf(world, member));
    }
    return Math.max(next, world.now);
}

function crossingOf({ elements, now }: World, member: number, { limit, held, change }: Bound): number {
    const element = elements[member];
    // Balloons begin where memory ends, before swap does.
    const levels = element?.kind === 'host' && element.memory !== undefined ? [element.memory, limit] : [limit];
    const level = levels.find((one) => held < one * (1 - rounding));
    return level === undefined ? Infinity : now + (level - held) / change;
}

/** When a guest that grows again begins to weigh on its host: where it has been before. */
function touchingOf({ memory, now }: World, vm: number): number {
    const { inside, insideSlope, touched } = memory;
    const growth = at(insideSlope, vm);
    const isBelow = growth > 0 && at(inside, vm) < at(touched, vm) * (1 - rounding);
    return isBelow ? now + (at(touched, vm) - at(inside, vm)) / growth : Infinity;
}
