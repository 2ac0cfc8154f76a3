/** What stands on what: every element of a topology under its carrier, with the number of times it is there. */

import { append } from '#simulation/model/append.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';

export interface Place {
    readonly element: Element;
    readonly carrier?: ElementId;
    /** Its replicas times those of all that carries it; without the host's, because one of equal hosts is drawn. */
    readonly count: number;
    /** Carriers below it, the host not counted. */
    readonly level: number;
    readonly carries: readonly ElementId[];
    /** It, or what carries it, does not start by itself. */
    readonly stopped: boolean;
}

/** A container of which nothing says what runs in it. */
export const isSilent = ({ element, carries }: Place): boolean => element.kind === 'container' && carries.length === 0;

/** Far beyond any estate, and far from where products of counts and sizes stop being finite. */
const mostReplicas = 1e15;

/**
 * Places in order from the ground up: carriers before what they carry, siblings in the order of declaration.
 * Disks and network cards carry nothing and are left out, and so is what has no replicas.
 */
export function standingOf(result: Result): ReadonlyMap<ElementId, Place> {
    const carriedBy = new Map<ElementId | undefined, ElementId[]>();
    for (const [id, element] of result.topology.elements) {
        if (element.kind === 'disk' || element.kind === 'nic' || element.replicas === 0) {
            continue;
        }
        const carrier = element.kind === 'host' ? undefined : (result.elements.get(id)?.carrier ?? element.parent);
        append(carriedBy, carrier, id);
    }
    const places = new Map<ElementId, Place>();
    const pending = [...(carriedBy.get(undefined) ?? [])].reverse();
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
        const element = result.topology.elements.get(id);
        if (element === undefined || places.has(id)) {
            continue;
        }
        const carrierId = element.kind === 'host' ? undefined : (result.elements.get(id)?.carrier ?? element.parent);
        const carrier = carrierId === undefined ? undefined : places.get(carrierId);
        const carries = carriedBy.get(id) ?? [];
        places.set(id, {
            element,
            ...(carrierId === undefined ? {} : { carrier: carrierId }),
            count: carrier === undefined ? 1 : Math.min(mostReplicas, carrier.count * (element.replicas ?? 1)),
            level: carrier === undefined ? 0 : carrier.level + 1,
            carries,
            stopped: carrier?.stopped === true || ('autostart' in element && !element.autostart),
        });
        for (let index = carries.length - 1; index >= 0; index -= 1) {
            const carried = carries[index];
            if (carried !== undefined) {
                pending.push(carried);
            }
        }
    }
    return places;
}
