/** What is promised in place of what is taken: every box as wide as it may come to be at most, or as what is set aside for it. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { ownReserve } from '#simulation/resources/reserves.ts';
import type { PictureResource } from '../protocol.ts';
import { bounded } from './bounded.ts';
import { memoryCosts } from './measure-memory.ts';
import { extent, type Measure, type Measures, sized, taken } from './measures.ts';
import { isSilent, type Place } from './standing.ts';

/**
 * Machines are as wide as they were sized, and what is promised beyond that sticks out. Groups are as wide as their limit: what is in one gets no more
 * than that in all. What has no limit may take what it wants.
 */
export function measureLimits(result: Result, places: ReadonlyMap<ElementId, Place>, resource: PictureResource): Measures {
    const costs = resource === 'memory' ? memoryCosts(result, places) : undefined;
    /** Of what is in a group, the part that its limit lets through. */
    const passed = new Map<ElementId, number>();
    const unbounded = measureUpwards(places, (place, carried) => {
        const { element } = place;
        const cost = costs?.get(element.id) ?? 0;
        const most = mostOf(result, place, resource);
        const wanted = element.kind === 'process' ? wantOf(result, place, resource) : carried + cost;
        if (most === undefined) {
            return taken(wanted ?? 0, cost, wanted === undefined || isSilent(place));
        }
        const isMachine = element.kind === 'host' || element.kind === 'vm';
        if (!isMachine && carried > 0) {
            passed.set(element.id, Math.min(1, Math.max(0, most - cost) / carried));
        }
        return sized(most, isMachine ? (wanted ?? 0) : Math.min(most, wanted ?? 0), cost);
    });
    return boundedFromBelow(places, unbounded, passed);
}

/** From the hosts up: everything in a group shrinks by the part that does not get through, in proportion. */
function boundedFromBelow(places: ReadonlyMap<ElementId, Place>, unbounded: Measures, passed: ReadonlyMap<ElementId, number>): Measures {
    const shares = new Map<ElementId, number>();
    const measures = new Map<ElementId, Measure>();
    for (const [id, measure] of [...unbounded].reverse()) {
        const carrier = places.get(id)?.carrier;
        const share = carrier === undefined ? 1 : (shares.get(carrier) ?? 1);
        shares.set(id, share * (passed.get(id) ?? 1));
        const { amount, cost, idle, over } = measure;
        measures.set(id, share === 1 ? measure : { ...measure, amount: amount * share, cost: cost * share, idle: idle * share, over: over * share });
    }
    return measures;
}

/** A group stands for the larger of its own reserve and those in it. What a guest reserves is its own memory and CPU, and nothing of its host's. */
export function measureReserves(result: Result, places: ReadonlyMap<ElementId, Place>, resource: PictureResource): Measures {
    const costs = resource === 'memory' ? memoryCosts(result, places) : undefined;
    const guests = guestsAmong(places);
    return measureUpwards(places, (place, reserved) => {
        const { element, count } = place;
        const isMachine = element.kind === 'host' || element.kind === 'vm';
        const cost = guests.has(element.id) || element.kind === 'vm' ? 0 : (costs?.get(element.id) ?? 0);
        if (element.kind === 'host') {
            const size = mostOf(result, place, resource);
            return size === undefined ? taken(reserved + cost, cost, true) : sized(size, reserved + cost, cost);
        }
        const own = guests.has(element.id) ? 0 : bounded(ownReserve(element, resource) * count);
        const needed = isMachine ? 0 : reserved + cost;
        return { ...taken(Math.max(own, needed), cost, false), idle: Math.max(0, own - needed) };
    });
}

/** From the top down to the hosts; `needed` is what an element carries. */
function measureUpwards(places: ReadonlyMap<ElementId, Place>, measureOne: (place: Place, needed: number) => Measure): Measures {
    const measures = new Map<ElementId, Measure>();
    for (const [id, place] of [...places].reverse()) {
        const needed = place.carries.reduce((sum, carried) => sum + extent(measures.get(carried)), 0);
        measures.set(id, measureOne(place, needed));
    }
    return measures;
}

/** The size of a machine, the limit of a VM or group. */
function mostOf(result: Result, { element, count }: Place, resource: PictureResource): number | undefined {
    const figures = result.elements.get(element.id)?.[resource];
    const size = element.kind === 'host' || element.kind === 'vm' ? (figures?.capacity ?? sizeOf(element, resource)) : undefined;
    const most = [size, figures?.limit].filter((bound) => bound !== undefined);
    return most.length === 0 ? undefined : bounded(Math.min(...most) * count);
}

function sizeOf(machine: Place['element'] & { readonly kind: 'host' | 'vm' }, resource: PictureResource): number | undefined {
    return resource === 'memory' ? machine.memory : machine.kind === 'vm' ? machine.vcpus : machine.cpu;
}

function wantOf(result: Result, { element, count }: Place, resource: PictureResource): number | undefined {
    const figures = result.elements.get(element.id);
    const want = resource === 'cpu' ? figures?.cpu?.demand : figures?.memory?.used;
    return want === undefined ? undefined : bounded(want * count);
}

function guestsAmong(places: ReadonlyMap<ElementId, Place>): ReadonlySet<ElementId> {
    const guests = new Set<ElementId>();
    for (const [id, { carrier }] of places) {
        if (carrier !== undefined && (guests.has(carrier) || places.get(carrier)?.element.kind === 'vm')) {
            guests.add(id);
        }
    }
    return guests;
}
