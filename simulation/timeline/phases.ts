/**
 * The life of a process: one endless stretch, or phases that end after a time or after work.
 *
 * Phases of no length pass at once. A process whose phases repeat for ever without taking time would never come to rest: it does nothing instead, and a check says so.
 */
import { at, none } from '../model/columns.ts';
import type { Phase, Process } from '../model/topology.ts';
import { finished } from './state-numbers.ts';
import { phaseTimer } from './timer-kinds.ts';
import type { World } from './world.ts';

export function startProcess(world: World, member: number): void {
    const process = processAt(world, member);
    if (process === undefined) return;
    world.rounds[member] = 0;
    world.roundStarted[member] = world.now;
    if (process.phases.length > 0) {
        enterPhase(world, member, process, 0, 'begin');
    } else {
        holdMemory(world, member, process.memory, undefined);
        world.cpu.begin(member, none, Infinity, world.now);
    }
}

/** The work of a phase is done, or its time is over. */
export function phaseDone(world: World, member: number, by: 'work' | 'time'): void {
    const process = processAt(world, member);
    if (process === undefined) return;
    closePhase(world, member);
    enterPhase(world, member, process, at(world.phase, member) + 1, by === 'work' ? 'go on' : 'begin');
}

/** Takes a process off the CPU and out of its phase. */
export function endProcess(world: World, member: number): void {
    world.work[member] = at(world.work, member) + world.cpu.end(member, world.now);
    world.phase[member] = none;
    world.phaseRow[member] = none;
    holdMemory(world, member, 0, undefined);
}

/** `go on`: it has just done the work of the phase before, and its clock runs on. */
function enterPhase(world: World, member: number, process: Process, from: number, entry: 'begin' | 'go on'): void {
    let place = from;
    for (let passed = 0; ; place++) {
        if (place >= process.phases.length) {
            world.rounds[member] = at(world.rounds, member) + 1;
            const isOver = process.repeat !== 'forever' && at(world.rounds, member) >= process.repeat;
            const tookNoTime = passed >= process.phases.length || at(world.roundStarted, member) === world.now;
            if (isOver || tookNoTime) {
                if (isOver || process.repeat !== 'forever') finish(world, member);
                else idle(world, member);
                return;
            }
            world.roundStarted[member] = world.now;
            place = 0;
        }
        const phase = process.phases[place];
        if (phase === undefined) return;
        world.phase[member] = place;
        world.phaseStarted[member] = world.now;
        world.phaseRow[member] = world.log.beginPhase(world.now, member, place);
        if (lengthOf(phase) > 0) {
            beginPhase(world, member, phase, place, entry);
            return;
        }
        closePhase(world, member);
        passed++;
    }
}

const lengthOf = ({ end }: Phase): number => (end.kind === 'for' ? end.time : end.work);

function beginPhase(world: World, member: number, phase: Phase, place: number, entry: 'begin' | 'go on'): void {
    const { now, cpu } = world;
    const work = phase.end.kind === 'work' ? phase.end.work : Infinity;
    if (entry === 'go on' && cpu.clocks.classOf(member) >= 0) {
        world.work[member] = at(world.work, member) + cpu.goOn(member, place, work, now);
    } else {
        world.work[member] = at(world.work, member) + cpu.end(member, now);
        cpu.begin(member, place, work, now);
    }
    if (phase.end.kind === 'for') world.timers.put(now + phase.end.time, phaseTimer, member, at(world.stamp, member));
    // What it moves may differ although its CPU does not.
    if (at(cpu.movesData, member) === 1) cpu.isOutdated = true;
    holdMemory(world, member, phase.memory, phase.memoryTo);
}

function closePhase(world: World, member: number): void {
    const row = at(world.phaseRow, member);
    if (row >= 0) world.log.endPhase(row, world.now);
    world.phaseRow[member] = none;
}

function finish(world: World, member: number): void {
    endProcess(world, member);
    world.stamp[member] = at(world.stamp, member) + 1;
    world.state[member] = finished;
    world.finishedAt[member] = world.now;
    world.log.event(world.now, 'finished', member);
    world.ended.push(member);
}

function idle(world: World, member: number): void {
    world.work[member] = at(world.work, member) + world.cpu.end(member, world.now);
    world.phase[member] = none;
    holdMemory(world, member, 0, undefined);
}

/** Sets a working set from now on: `from`, growing to `to` over the phase. */
function holdMemory(world: World, member: number, from: number, to: number | undefined): void {
    const { memory } = world;
    const load = at(world.loadMemory, member);
    const [base, target] = [from * load, (to ?? from) * load];
    const ramped = at(memory.base, member) !== at(memory.target, member);
    if (!ramped && at(memory.base, member) === base && target === base) return;
    if (ramped) memory.ramps--;
    if (base !== target) memory.ramps++;
    const isLighter = !ramped && target === base && base < at(memory.base, member);
    if (base > at(memory.base, member) || target > base) memory.grewAt[member] = world.now;
    memory.base[member] = base;
    memory.target[member] = target;
    if (isLighter) memory.isLighter = true;
    else memory.isOutdated = true;
}

/** A step has changed how much a process holds. */
export function reloadMemory(world: World, member: number): void {
    const process = processAt(world, member);
    if (process === undefined) return;
    const phase = process.phases[at(world.phase, member)];
    if (phase !== undefined) holdMemory(world, member, phase.memory, phase.memoryTo);
    else if (process.phases.length === 0) holdMemory(world, member, process.memory, undefined);
}

export function processAt(world: World, member: number): Process | undefined {
    const element = world.elements[member];
    return element?.kind === 'process' ? element : undefined;
}
