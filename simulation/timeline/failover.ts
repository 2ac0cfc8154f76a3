/**
 * Restarts the VMs of a lost host that say `host-failure restart`, once the loss is noticed: the largest first, each on the host with most free memory that has a hypervisor
 * of the same type, runs, and has room for what the VM may come to use; of equals the one declared first. Who finds no room stays down.
 */
import { at, none } from '../model/columns.ts';
import { tryStart } from './lifecycle.ts';
import { failed, running } from './state-numbers.ts';
import type { World } from './world.ts';

/** Whether any VM has moved. */
export function failOver(world: World, host: number): boolean {
    if (at(world.state, host) !== failed) return false;
    const lost: number[] = [];
    for (const [member, element] of world.elements.entries()) {
        const isLost = element.kind === 'vm' && element.hostFailure === 'restart' && at(world.view.host, member) === host && at(world.state, member) === failed;
        if (isLost && at(world.isHeld, member) === 0 && !isInsideAnother(world, member)) lost.push(member);
    }
    lost.sort((a, b) => promised(world, b) - promised(world, a) || a - b);
    const places = lost.length === 0 ? [] : placesIn(world);
    const moved = lost.filter((vm) => {
        const place = placeFor(world, vm, places);
        if (place === undefined) return false;
        place.machine.room -= promised(world, vm);
        world.carrier[vm] = place.hypervisor;
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

/** A hypervisor that runs, and the memory that its machine has for it. */
interface Place {
    readonly hypervisor: number;
    readonly type: string;
    /** What it may promise beyond the machine's own memory. */
    readonly more: number;
    readonly machine: { room: number };
}

/** What a machine may still promise is its memory, less what is used by no VM and what is promised to VMs. */
function placesIn(world: World): readonly Place[] {
    const machines = new Map<number, { room: number }>();
    const places: Place[] = [];
    for (const [member, element] of world.elements.entries()) {
        if (element.kind !== 'hypervisor' || at(world.state, member) !== running) continue;
        const stand = at(world.carrier, member);
        const capacity = capacityOf(world, stand);
        const machine = machines.get(stand) ?? { room: capacity - at(world.memory.used, stand) };
        machines.set(stand, machine);
        places.push({ hypervisor: member, type: element.type, more: capacity === Infinity ? 0 : capacity * (element.overcommitMemory - 1), machine });
    }
    for (const [vm, element] of world.elements.entries()) {
        const stand = at(world.carrier, vm);
        const machine = element.kind === 'vm' && stand !== none ? machines.get(at(world.carrier, stand)) : undefined;
        // What runs there, or was just sent there.
        const isThere = at(world.state, vm) === running || stand !== at(world.cohort.carrier, vm);
        if (machine !== undefined && isThere) machine.room += (at(world.state, vm) === failed ? 0 : at(world.memory.used, vm)) - promised(world, vm);
    }
    return places;
}

function capacityOf(world: World, machine: number): number {
    const element = world.elements[machine];
    return (element?.kind === 'host' || element?.kind === 'vm' ? element.memory : undefined) ?? Infinity;
}

function placeFor(world: World, vm: number, places: readonly Place[]): Place | undefined {
    const stand = world.elements[at(world.carrier, vm)];
    const needed = promised(world, vm) * (1 - 1e-9);
    let best: Place | undefined;
    let most = -Infinity;
    for (const place of places) {
        const room = place.machine.room + place.more;
        if (stand?.kind !== 'hypervisor' || place.type !== stand.type || room < needed || room <= most) continue;
        best = place;
        most = room;
    }
    return best;
}
