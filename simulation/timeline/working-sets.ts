/**
 * Who holds how much memory now, and how that changes.
 *
 * Between two instants every working set runs straight, so that sums do; they are added up as in `resources/memory.ts`, with two differences: a VM holds the most that its
 * guest has touched so far, and what is not up holds nothing.
 */
import { at, none } from '../model/columns.ts';
import { finite } from '../model/finite.ts';
import type { Element } from '../model/topology.ts';
import { ownMemory, systemMemory } from '../resources/memory.ts';
import { isUp } from './lifecycle.ts';
import type { World } from './world.ts';

/**
 * Differences by this share are rounding: memory is compared with limits that it reaches at times which were computed from it. Invariant: much above the share by which
 * times are one instant, so that a limit that is reached is also seen to be.
 */
export const rounding = 1e-9;

/** What members cost beside what they carry; to be called when statements change. */
export function writeOwnMemory(world: World): void {
    for (const [member, element] of world.elements.entries()) world.memory.own[member] = finite(ownMemory(world.view, member, element));
}

/** Adds up all memory at `world.now`. */
export function addUpMemory(world: World): void {
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
    const { used, slope, inside, insideSlope, own } = world.memory;
    const element = world.elements[member];
    if (element?.kind === 'process') {
        const { value, change } = workingSetNow(world, member);
        used[member] = value;
        inside[member] = value;
        slope[member] = change;
        insideSlope[member] = change;
    } else if (element?.kind === 'vm') {
        settleGuest(world, member, element);
    } else {
        used[member] = finite(at(used, member) + at(own, member));
    }
}

function settleGuest(world: World, vm: number, element: Extract<Element, { kind: 'vm' }>): void {
    const { used, slope, inside, insideSlope, touched, own } = world.memory;
    const guest = finite(at(used, vm) + systemMemory(world.index, element));
    const growth = at(slope, vm);
    inside[vm] = guest;
    insideSlope[vm] = growth;
    const most = Math.min(guest, element.memory ?? Infinity);
    if (most >= at(touched, vm) * (1 - rounding)) touched[vm] = Math.max(most, at(touched, vm));
    else slope[vm] = 0;
    if (growth < 0 || guest >= (element.memory ?? Infinity)) slope[vm] = 0;
    used[vm] = finite(at(touched, vm) + at(own, vm));
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

/** On each host that is full, takes back all that guests with balloons have touched and no longer use; whether any had such. */
export function inflateBalloons(world: World): boolean {
    const { memory } = world;
    let hasTaken = false;
    for (const [member, element] of world.elements.entries()) {
        if (element.kind !== 'vm' || !isUp(world, member)) continue;
        const hypervisor = world.elements[at(world.carrier, member)];
        if (hypervisor?.kind !== 'hypervisor' || !hypervisor.balloon) continue;
        const host = world.elements[at(world.view.host, member)];
        if (host?.kind !== 'host' || host.memory === undefined || at(memory.used, at(world.view.host, member)) < host.memory * (1 - rounding)) continue;
        const needed = Math.max(Math.min(at(memory.inside, member), element.memory ?? Infinity), element.memoryReserve);
        if (at(memory.touched, member) <= needed * (1 + rounding)) continue;
        memory.touched[member] = needed;
        hasTaken = true;
    }
    return hasTaken;
}
