/** What stands on what: every element of a topology on its carrier, with the number of times it is there. */

import type { ElementId } from '#simulation/model/ids.ts';
import type { ElementResult, Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';

export interface Place {
    readonly element: Element;
    readonly figures: ElementResult | undefined;
    /** In the order from the ground up, from 0: columns of figures are read by it. */
    readonly number: number;
    /** Nothing carries a host. */
    readonly carrier: Place | undefined;
    /** In the order of declaration. */
    readonly carries: readonly Place[];
    /** Its replicas times those of all that carries it; without the host's, because one of equal hosts is drawn. */
    readonly count: number;
    /** Carriers below it, the host not counted. */
    readonly level: number;
    /** It, or what carries it, does not start by itself. */
    readonly stopped: boolean;
}

/** From the ground up: carriers before what they carry, and all that stands on one of them before the next. */
export type Places = readonly Place[];

export interface Standing {
    readonly places: Places;
    readonly byId: ReadonlyMap<ElementId, Place>;
}

/** A container of which nothing says what runs in it. */
export const isSilent = ({ element, carries }: Place): boolean => element.kind === 'container' && carries.length === 0;

/** Far beyond any estate, and far from where products of counts and sizes stop being finite. */
const mostReplicas = 1e15;
const nowhere = -1;

type Growing = { -readonly [Name in Exclude<keyof Place, 'carrier' | 'carries'>]: Place[Name] } & { carrier: Growing | undefined; readonly carries: Growing[] };

/** Disks and network cards carry nothing and are left out, and so is what has no replicas, with all that it carries. */
export function standingOf({ topology, elements }: Result): Standing {
    const byId = new Map<ElementId, Growing>();
    for (const [id, element] of topology.elements) {
        if (element.kind !== 'disk' && element.kind !== 'nic' && element.replicas !== 0) {
            byId.set(id, { element, figures: elements.get(id), number: nowhere, carrier: undefined, carries: [], count: 1, level: 0, stopped: false });
        }
    }
    const pending: Growing[] = [];
    for (const place of byId.values()) {
        const { element, figures } = place;
        const carrier = element.kind === 'host' ? undefined : (figures?.carrier ?? element.parent);
        if (carrier === undefined) {
            pending.push(place);
        } else {
            place.carrier = byId.get(carrier);
            place.carrier?.carries.push(place);
        }
    }
    const places = grown(pending.reverse());
    for (const [id, { number }] of places.length === byId.size ? [] : byId) {
        if (number === nowhere) {
            byId.delete(id);
        }
    }
    return { places, byId };
}

/** Puts everything in its place, from those on. */
function grown(pending: Growing[]): Places {
    const places: Place[] = [];
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
        const { element, carrier, carries } = place;
        place.number = places.length;
        place.stopped = carrier?.stopped === true || ('autostart' in element && !element.autostart);
        if (carrier !== undefined) {
            place.count = Math.min(mostReplicas, carrier.count * (element.replicas ?? 1));
            place.level = carrier.level + 1;
        }
        places.push(place);
        for (const carried of carries.toReversed()) {
            pending.push(carried);
        }
    }
    return places;
}
