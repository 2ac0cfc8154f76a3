/**
 * Runs one group of hosts from the moment they are switched on: from event to event, with constant rates in between.
 *
 * At each instant, in this order: work that is done and boots that end (by member), timers (by `timer-kinds.ts`, then by member), steps in the order of the text; then
 * containers whose first process has ended; then shares and rates; then memory, whose kills come last and are followed by all of it again until nothing changes.
 * Instants that differ by rounding are one.
 *
 * Invariants: between two instants every rate is constant and every working set runs straight. No instant is looked at in which nothing can happen.
 * Cost: an instant at which only work ends that others of its kind follow costs O(log members); one that changes shares O(n log n) in the members of the group.
 */
import { at } from '../model/columns.ts';
import type { Scenario } from '../model/topology.ts';
import { instant } from '../solver/work-clocks.ts';
import { failOver, startMoved } from './failover.ts';
import type { Split } from './kills.ts';
import { goOnBooting, restart, settleEnded, switchOn } from './lifecycle.ts';
import { endRound, planMigrations } from './migration.ts';
import { phaseDone } from './phases.ts';
import type { Recorder } from './recorder.ts';
import { settleMemory } from './settle-memory.ts';
import { applyStep } from './steps.ts';
import { bootTimer, failoverTimer, migrationTimer, phaseTimer, restartTimer, stepTimer } from './timer-kinds.ts';
import { shareTraffic } from './traffic.ts';
import { addUpMemory, writeOwnMemory } from './working-sets.ts';
import { looksToRebuild, rebuild, stopsAfter, type World } from './world.ts';

export interface RunOptions {
    readonly scenario: Scenario;
    readonly recorder: Recorder | undefined;
}

export type GroupOutcome =
    | { readonly kind: 'done' }
    | { readonly kind: 'stopped' }
    | { readonly kind: 'cut'; readonly at: number }
    | { readonly kind: 'split'; readonly splits: readonly Split[] };

/** Instants of a run, over all groups; who has more does not come to rest. */
export const mostInstants = 10_000_000;

export function runGroup(world: World, options: RunOptions): GroupOutcome {
    const { scenario, recorder } = options;
    writeOwnMemory(world);
    for (const [place, step] of scenario.steps.entries()) world.timers.put(step.at, stepTimer, place, 0);
    switchOn(world);
    const finished: number[] = [];
    for (;;) {
        const splits = settle(world, recorder !== undefined);
        if (splits === 'stopped' || stopsAfter(world, recorder === undefined ? 1 : recorder.looks(world))) return { kind: 'stopped' };
        if (splits.length > 0) return { kind: 'split', splits };
        recorder?.after(world);
        world.log.instants++;
        const next = Math.min(world.timers.nextTime, world.cpu.clocks.nextTime, world.memory.nextTime);
        if (!(next <= world.duration)) break;
        if (world.log.instants >= mostInstants || !world.visits.canAfford(0)) return cutRun(world);
        recorder?.before(world, next);
        world.now = Math.max(next, world.now);
        happen(world, scenario, finished);
    }
    recorder?.before(world, world.duration);
    world.now = world.duration;
    recorder?.after(world);
    endRun(world);
    return { kind: 'done' };
}

/** Ends a run at the instant that it has come to. */
export function cutRun(world: World): Extract<GroupOutcome, { kind: 'cut' }> {
    endRun(world);
    return { kind: 'cut', at: world.now };
}

/** All that happens at this instant. */
function happen(world: World, scenario: Scenario, finished: number[]): void {
    const { now, size, timers } = world;
    finished.length = 0;
    world.cpu.clocks.takeFinished(now, finished);
    if (finished.length > 1) finished.sort((a, b) => a - b);
    for (const activity of finished) {
        // What ended earlier in this instant may have taken it along.
        if (world.cpu.clocks.classOf(activity) < 0) continue;
        if (activity < size) {
            phaseDone(world, activity, 'work');
        } else {
            world.cpu.endBoot(activity - size, now);
            goOnBooting(world, activity - size);
        }
    }
    const latest = now * (1 + instant);
    while (timers.nextTime <= latest) {
        timers.take();
        const { kind, subject, stamp } = timers;
        if (kind !== stepTimer && stamp !== at(world.stamp, subject)) continue;
        ring(world, scenario, kind, subject);
    }
    if (world.memory.ramps > 0 || world.memory.nextTime <= latest) world.memory.isOutdated = true;
}

function ring(world: World, scenario: Scenario, kind: number, subject: number): void {
    // Steps, moves and migrations look at what is held.
    if (kind >= failoverTimer && (world.memory.isLighter || world.memory.ramps > 0)) addUpMemory(world);
    if (kind === bootTimer) goOnBooting(world, subject);
    else if (kind === phaseTimer) phaseDone(world, subject, 'time');
    else if (kind === restartTimer) restart(world, subject);
    else if (kind === failoverTimer) moveAway(world, subject);
    else if (kind === migrationTimer) {
        endRound(world, subject);
    } else {
        const step = scenario.steps[subject];
        if (step !== undefined) applyStep(world, step);
        // The next step may name what this one has moved or changed.
        if (world.isOutdated) refit(world);
    }
}

function moveAway(world: World, host: number): void {
    if (!failOver(world, host)) return;
    refit(world);
    startMoved(world);
}

function refit(world: World): void {
    rebuild(world);
    writeOwnMemory(world);
    stopsAfter(world, world.size * looksToRebuild);
}

/**
 * Brings shares, rates and memory up to date, and kills until memory fits; answers what has to be told apart for that. Memory that only fell is added up where it is
 * watched, or where what grows has more time now.
 */
function settle(world: World, isWatched: boolean): readonly Split[] | 'stopped' {
    const { memory } = world;
    for (;;) {
        settleEnded(world);
        if (memory.isLighter && (isWatched || memory.ramps > 0)) memory.isOutdated = true;
        if (world.isOutdated) refit(world);
        if (world.cpu.isOutdated) {
            if (stopsAfter(world, looksToShare(world))) return 'stopped';
            shareAll(world);
        } else if (!memory.isOutdated) {
            return [];
        }
        if (!memory.isOutdated) continue;
        const splits = settleMemory(world);
        if (splits === 'stopped' || splits.length > 0) return splits;
    }
}

/** Sets of CPUs, disks and networks are solved by searching. */
function looksToShare({ size, cpu, migrations }: World): number {
    return size * (2 + (cpu.hasSets ? 20 : 0) + (cpu.hasIo || migrations.size > 0 ? 20 : 0));
}

function shareAll(world: World): void {
    const { cpu, now } = world;
    cpu.share(now);
    if (cpu.hasIo || world.migrations.size > 0) {
        const before = new Map(Array.from(world.migrations, ([vm, { rate }]) => [vm, rate]));
        world.traffic = shareTraffic(world);
        cpu.slow(world.traffic.rates, now);
        planMigrations(world, before);
    } else {
        world.traffic = undefined;
    }
    // Working sets that grow with work grow as fast as it.
    if (world.memory.ramps > 0) world.memory.isOutdated = true;
}

/** Adds up what is still under way. */
function endRun(world: World): void {
    const { now } = world;
    for (let member = 0; member < world.size; member++) {
        world.work[member] = at(world.work, member) + world.cpu.end(member, now);
        if (!Number.isNaN(at(world.downSince, member))) world.downtime[member] = at(world.downtime, member) + now - at(world.downSince, member);
    }
}
