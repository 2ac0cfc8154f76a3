/**
 * Who is killed when a memory limit is crossed.
 *
 * Victim: in what the limit holds, the process with the largest working set + oom-score-adj / 1000 · limit; to a host a VM is one process; among equals the one that grew
 * last, then the one declared later. Who has −1000 is never killed. With `oom-group` all processes in the outermost such group die with it.
 * Of replicas that were computed as one only as many of the last are killed as have to be; where those are not all of them, they have to be told apart first.
 */
import { at, listAt, none } from '../model/columns.ts';
import { isFirstProcess, isUp, processEnded, scheduleRestart, takeDown } from './lifecycle.ts';
import type { Bound } from './memory-limits.ts';
import { endProcess } from './phases.ts';
import { killed } from './state-numbers.ts';
import { rounding } from './working-sets.ts';
import type { World } from './world.ts';

/** Of copies of something only some are to be killed: run the group again with those apart. */
export interface Split {
    /** What dies as one: a process, a VM, or a group. */
    readonly unit: number;
    /** Whose limit it is. */
    readonly bounded: number;
    /** So many of the last copies of the unit in what the limit holds. */
    readonly copies: number;
}

/** Makes room under a limit by kills, as many as are certainly needed: at least one, if anybody can be killed. */
export function relieve(world: World, bounded: number, { held, limit }: Bound): Split | 'relieved' | 'nobody' {
    let excess = held - limit * (1 + rounding);
    let outcome: 'relieved' | 'nobody' = 'nobody';
    for (const equals of victimsOf(world, bounded, limit)) {
        const units = [...new Set(equals.map((victim) => unitOf(world, bounded, victim)))];
        for (const [place, unit] of units.entries()) {
            const doomed = processesOf(world, unit);
            // A kill before may have ended it.
            if (doomed.length === 0) continue;
            const nest: Nest = { unit, bounded, copies: copiesBelow(world, unit, bounded), freed: mostFreedBy(world, unit, bounded) };
            const needed = neededOf(world, nest, excess, units.slice(place + 1));
            if (needed < nest.copies) return outcome === 'nobody' ? { unit, bounded, copies: needed } : outcome;
            killAll(world, doomed, bounded);
            outcome = 'relieved';
            excess -= nest.copies * nest.freed;
            if (excess <= 0) return outcome;
        }
    }
    return outcome;
}

/** All that could be killed, in the order in which they would be: those that nothing tells apart but the order of declaration together, the last declared first. */
function* victimsOf(world: World, bounded: number, limit: number): Generator<readonly number[]> {
    const { grewAt } = world.memory;
    const candidates = candidatesIn(world, bounded, limit).sort((a, b) => b.score - a.score);
    for (const tied of runsOf(candidates, (one, first) => first.score - one.score <= Math.abs(first.score) * rounding)) {
        const latest = tied.map(({ member }) => member).sort((a, b) => at(grewAt, b) - at(grewAt, a) || b - a);
        yield* runsOf(latest, (one, first) => at(grewAt, one) === at(grewAt, first));
    }
}

/** Cuts a list into runs of what is like the first of each. */
function* runsOf<Item>(list: readonly Item[], isLike: (one: Item, first: Item) => boolean): Generator<readonly Item[]> {
    let run: Item[] = [];
    for (const one of list) {
        const [first] = run;
        if (first !== undefined && !isLike(one, first)) {
            yield run;
            run = [];
        }
        run.push(one);
    }
    if (run.length > 0) yield run;
}

interface Candidate {
    readonly member: number;
    readonly score: number;
}

function candidatesIn(world: World, bounded: number, limit: number): Candidate[] {
    const candidates: Candidate[] = [];
    const open = [bounded];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
        for (const child of listAt(world.view.carried, member)) {
            const element = world.elements[child];
            if (element?.kind !== 'process' && element?.kind !== 'vm') {
                open.push(child);
                continue;
            }
            const adjust = element.kind === 'process' ? element.oomScoreAdj : 0;
            const held = at(world.memory.used, child);
            if (isUp(world, child) && adjust > -1000 && held > 0) candidates.push({ member: child, score: held + (adjust / 1000) * limit });
        }
    }
    return candidates;
}

/** The outermost group below the limit, or at it, that dies as one with a victim; else the victim itself. */
function unitOf(world: World, bounded: number, victim: number): number {
    let unit = victim;
    for (let member = victim; member !== none; member = at(world.carrier, member)) {
        const element = world.elements[member];
        if (element !== undefined && 'oomGroup' in element && element.oomGroup) unit = member;
        if (member === bounded) break;
    }
    return unit;
}

function processesOf(world: World, unit: number): readonly number[] {
    const kind = world.elements[unit]?.kind;
    if (kind === 'process' || kind === 'vm') return isUp(world, unit) ? [unit] : [];
    const doomed: number[] = [];
    const open = [unit];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
        if (world.elements[member]?.kind === 'process' && isUp(world, member)) doomed.push(member);
        open.push(...listAt(world.view.carried, member));
    }
    return doomed.sort((a, b) => a - b);
}

/** What dies as one, in what a limit holds. */
interface Nest {
    readonly unit: number;
    readonly bounded: number;
    readonly copies: number;
    /** What each copy frees at most, in the measure of the limit. */
    readonly freed: number;
}

/** How many of the last copies certainly have to die before any of its equals, to be rid of `excess`. */
function neededOf(world: World, { unit, bounded, copies, freed }: Nest, excess: number, equals: readonly number[]): number {
    const needed = Math.max(Math.ceil(excess / freed), 1);
    // The first of a container's processes dies last and takes the container along: it is not like the others.
    if (at(world.cohort.count, unit) > 1 && isFirstProcess(world, unit)) return Math.min(needed, at(world.cohort.count, unit) - 1);
    const rivals = equals.filter((other) => at(world.cohort.element, other) === at(world.cohort.element, unit));
    const [next] = rivals;
    if (next === undefined || needed === 1) return needed;
    const all = rivals.reduce((sum, other) => sum + copiesBelow(world, other, bounded) * mostFreedBy(world, other, bounded), copies * freed);
    // Of equals in the same replica all die before any in the replica before it.
    return excess >= all ? needed : Math.min(needed, copiesBelow(world, unit, commonCarrier(world, unit, next)));
}

function commonCarrier(world: World, one: number, other: number): number {
    const above = new Set<number>();
    for (let member = one; member !== none; member = at(world.carrier, member)) above.add(member);
    let member = other;
    while (member !== none && !above.has(member)) member = at(world.carrier, member);
    return member;
}

/** What is free once a copy is gone, in the measure of the limit; at most, because what its end takes along may hold less. */
function mostFreedBy(world: World, unit: number, bounded: number): number {
    const kind = world.elements[bounded]?.kind;
    const held = kind === 'host' || kind === 'vm' ? world.memory.used : world.memory.inside;
    return at(held, isFirstProcess(world, unit) && at(world.cohort.count, unit) === 1 ? at(world.carrier, unit) : unit);
}

/** All of them are killed before the first end takes its container along. */
function killAll(world: World, doomed: readonly number[], bounded: number): void {
    for (const member of doomed) kill(world, member, bounded);
    for (const member of doomed) if (world.elements[member]?.kind === 'process') processEnded(world, member, 'killed');
}

function kill(world: World, member: number, bounded: number): void {
    const element = world.elements[member];
    const detail = { limit: world.index.elements[at(world.cohort.element, bounded)]?.id ?? '', held: at(world.memory.used, member) };
    for (let above = member; above !== none; above = at(world.carrier, above)) {
        world.oomKills[above] = at(world.oomKills, above) + copiesBelow(world, member, above);
    }
    world.log.event(world.now, 'killed-oom', member, detail);
    if (element?.kind === 'vm') {
        takeDown(world, member, 'killed');
        scheduleRestart(world, member, element.restart, 'killed');
        return;
    }
    endProcess(world, member);
    world.stamp[member] = at(world.stamp, member) + 1;
    world.state[member] = killed;
    world.downSince[member] = world.now;
}

/** Copies of a member under one copy of what stands above it. */
export function copiesBelow(world: World, member: number, above: number): number {
    let copies = 1;
    for (let one = member; one !== above && one !== none; one = at(world.carrier, one)) copies *= at(world.cohort.count, one);
    return Math.min(copies, 1e60);
}
