/** Brings memory up to date at an instant: adds it up, takes back what balloons can, and kills until every limit holds. */
import { at, none } from '../model/columns.ts';
import { relieve, type Split } from './kills.ts';
import { isUp } from './lifecycle.ts';
import { boundOf, isCrossed, nextCrossing } from './memory-limits.ts';
import { addUpMemory, inflateBalloons } from './working-sets.ts';
import { stopsAfter, type World } from './world.ts';

/** Answers what has to be told apart before it can be killed, if anything has to. */
export function settleMemory(world: World): readonly Split[] | 'stopped' {
    for (let isSettled = false; !isSettled; ) {
        if (stopsAfter(world, world.size)) return 'stopped';
        addUpMemory(world);
        if (inflateBalloons(world)) continue;
        const splits: Split[] = [];
        isSettled = !relieveAll(world, splits);
        if (splits.length > 0) return splits;
    }
    world.memory.isOutdated = false;
    world.memory.isLighter = false;
    world.memory.nextTime = nextCrossing(world);
    return [];
}

/**
 * One pass over all limits that are crossed, inner ones first, because members stand behind their carriers; whether anybody was killed. What is around a limit that was
 * relieved holds less than was added up, and waits for the next pass.
 */
function relieveAll(world: World, splits: Split[]): boolean {
    const lighter = new Set<number>();
    let hasKilled = false;
    for (let place = world.order.length - 1; place >= 0; place--) {
        const member = at(world.order, place);
        if (!isUp(world, member) || lighter.has(member)) continue;
        const bound = boundOf(world, member);
        if (bound === undefined || !isCrossed(bound)) continue;
        const outcome = relieve(world, member, bound);
        if (outcome === 'nobody') continue;
        if (outcome === 'relieved') hasKilled = true;
        else splits.push(outcome);
        for (let above = at(world.carrier, member); above !== none; above = at(world.carrier, above)) lighter.add(above);
    }
    return hasKilled;
}
