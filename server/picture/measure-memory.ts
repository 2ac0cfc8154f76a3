/** Memory: a machine is as wide as it was sized, everything else as what it uses, so what a VM holds idle and what does not fit is seen. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { bounded } from './bounded.ts';
import { extent, type Measure, type Measures, sized, taken } from './measures.ts';
import { isSilent, type Place } from './standing.ts';

export function measureMemory(result: Result, places: ReadonlyMap<ElementId, Place>): Measures {
    const costs = memoryCosts(result, places);
    const measures = new Map<ElementId, Measure>();
    for (const [id, place] of [...places].reverse()) {
        measures.set(id, measureElement(result, place, measures, costs.get(id) ?? 0));
    }
    return measures;
}

function measureElement(result: Result, place: Place, measures: Measures, cost: number): Measure {
    const needed = place.carries.reduce((sum, id) => sum + extent(measures.get(id)), cost);
    const size = sizeOf(result, place);
    switch (place.element.kind) {
        case 'host':
        case 'vm':
            return size === undefined ? taken(needed, cost, true) : sized(size, needed, cost);
        case 'container':
        case 'slice':
        case 'pod':
            return size !== undefined && needed > size ? sized(size, needed, cost) : taken(needed, cost, isSilent(place));
        case 'hypervisor':
        case 'engine':
            return taken(needed, cost, false);
        case 'process': {
            const used = result.elements.get(place.element.id)?.memory?.used;
            return taken(bounded((used ?? 0) * place.count), 0, used === undefined);
        }
        case 'disk':
        case 'nic':
            return taken(0, 0, false);
        default:
            return place.element satisfies never;
    }
}

/** A host's and a VM's memory, the limit of a group. */
function sizeOf(result: Result, place: Place): number | undefined {
    const memory = result.elements.get(place.element.id)?.memory;
    const size = place.element.kind === 'host' || place.element.kind === 'vm' ? (memory?.capacity ?? place.element.memory) : memory?.limit;
    return size === undefined ? undefined : bounded(size * place.count);
}

/**
 * What carrying costs, at who pays for it: an idle system at its machine, a VM's overhead at what carries the VM,
 * a runtime's share of a container (which stands outside the container's control group) at the engine or machine below.
 */
export function memoryCosts(result: Result, places: ReadonlyMap<ElementId, Place>): ReadonlyMap<ElementId, number> {
    const costs = new Map<ElementId, number>();
    for (const [id, place] of [...places].reverse()) {
        const own = bounded(ownCost(result, place));
        const passes = place.element.kind === 'vm' || place.element.kind === 'container';
        const overhead = passes ? bounded((result.elements.get(id)?.memory?.overhead ?? 0) * place.count) : 0;
        const isGroup = place.element.kind === 'slice' || place.element.kind === 'pod';
        const carried = costs.get(id) ?? 0;
        costs.set(id, isGroup ? 0 : carried + own);
        if (place.carrier !== undefined) {
            costs.set(place.carrier, (costs.get(place.carrier) ?? 0) + overhead + (isGroup ? carried : 0));
        }
    }
    return costs;
}

function ownCost(result: Result, place: Place): number {
    const memory = result.elements.get(place.element.id)?.memory;
    switch (place.element.kind) {
        case 'host':
        case 'hypervisor':
        case 'engine':
            return (memory?.overhead ?? 0) * place.count;
        case 'vm': {
            const own = (memory?.parts ?? []).reduce((sum, part) => (part.element === undefined && part.bytes > 0 ? sum + part.bytes : sum), 0);
            return Math.max(0, own - (memory?.overhead ?? 0)) * place.count;
        }
        default:
            return 0;
    }
}
