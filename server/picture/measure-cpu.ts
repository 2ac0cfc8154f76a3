/** CPU: everything is as wide as what it is granted; what was wanted and not granted sticks out. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { bounded } from './bounded.ts';
import { extent, type Measure, type Measures } from './measures.ts';
import type { Place } from './standing.ts';

/** Cores below which nothing is worth drawing. */
const leastLoss = 1e-9;
/** Share of what is held back that is drawn where there is no room for it. */
const trace = 1e-6;
/** Traces and rounding may add up to this share of a host. */
const tolerance = 1e-4;

/** Demand that a limit, a CPU set or too few vCPUs hold back; drawn beside the element that sets the bound. */
type Withheld = ReadonlyMap<ElementId, number>;

export function measureCpu(result: Result, places: ReadonlyMap<ElementId, Place>): Measures {
    const withheld = drawnWithheld(result, places);
    const measures = new Map<ElementId, Measure>();
    /** Demand under an element that others took the CPU from. */
    const lost = new Map<ElementId, number>();
    for (const [id, place] of [...places].reverse()) {
        const own = place.carries.length === 0 ? demandOf(result, place) * (result.elements.get(id)?.cpu?.contended ?? 0) : 0;
        lost.set(
            id,
            place.carries.reduce((sum, carried) => sum + (lost.get(carried) ?? 0), own),
        );
        measures.set(
            id,
            place.element.kind === 'host'
                ? measureHost(result, places, place, measures, lost)
                : measureElement(result, places, place, measures, withheld.get(id) ?? 0),
        );
    }
    return measures;
}

function measureHost(result: Result, places: ReadonlyMap<ElementId, Place>, place: Place, measures: Measures, lost: ReadonlyMap<ElementId, number>): Measure {
    const needed = place.carries.reduce((sum, id) => sum + extent(measures.get(id)), 0);
    const capacity = result.elements.get(place.element.id)?.cpu?.capacity ?? (place.element.kind === 'host' ? place.element.cpu : undefined);
    const size = capacity === undefined ? undefined : bounded(capacity);
    const lostBy = losers(places, place, lost);
    const beyond = size === undefined || needed <= size * (1 + tolerance) ? 0 : needed - size;
    return {
        amount: size ?? needed,
        cost: 0,
        idle: size === undefined ? 0 : Math.max(0, size - needed),
        over: lostBy.reduce((sum, loser) => sum + loser.amount, beyond),
        lostBy,
        unknown: size === undefined,
    };
}

function measureElement(result: Result, places: ReadonlyMap<ElementId, Place>, place: Place, measures: Measures, over: number): Measure {
    if (place.carries.length === 0) {
        const granted = result.elements.get(place.element.id)?.cpu?.granted;
        const silent = place.element.kind === 'container' || (place.element.kind === 'process' && granted === undefined);
        return { amount: bounded((granted ?? 0) * place.count), cost: 0, idle: 0, over, lostBy: [], unknown: silent };
    }
    const cost = place.element.kind === 'hypervisor' || place.element.kind === 'engine' ? virtualisationCost(result, places, place) : 0;
    return { amount: place.carries.reduce((sum, id) => sum + extent(measures.get(id)), cost), cost, idle: 0, over, lostBy: [], unknown: false };
}

/** What the VMs directly on it cost their host beside what their guests get. */
function virtualisationCost(result: Result, places: ReadonlyMap<ElementId, Place>, place: Place): number {
    return place.carries.reduce((sum, id) => sum + bounded((result.elements.get(id)?.cpu?.overhead ?? 0) * (places.get(id)?.count ?? 0)), 0);
}

const demandOf = (result: Result, place: Place): number => bounded((result.elements.get(place.element.id)?.cpu?.demand ?? 0) * place.count);

/** The nearest elements above the kernel that someone sizes or runs, each with what is lost in it; those that lose nothing are left out. */
function losers(places: ReadonlyMap<ElementId, Place>, host: Place, lost: ReadonlyMap<ElementId, number>): readonly { element: ElementId; amount: number }[] {
    const found: { element: ElementId; amount: number }[] = [];
    const pending = [...host.carries].reverse();
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
        const amount = lost.get(id) ?? 0;
        const kind = places.get(id)?.element.kind;
        if (amount < leastLoss) {
            continue;
        }
        if (kind === 'hypervisor' || kind === 'engine') {
            pending.push(...[...(places.get(id)?.carries ?? [])].reverse());
        } else {
            found.push({ element: id, amount });
        }
    }
    return found;
}

/**
 * Demand held back at each element, as far as its host has free room to draw it in.
 * Where a host has none, a trace is left: that a limit holds something back is seen, how much is said.
 */
function drawnWithheld(result: Result, places: ReadonlyMap<ElementId, Place>): Withheld {
    const withheld = new Map<ElementId, number>();
    const hosts = new Map<ElementId, ElementId>();
    const granted = new Map<ElementId, number>();
    const heldBack = new Map<ElementId, number>();
    for (const [id, place] of places) {
        const host = place.carrier === undefined ? id : (hosts.get(place.carrier) ?? id);
        hosts.set(id, host);
        const cpu = result.elements.get(id)?.cpu;
        const isLeaf = place.carries.length === 0;
        const own = isLeaf ? (cpu?.granted ?? 0) : place.element.kind === 'vm' ? (cpu?.overhead ?? 0) : 0;
        add(granted, host, bounded(own * place.count));
        const amount = isLeaf ? demandOf(result, place) * (cpu?.throttled ?? 0) : 0;
        if (amount > leastLoss) {
            const at = cpu?.bound?.at;
            add(withheld, at !== undefined && places.has(at) && places.get(at)?.element.kind !== 'host' ? at : id, amount);
            add(heldBack, host, amount);
        }
    }
    for (const [id, amount] of withheld) {
        const host = hosts.get(id) ?? id;
        const capacity = result.elements.get(host)?.cpu?.capacity ?? Number.POSITIVE_INFINITY;
        const room = Math.max(0, capacity - (granted.get(host) ?? 0));
        withheld.set(id, amount * Math.min(1, Math.max(trace, room / (heldBack.get(host) ?? amount))));
    }
    return withheld;
}

function add(sums: Map<ElementId, number>, id: ElementId, amount: number): void {
    sums.set(id, (sums.get(id) ?? 0) + amount);
}
