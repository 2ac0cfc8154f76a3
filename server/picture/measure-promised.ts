/** What is promised in place of what is taken: every box as wide as it may come to be at most, or as what is set aside for it. */
import { at } from '#simulation/model/columns.ts';
import { ownReserve } from '#simulation/resources/reserves.ts';
import type { PictureResource } from '../protocol.ts';
import { bounded } from './bounded.ts';
import { memoryCosts } from './measure-memory.ts';
import { type Measures, measureFromTheTop, neededBy, sized, taken } from './measures.ts';
import { isSilent, type Place, type Places } from './standing.ts';

/**
 * Machines are as wide as they were sized, and what is promised beyond that sticks out. Groups are as wide as their limit: what is in one gets no more
 * than that in all. What has no limit may take what it wants.
 */
export function measureLimits(places: Places, resource: PictureResource): Measures {
    const costs = costsOf(places, resource);
    /** Of what is in a group, the part that its limit lets through. */
    const passed = new Float64Array(places.length).fill(1);
    const unbounded = measureFromTheTop(places, (place, measures) => {
        const { element, number } = place;
        const carried = neededBy(place, measures);
        const cost = at(costs, number);
        const most = mostOf(place, resource);
        const wanted = element.kind === 'process' ? wantOf(place, resource) : carried + cost;
        if (most === undefined) {
            return taken(wanted ?? 0, cost, wanted === undefined || isSilent(place));
        }
        const isMachine = element.kind === 'host' || element.kind === 'vm';
        if (!isMachine && carried > 0) {
            passed[number] = Math.min(1, Math.max(0, most - cost) / carried);
        }
        return sized(most, isMachine ? (wanted ?? 0) : Math.min(most, wanted ?? 0), cost);
    });
    return boundedFromBelow(places, unbounded, passed);
}

/** Memory that carrying costs; of CPU, nothing is promised to who carries. */
const costsOf = (places: Places, resource: PictureResource): Float64Array => (resource === 'memory' ? memoryCosts(places) : new Float64Array(places.length));

/** From the hosts up: everything in a group shrinks by the part that does not get through, in proportion. */
function boundedFromBelow(places: Places, unbounded: Measures, passed: Float64Array): Measures {
    const shares = new Float64Array(places.length);
    const carriers = places.map(({ carrier }) => carrier);
    return unbounded.map((measure, number) => {
        const carrier = carriers[number];
        const share = carrier === undefined ? 1 : at(shares, carrier.number);
        shares[number] = share * at(passed, number);
        const { amount, cost, idle, over } = measure;
        return share === 1 ? measure : { ...measure, amount: amount * share, cost: cost * share, idle: idle * share, over: over * share };
    });
}

/** A group stands for the larger of its own reserve and those in it. What a guest reserves is its own memory and CPU, and nothing of its host's. */
export function measureReserves(places: Places, resource: PictureResource): Measures {
    const costs = costsOf(places, resource);
    const guests = guestsAmong(places);
    return measureFromTheTop(places, (place, measures) => {
        const { element, count, number } = place;
        const reserved = neededBy(place, measures);
        const isMachine = element.kind === 'host' || element.kind === 'vm';
        const cost = guests.has(place) || element.kind === 'vm' ? 0 : at(costs, number);
        if (element.kind === 'host') {
            const size = mostOf(place, resource);
            return size === undefined ? taken(reserved + cost, cost, true) : sized(size, reserved + cost, cost);
        }
        const own = guests.has(place) ? 0 : bounded(ownReserve(element, resource) * count);
        const needed = isMachine ? 0 : reserved + cost;
        return { ...taken(Math.max(own, needed), cost, false), idle: Math.max(0, own - needed) };
    });
}

/** The size of a machine, the limit of a VM or group. */
function mostOf({ element, figures, count }: Place, resource: PictureResource): number | undefined {
    const size = element.kind === 'host' || element.kind === 'vm' ? (figures?.[resource]?.capacity ?? sizeOf(element, resource)) : undefined;
    const most = [size, figures?.[resource]?.limit].filter((bound) => bound !== undefined);
    return most.length === 0 ? undefined : bounded(Math.min(...most) * count);
}

function sizeOf(machine: Place['element'] & { readonly kind: 'host' | 'vm' }, resource: PictureResource): number | undefined {
    return resource === 'memory' ? machine.memory : machine.kind === 'vm' ? machine.vcpus : machine.cpu;
}

function wantOf({ figures, count }: Place, resource: PictureResource): number | undefined {
    const want = resource === 'cpu' ? figures?.cpu?.demand : figures?.memory?.used;
    return want === undefined ? undefined : bounded(want * count);
}

function guestsAmong(places: Places): ReadonlySet<Place> {
    const guests = new Set<Place>();
    for (const place of places) {
        if (place.carrier !== undefined && (guests.has(place.carrier) || place.carrier.element.kind === 'vm')) {
            guests.add(place);
        }
    }
    return guests;
}
