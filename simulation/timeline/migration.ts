/**
 * Live migration by pre-copy, as model.md §4 says: round 0 copies what the guest has touched, each further round what was written meanwhile, until the rest would take
 * less than 300 ms or 30 rounds are done. Then the guest stands still while the rest is copied, and goes on at its new place.
 * The copy takes its share of both hosts' networks, so that others feel it.
 */
import { at, listAt } from '../model/columns.ts';
import { processAt } from './phases.ts';
import { migrating, running } from './state-numbers.ts';
import { migrationTimer } from './timer-kinds.ts';
import type { Migration, World } from './world.ts';

/** Seconds of standstill that are aimed at, and rounds after which it is taken as it comes. */
const longestPause = 0.3;
const mostRounds = 30;

export function beginMigration(world: World, vm: number, to: number): void {
    if (at(world.state, vm) !== running || at(world.state, to) !== running || at(world.carrier, vm) === to) return;
    const left = at(world.memory.touched, vm);
    world.migrations.set(vm, { vm, to, round: 0, left, since: world.now, roundStarted: world.now, rate: 0, isPaused: false });
    world.state[vm] = migrating;
    world.log.event(world.now, 'migrating', vm, { to: world.elements[to]?.id ?? '' });
    world.cpu.isOutdated = true;
}

/** To be called when rates have changed: plans the end of each round anew. */
export function planMigrations(world: World, before: ReadonlyMap<number, number>): void {
    for (const migration of world.migrations.values()) {
        const rate = before.get(migration.vm) ?? 0;
        // What was copied at the old rate.
        if (world.now > migration.since) migration.left = Math.max(migration.left - rate * (world.now - migration.since), 0);
        migration.since = world.now;
        const takes = migration.rate === Infinity || migration.left === 0 ? 0 : migration.rate > 0 ? migration.left / migration.rate : Infinity;
        world.stamp[migration.vm] = at(world.stamp, migration.vm) + 1;
        if (takes < Infinity) world.timers.put(world.now + takes, migrationTimer, migration.vm, at(world.stamp, migration.vm));
    }
}

/** A round is done: answers where the guest now stands if it has moved. */
export function endRound(world: World, vm: number): 'moved' | 'goes on' {
    const migration = world.migrations.get(vm);
    if (migration === undefined) return 'goes on';
    if (migration.isPaused) {
        arrive(world, migration);
        return 'moved';
    }
    const took = world.now - migration.roundStarted;
    const written = Math.min(dirtyRate(world, vm) * took, at(world.memory.touched, vm));
    const pause = migration.rate === Infinity ? 0 : written / migration.rate;
    migration.round++;
    migration.left = written;
    migration.since = world.now;
    migration.roundStarted = world.now;
    world.cpu.isOutdated = true;
    if (pause < longestPause || migration.round >= mostRounds) {
        migration.isPaused = true;
        world.cpu.setPaused(vm, true);
    }
    return 'goes on';
}

function arrive(world: World, { vm, to, roundStarted, round }: Migration): void {
    world.migrations.delete(vm);
    world.downtime[vm] = at(world.downtime, vm) + world.now - roundStarted;
    world.cpu.setPaused(vm, false);
    world.carrier[vm] = to;
    world.state[vm] = running;
    world.isOutdated = true;
    world.log.event(world.now, 'migrated', vm, { to: world.elements[to]?.id ?? '', rounds: round, downtime: world.now - roundStarted });
}

/** Bytes a second that processes write into memory in what a member carries. */
function dirtyRate(world: World, member: number): number {
    let sum = 0;
    for (const child of listAt(world.view.carried, member)) {
        const process = processAt(world, child);
        if (process === undefined) sum += at(world.cohort.count, child) * dirtyRate(world, child);
        else if (at(world.state, child) === running)
            sum += at(world.cohort.count, child) * (process.phases[at(world.phase, child)] ?? process).dirty * at(world.loadCpu, child);
    }
    return sum;
}
