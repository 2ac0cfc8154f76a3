/**
 * Whether the VMs that restart elsewhere have room when hosts are lost.
 *
 * Every way to lose so many hosts at once is tried; replicas of a host are alike, so it only counts how many of each are lost. All VMs on them that
 * say `host-failure restart` need a place at once, those inside another such VM excepted: it brings them along. A place is a machine that is left,
 * with a hypervisor of the same type and room for
 *     the VM's configured memory and overhead   in   memory · `overcommit memory` − used by what is no VM there − promised to VMs
 *     its `memory reserve` and its overhead      in   memory − what nobody can have reserved − what is reserved
 *     its `cpu reserve`                          in   logical CPUs − what is reserved
 * The largest VM is placed first, each where most memory is free, then in the order of declaration. Such a greedy search may miss a fit: of up to
 * `mostTried` VMs every other way is tried as well, of more none. vCPUs are not counted: a host that is short of them is slow, but starts the VM.
 */
import { at, listAt } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { type MemoryUse, memoryUse } from '../resources/memory.ts';
import { heldMemory, reservedBelow } from '../resources/reserves.ts';

export type Survival =
    | { readonly kind: 'survives' }
    | { readonly kind: 'fails'; readonly because: string }
    /** More ways to lose hosts, or more VMs, than are tried. */
    | { readonly kind: 'too large' };

/** Bounds on what is tried: ways to lose hosts, and placements in one of them. */
const mostLosses = 5000;
const mostPlacements = 20_000;
/** VMs of which every way to place them is tried, within `mostPlacements`. */
const mostTried = 12;

/** What a VM needs where it restarts. */
interface Need {
    readonly vm: number;
    readonly type: string;
    /** VMs on one copy of the host. */
    readonly perHost: number;
    readonly memory: number;
    readonly reservedMemory: number;
    readonly reservedCpu: number;
}

/** Equal machines with equal room, one place for each of `copies`. */
interface Place {
    readonly machine: number;
    readonly copies: number;
    /** By hypervisor type: memory that may still be promised. */
    readonly room: ReadonlyMap<string, number>;
    readonly reservableMemory: number;
    readonly reservableCpu: number;
}

interface Estate {
    readonly index: TopologyIndex;
    /** Elements of hosts, in order. */
    readonly hosts: readonly number[];
    readonly needs: ReadonlyMap<number, readonly Need[]>;
    readonly places: readonly Place[];
}

/** After the loss of any `lost` hosts. */
export function survivesLoss(index: TopologyIndex, lost: number): Survival {
    const estate = estateOf(index);
    let tried = 0;
    for (const loss of losses(estate, lost)) {
        if (++tried > mostLosses) return { kind: 'too large' };
        const outcome = placeAll(estate, loss);
        if (outcome !== undefined) return outcome;
    }
    return { kind: 'survives' };
}

/** How many of each host are lost, by element. */
type Loss = ReadonlyMap<number, number>;

/** All ways to lose so many hosts, or all hosts where there are fewer. */
function* losses({ index, hosts }: Estate, lost: number): Generator<Loss> {
    // By place: copies of that host and of all after it, so that no way is begun which too few hosts are left to end.
    const from = new Float64Array(hosts.length + 1);
    for (let place = hosts.length - 1; place >= 0; place--) from[place] = at(from, place + 1) + at(index.multiplicity, hosts[place] ?? 0);
    const open: { readonly loss: Loss; readonly next: number; readonly left: number }[] = [{ loss: new Map(), next: 0, left: Math.min(lost, at(from, 0)) }];
    for (let way = open.pop(); way !== undefined; way = open.pop()) {
        const { loss, next, left } = way;
        if (left === 0) yield loss;
        for (let place = hosts.length - 1; left > 0 && place >= next; place--) {
            const host = hosts[place] ?? 0;
            const most = Math.min(left, at(index.multiplicity, host));
            const least = Math.max(left - at(from, place + 1), 1);
            // Taking as many of one host as may be comes first. Each count leads to a way at least, so more than are tried need not be begun.
            for (let step = 0; step <= mostLosses && least + step <= most; step++)
                open.push({ loss: new Map(loss).set(host, least + step), next: place + 1, left: left - least - step });
        }
    }
}

/** Places all VMs of the lost hosts; undefined where that works. */
function placeAll({ index, needs, places }: Estate, loss: Loss): Survival | undefined {
    const left = places.flatMap((place) => {
        const host = at(index.host, place.machine);
        // Hosts times machines on each, both whole: a fraction that rounding left over would be a VM without a place.
        const copies = (at(index.multiplicity, host) - (loss.get(host) ?? 0)) * (place.copies / at(index.multiplicity, host));
        return copies > 0 ? [{ ...place, copies }] : [];
    });
    const wanted = [...loss].flatMap(([host, count]) => (needs.get(host) ?? []).map((need) => ({ need, count: need.perHost * count })));
    wanted.sort((a, b) => b.need.memory - a.need.memory || a.need.vm - b.need.vm);
    const homeless = placeGreedily(left, wanted);
    if (homeless === undefined) return undefined;
    if (homeless === 'too large') return { kind: 'too large' };
    const single = wanted.flatMap(({ need, count }) => (count <= mostTried ? Array.from({ length: count }, () => need) : []));
    const isSmall = single.length <= mostTried && wanted.every(({ count }) => count <= mostTried);
    return isSmall && placeSomehow(left, single, { left: mostPlacements }) ? undefined : { kind: 'fails', because: reason(index, loss, homeless) };
}

/** The first VM that finds no room, if any does not. */
function placeGreedily(places: readonly Place[], wanted: readonly { readonly need: Need; readonly count: number }[]): Need | 'too large' | undefined {
    let free = places;
    let steps = 0;
    for (const { need, count } of wanted) {
        for (let left = count; left > 0; ) {
            if (++steps > mostPlacements) return 'too large';
            const best = roomiest(free, need);
            if (best === undefined) return need;
            const taken = Math.min(left, best.copies);
            left -= taken;
            free = free.flatMap((place) => (place === best ? split(place, need, taken) : [place]));
        }
    }
    return undefined;
}

/** Whether all find room in any way. Invariant: calls itself once a VM, of which there are few. */
function placeSomehow(free: readonly Place[], wanted: readonly Need[], steps: { left: number }): boolean {
    const [need, ...others] = wanted;
    if (need === undefined) return true;
    for (const place of free) {
        if (!fits(place, need)) continue;
        if (steps.left-- <= 0) return false;
        if (
            placeSomehow(
                free.flatMap((one) => (one === place ? split(place, need, 1) : [one])),
                others,
                steps,
            )
        )
            return true;
    }
    return false;
}

/** Where most memory is free for a VM; of equals the first. */
function roomiest(places: readonly Place[], need: Need): Place | undefined {
    let best: Place | undefined;
    for (const place of places) {
        if (fits(place, need) && (best === undefined || (place.room.get(need.type) ?? 0) > (best.room.get(need.type) ?? 0))) best = place;
    }
    return best;
}

function fits({ room, reservableMemory, reservableCpu }: Place, need: Need): boolean {
    const free = room.get(need.type);
    return free !== undefined && holds(free, need.memory) && holds(reservableMemory, need.reservedMemory) && holds(reservableCpu, need.reservedCpu);
}

/** What needs nothing fits everywhere; else differences within rounding are none. */
const holds = (room: number, need: number) => need === 0 || room >= need * (1 - 1e-9);

/** Equal machines of which some have taken one VM each. */
function split(place: Place, need: Need, taken: number): readonly Place[] {
    const filled = {
        ...place,
        copies: taken,
        room: new Map(Array.from(place.room, ([type, room]) => [type, room - need.memory])),
        reservableMemory: place.reservableMemory - need.reservedMemory,
        reservableCpu: place.reservableCpu - need.reservedCpu,
    };
    return taken < place.copies ? [filled, { ...place, copies: place.copies - taken }] : [filled];
}

function reason(index: TopologyIndex, loss: Loss, need: Need): string {
    const lost = Array.from(
        loss,
        ([host, count]) => `${count === 1 && at(index.multiplicity, host) === 1 ? '' : `${count} of `}${index.elements[host]?.name ?? ''}`,
    );
    const isOne = loss.size === 1 && [...loss.values()][0] === 1;
    return `when ${lost.join(' and ')} ${isOne ? 'is' : 'are'} lost, no host with ${need.type} has room for ${index.elements[need.vm]?.name ?? ''} (${memoryFigure(need.memory)})`;
}

function estateOf(index: TopologyIndex): Estate {
    const memory = memoryUse(index);
    const hosts = [...index.elements.keys()].filter((number) => index.elements[number]?.kind === 'host' && at(index.multiplicity, number) > 0);
    return { index, hosts, needs: needsByHost(index, memory), places: placesOf(index, memory) };
}

function needsByHost(index: TopologyIndex, memory: MemoryUse): ReadonlyMap<number, readonly Need[]> {
    const needs = new Map<number, Need[]>();
    // 1 where the element stands in a VM that restarts and brings it along.
    const isCarried = new Uint8Array(index.elements.length);
    for (const [number, element] of index.elements.entries()) {
        const carrier = at(index.carrier, number);
        const hypervisor = index.elements[carrier];
        const restarts = element.kind === 'vm' && element.hostFailure === 'restart' && hypervisor?.kind === 'hypervisor' && at(index.running, number) === 1;
        isCarried[number] = restarts || (carrier >= 0 && at(isCarried, carrier) === 1) ? 1 : 0;
        if (!restarts || at(isCarried, carrier) === 1 || at(index.multiplicity, number) === 0) continue;
        const host = at(index.host, number);
        const list = needs.get(host) ?? [];
        needs.set(host, list);
        list.push({
            vm: number,
            type: hypervisor.type,
            perHost: at(index.multiplicity, number) / at(index.multiplicity, host),
            memory: at(memory.committed, number),
            reservedMemory: element.memoryReserve === 0 ? 0 : element.memoryReserve + at(memory.overhead, number),
            reservedCpu: element.cpuReserve,
        });
    }
    return needs;
}

/** Every machine with a hypervisor. */
function placesOf(index: TopologyIndex, memory: MemoryUse): readonly Place[] {
    const held = heldMemory(index, memory);
    const reserved = { cpu: reservedBelow(index, 'cpu'), memory: reservedBelow(index, 'memory') };
    return index.elements.flatMap((machine, number) => {
        if ((machine.kind !== 'host' && machine.kind !== 'vm') || at(index.running, number) === 0 || at(index.multiplicity, number) === 0) return [];
        const hypervisors = [...listAt(index.carried, number)].filter((child) => index.elements[child]?.kind === 'hypervisor');
        if (hypervisors.length === 0) return [];
        const cpus = machine.kind === 'host' ? machine.cpu : machine.vcpus;
        const sum = (column: Float64Array) => hypervisors.reduce((total, child) => total + at(column, child), 0);
        const promised = at(memory.inside, number) - sum(memory.used) + sum(memory.committed);
        const room = new Map<string, number>();
        for (const child of hypervisors) {
            const hypervisor = index.elements[child];
            if (hypervisor?.kind !== 'hypervisor') continue;
            const free = Math.max((machine.memory ?? Infinity) * hypervisor.overcommitMemory - promised, 0);
            room.set(hypervisor.type, Math.max(room.get(hypervisor.type) ?? 0, free));
        }
        return [
            {
                machine: number,
                copies: at(index.multiplicity, number),
                room,
                reservableMemory: (machine.memory ?? Infinity) - at(held, number) - at(reserved.memory, number),
                reservableCpu: (cpus ?? Infinity) - at(reserved.cpu, number),
            },
        ];
    });
}
