/**
 * Memory over time: who holds how much, how that changes, and who is killed when it is too much.
 *
 * Between two instants every working set runs straight, so that sums do; they are added up as in `resources/memory.ts`, with two differences: a VM holds the most that its
 * guest has touched so far, and what is not up holds nothing. The next instant at which a limit is reached, or a guest touches more than ever, follows exactly.
 *
 * What a limit holds: of a container, pod or slice the working sets in it, against `memory limit` (and a container's swap); of a VM what its guest uses; of a host all,
 * against its memory and, once balloons gave back what they can, its swap. The innermost limit that is reached acts first.
 * Victim: in what the limit holds, the process with the largest working set + oom-score-adj / 1000 · limit; to a host a VM is one process; among equals the one that grew
 * last, then the one declared later. Who has −1000 is never killed. With `oom-group` all processes in the outermost such group die with it.
 */
import { at, listAt, none } from '../model/columns.ts';
import { finite } from '../model/finite.ts';
import { ownMemory, systemMemory } from '../resources/memory.ts';
import { isUp, processEnded, scheduleRestart, takeDown } from './lifecycle.ts';
import { endProcess } from './phases.ts';
import { killed, type World } from './world.ts';

/**
 * Differences by this share are rounding: memory is compared with limits that it reaches at times which were computed from it. Invariant: much above the share by which
 * times are one instant, so that a limit that is reached is also seen to be.
 */
const rounding = 1e-9;

/** A kill that would tell replicas apart: run the group again with them apart. */
export interface Split {
    readonly member: number;
    /** Whose limit it is. */
    readonly bounded: number;
}

/** Adds up all memory at `world.now`, and kills until every limit holds. */
export function settleMemory(world: World): Split | undefined {
    for (;;) {
        addUp(world);
        if (inflateBalloons(world)) continue;
        const crossed = innermostCrossed(world);
        if (crossed === undefined) break;
        const split = relieve(world, crossed);
        if (split !== undefined) return split;
    }
    world.memory.isOutdated = false;
    world.memory.nextTime = nextCrossing(world);
    return undefined;
}

/** What members cost beside what they carry; to be called when statements change. */
export function writeOwnMemory(world: World): void {
    for (const [member, element] of world.elements.entries()) world.memory.own[member] = finite(ownMemory(world.view, member, element));
}

function addUp(world: World): void {
    const { memory, order, carrier, cohort } = world;
    const { used, slope, inside, insideSlope } = memory;
    for (const column of [used, slope, inside, insideSlope]) column.fill(0);
    for (let place = order.length - 1; place >= 0; place--) {
        const member = at(order, place);
        if (!isUp(world, member)) {
            // Containers that outlive their engine still weigh on what carries it.
            if (world.elements[member]?.kind !== 'engine') continue;
        } else {
            settleMember(world, member);
        }
        const above = at(carrier, member);
        if (above === none) continue;
        const count = at(cohort.count, member);
        used[above] = finite(at(used, above) + count * at(used, member));
        slope[above] = at(slope, above) + count * at(slope, member);
        if (world.elements[member]?.kind === 'vm') continue;
        inside[above] = finite(at(inside, above) + count * at(inside, member));
        insideSlope[above] = at(insideSlope, above) + count * at(insideSlope, member);
    }
}

function settleMember(world: World, member: number): void {
    const { memory } = world;
    const { used, slope, inside, insideSlope, touched, own } = memory;
    const element = world.elements[member];
    if (element?.kind === 'process') {
        const { value, change } = workingSetNow(world, member);
        used[member] = value;
        inside[member] = value;
        slope[member] = change;
        insideSlope[member] = change;
        return;
    }
    if (element?.kind !== 'vm') {
        used[member] = finite(at(used, member) + at(own, member));
        return;
    }
    const guest = finite(at(used, member) + systemMemory(world.index, element));
    const growth = at(slope, member);
    inside[member] = guest;
    insideSlope[member] = growth;
    const most = Math.min(guest, element.memory ?? Infinity);
    if (most >= at(touched, member) * (1 - rounding)) touched[member] = Math.max(most, at(touched, member));
    else slope[member] = 0;
    if (growth < 0 || guest >= (element.memory ?? Infinity)) slope[member] = 0;
    used[member] = finite(at(touched, member) + at(own, member));
}

function workingSetNow(world: World, member: number): { readonly value: number; readonly change: number } {
    const { base, target } = world.memory;
    const [from, to] = [at(base, member), at(target, member)];
    const element = world.elements[member];
    const phase = element?.kind === 'process' ? element.phases[at(world.phase, member)] : undefined;
    if (from === to || phase === undefined) return { value: from, change: 0 };
    if (phase.end.kind === 'for') {
        const share = Math.min((world.now - at(world.phaseStarted, member)) / phase.end.time, 1);
        return { value: from + (to - from) * share, change: share < 1 ? (to - from) / phase.end.time : 0 };
    }
    const left = world.cpu.clocks.leftOf(member, world.now) / phase.end.work;
    return { value: from + (to - from) * (1 - Math.min(left, 1)), change: left > 0 ? ((to - from) * world.cpu.clocks.speedOf(member)) / phase.end.work : 0 };
}

/** What a member's limit counts, the limit, and how what it counts changes a second. */
interface Bound {
    readonly limit: number;
    readonly held: number;
    readonly change: number;
}

function boundOf(world: World, member: number): Bound | undefined {
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

/** Of nested limits the inner one: members stand behind their carriers. */
function innermostCrossed(world: World): number | undefined {
    for (let place = world.order.length - 1; place >= 0; place--) {
        const member = at(world.order, place);
        if (!isUp(world, member)) continue;
        const bound = boundOf(world, member);
        if (bound === undefined) continue;
        const { held, limit, change } = bound;
        const isCrossed = held > limit * (1 + rounding) || (held >= limit * (1 - rounding) && change > 0);
        if (!isCrossed) world.memory.isStuck[member] = 0;
        else if (at(world.memory.isStuck, member) === 0) return member;
    }
    return undefined;
}

function nextCrossing(world: World): number {
    let next = Infinity;
    const { memory, now } = world;
    for (let member = 0; member < world.size; member++) {
        if (!isUp(world, member)) continue;
        const bound = boundOf(world, member);
        if (bound !== undefined && bound.change > 0 && bound.held < bound.limit * (1 - rounding))
            next = Math.min(next, now + (bound.limit - bound.held) / bound.change);
        // Balloons begin where memory ends, before swap does.
        const host = world.elements[member];
        if (bound !== undefined && host?.kind === 'host' && host.memory !== undefined && bound.change > 0 && bound.held < host.memory * (1 - rounding))
            next = Math.min(next, now + (host.memory - bound.held) / bound.change);
        // A guest that grows again begins to weigh on its host where it has been before.
        const growth = at(memory.insideSlope, member);
        if (world.elements[member]?.kind === 'vm' && growth > 0 && at(memory.inside, member) < at(memory.touched, member) * (1 - rounding))
            next = Math.min(next, now + (at(memory.touched, member) - at(memory.inside, member)) / growth);
    }
    return Math.max(next, now);
}

/** Makes room under a limit by a kill. */
function relieve(world: World, bounded: number): Split | undefined {
    const bound = boundOf(world, bounded);
    if (bound === undefined) return undefined;
    const victim = victimOf(world, bounded, bound.limit);
    if (victim === none) {
        world.memory.isStuck[bounded] = 1;
        return undefined;
    }
    if (world.tellsApart && isOneOfMany(world, bounded, victim)) return { member: victim, bounded };
    for (const doomed of withGroup(world, bounded, victim)) kill(world, doomed, bounded);
    return undefined;
}

/** On each host that is full, takes back all that guests with balloons have touched and no longer use; whether any had such. */
function inflateBalloons(world: World): boolean {
    const { memory } = world;
    let hasTaken = false;
    for (const [member, element] of world.elements.entries()) {
        const hypervisor = world.elements[at(world.carrier, member)];
        if (element.kind !== 'vm' || hypervisor?.kind !== 'hypervisor' || !hypervisor.balloon || !isUp(world, member)) continue;
        const host = world.elements[at(world.view.host, member)];
        if (host?.kind !== 'host' || host.memory === undefined || at(memory.used, at(world.view.host, member)) < host.memory * (1 - rounding)) continue;
        const needed = Math.max(Math.min(at(memory.inside, member), element.memory ?? Infinity), element.memoryReserve);
        if (at(memory.touched, member) <= needed * (1 + rounding)) continue;
        memory.touched[member] = needed;
        hasTaken = true;
    }
    return hasTaken;
}

function victimOf(world: World, bounded: number, limit: number): number {
    let victim = none;
    let worst = -Infinity;
    const open = [bounded];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
        for (const child of listAt(world.view.carried, member)) {
            const element = world.elements[child];
            if (element?.kind !== 'process' && element?.kind !== 'vm') {
                open.push(child);
                continue;
            }
            if (!isUp(world, child)) continue;
            const adjust = element.kind === 'process' ? element.oomScoreAdj : 0;
            const held = at(world.memory.used, child);
            if (adjust <= -1000 || held <= 0) continue;
            const score = held + (adjust / 1000) * limit;
            const tie = Math.abs(score - worst) <= Math.abs(score) * 1e-9;
            if (victim === none || (tie ? isRather(world, child, victim) : score > worst)) {
                victim = child;
                worst = score;
            }
        }
    }
    return victim;
}

/** Among equals the one that grew last, then the one declared later. */
function isRather(world: World, one: number, other: number): boolean {
    const [grew, otherGrew] = [at(world.memory.grewAt, one), at(world.memory.grewAt, other)];
    return grew === otherGrew ? one > other : grew > otherGrew;
}

function isOneOfMany(world: World, bounded: number, victim: number): boolean {
    for (let member = victim; member !== bounded && member !== none; member = at(world.carrier, member)) if (at(world.cohort.count, member) > 1) return true;
    return false;
}

/** All processes in the outermost group below the limit, or at it, that dies as one; else the victim alone. */
function withGroup(world: World, bounded: number, victim: number): readonly number[] {
    let group = none;
    for (let member = victim; member !== none; member = at(world.carrier, member)) {
        const element = world.elements[member];
        if (element !== undefined && 'oomGroup' in element && element.oomGroup) group = member;
        if (member === bounded) break;
    }
    if (group === none) return [victim];
    const doomed: number[] = [];
    const open = [group];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
        if (world.elements[member]?.kind === 'process' && isUp(world, member)) doomed.push(member);
        open.push(...listAt(world.view.carried, member));
    }
    return doomed.sort((a, b) => a - b);
}

function kill(world: World, member: number, bounded: number): void {
    // A kill before may have ended it.
    if (!isUp(world, member)) return;
    const element = world.elements[member];
    const detail = { limit: world.index.elements[at(world.cohort.element, bounded)]?.id ?? '', held: at(world.memory.used, member) };
    for (let above = member; above !== none; above = at(world.carrier, above)) {
        world.oomKills[above] = at(world.oomKills, above) + multiplicityBelow(world, member, above);
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
    processEnded(world, member, 'killed');
}

/** Copies of a member under one copy of what stands above it. */
function multiplicityBelow(world: World, member: number, above: number): number {
    let copies = 1;
    for (let one = member; one !== above && one !== none; one = at(world.carrier, one)) copies *= at(world.cohort.count, one);
    return Math.min(copies, 1e60);
}
