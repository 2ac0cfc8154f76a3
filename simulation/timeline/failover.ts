/**
 * Restarts the VMs of a lost host that say `host-failure restart`, once the loss is noticed: the largest first, each on the host with most free memory that has a hypervisor
 * of the same type, runs, and has room for what the VM may come to use; of equals the one declared first. Who finds no room stays down.
 */
import { at, none } from '../model/columns.ts';
import { tryStart } from './lifecycle.ts';
import { failed, running, type World } from './world.ts';

/** Whether any VM has moved. */
export function failOver(world: World, host: number): boolean {
    if (at(world.state, host) !== failed) return false;
    const lost: number[] = [];
    for (const [member, element] of world.elements.entries()) {
        const isLost = element.kind === 'vm' && element.hostFailure === 'restart' && at(world.view.host, member) === host && at(world.state, member) === failed;
        if (isLost && at(world.isHeld, member) === 0 && !isInsideAnother(world, member)) lost.push(member);
    }
    lost.sort((a, b) => promised(world, b) - promised(world, a) || a - b);
    const moved = lost.filter((vm) => {
        const place = placeFor(world, vm);
        if (place === none) return false;
        world.carrier[vm] = place;
        return true;
    });
    if (moved.length > 0) world.isOutdated = true;
    return moved.length > 0;
}

/** Starts what has been moved, after the world was rebuilt around it. */
export function startMoved(world: World): void {
    for (const [member, element] of world.elements.entries()) {
        if (element.kind !== 'vm' || element.hostFailure !== 'restart' || at(world.state, member) !== failed || at(world.isFailed, member) === 1) continue;
        if (at(world.state, at(world.carrier, member)) !== running || at(world.carrier, member) === at(world.cohort.carrier, member)) continue;
        world.restarts[member] = at(world.restarts, member) + 1;
        world.log.event(world.now, 'restarted', member, { on: world.elements[at(world.carrier, member)]?.id ?? '' });
        tryStart(world, member);
    }
}

/** A VM in a VM that restarts is brought along. */
function isInsideAnother(world: World, vm: number): boolean {
    for (let above = at(world.carrier, vm); above !== none; above = at(world.carrier, above)) {
        const element = world.elements[above];
        if (element?.kind === 'vm' && element.hostFailure === 'restart') return true;
    }
    return false;
}

/** Memory that a VM may come to use on its host. */
function promised(world: World, vm: number): number {
    const element = world.elements[vm];
    return ((element?.kind === 'vm' ? element.memory : undefined) ?? 0) + at(world.memory.own, vm);
}

function placeFor(world: World, vm: number): number {
    const type = typeOf(world, at(world.carrier, vm));
    let best = none;
    let most = -Infinity;
    for (const [member, element] of world.elements.entries()) {
        if (element.kind !== 'hypervisor' || element.type !== type || at(world.state, member) !== running) continue;
        const room = roomOn(world, member);
        if (room >= promised(world, vm) * (1 - 1e-9) && room > most) {
            best = member;
            most = room;
        }
    }
    return best;
}

function typeOf(world: World, member: number): string | undefined {
    const element = world.elements[member];
    return element?.kind === 'hypervisor' ? element.type : undefined;
}

/** Memory that a hypervisor may still promise: its machine's, less what is used by no VM and what is promised to VMs. */
function roomOn(world: World, hypervisor: number): number {
    const machine = at(world.carrier, hypervisor);
    const element = world.elements[machine];
    const own = world.elements[hypervisor];
    const capacity = (element?.kind === 'host' || element?.kind === 'vm' ? element.memory : undefined) ?? Infinity;
    let room = capacity * (own?.kind === 'hypervisor' ? own.overcommitMemory : 1) - at(world.memory.used, machine);
    for (const [member, one] of world.elements.entries()) {
        const stand = at(world.carrier, member);
        if (one.kind !== 'vm' || stand === none || at(world.carrier, stand) !== machine) continue;
        // What runs there, or was just sent there.
        const isThere = at(world.state, member) === running || stand !== at(world.cohort.carrier, member);
        if (isThere) room += (at(world.state, member) === failed ? 0 : at(world.memory.used, member)) - promised(world, member);
    }
    return room;
}
