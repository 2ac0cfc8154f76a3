/** Memory: a machine is as wide as it was sized, everything else as what it uses, so what a VM holds idle and what does not fit is seen. */
import { at } from '#simulation/model/columns.ts';
import { bounded } from './bounded.ts';
import { type Measure, type Measures, measureFromTheTop, neededBy, sized, taken } from './measures.ts';
import { isSilent, type Place, type Places } from './standing.ts';

export function measureMemory(places: Places): Measures {
    const costs = memoryCosts(places);
    return measureFromTheTop(places, (place, measures) => {
        const cost = at(costs, place.number);
        return measureElement(place, neededBy(place, measures, cost), cost);
    });
}

function measureElement(place: Place, needed: number, cost: number): Measure {
    const size = sizeOf(place);
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
            const used = place.figures?.memory?.used;
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
function sizeOf({ element, figures, count }: Place): number | undefined {
    const size = element.kind === 'host' || element.kind === 'vm' ? (figures?.memory?.capacity ?? element.memory) : figures?.memory?.limit;
    return size === undefined ? undefined : bounded(size * count);
}

/**
 * What carrying costs, at who pays for it: an idle system at its machine, a VM's overhead at what carries the VM,
 * a runtime's share of a container (which stands outside the container's control group) at the engine or machine below. By the number of the place.
 */
export function memoryCosts(places: Places): Float64Array {
    const costs = new Float64Array(places.length);
    for (const place of places.toReversed()) {
        const { number, carrier } = place;
        const own = bounded(ownCost(place));
        const passes = place.element.kind === 'vm' || place.element.kind === 'container';
        const overhead = passes ? bounded((place.figures?.memory?.overhead ?? 0) * place.count) : 0;
        const isGroup = place.element.kind === 'slice' || place.element.kind === 'pod';
        const carried = at(costs, number);
        costs[number] = isGroup ? 0 : carried + own;
        if (carrier !== undefined) {
            costs[carrier.number] = at(costs, carrier.number) + overhead + (isGroup ? carried : 0);
        }
    }
    return costs;
}

function ownCost({ element, figures, count }: Place): number {
    const memory = figures?.memory;
    switch (element.kind) {
        case 'host':
        case 'hypervisor':
        case 'engine':
            return (memory?.overhead ?? 0) * count;
        case 'vm': {
            const own = (memory?.parts ?? []).reduce((sum, part) => (part.element === undefined && part.bytes > 0 ? sum + part.bytes : sum), 0);
            return Math.max(0, own - (memory?.overhead ?? 0)) * count;
        }
        default:
            return 0;
    }
}
