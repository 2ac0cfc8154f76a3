/** CPU: everything is as wide as what it is granted; what was wanted and not granted sticks out. */
import { at } from '#simulation/model/columns.ts';
import { bounded } from './bounded.ts';
import { type Loss, type Measure, type Measures, measureFromTheTop, neededBy, nobody } from './measures.ts';
import type { Place, Standing } from './standing.ts';

/** Cores below which nothing is worth drawing. */
const leastLoss = 1e-9;
/** Share of what is held back that is drawn where there is no room for it. */
const trace = 1e-6;
/** Traces and rounding may add up to this share of a host. */
const tolerance = 1e-4;

/** Demand that a limit, a CPU set or too few vCPUs hold back; drawn beside the element that sets the bound. */
type Withheld = ReadonlyMap<Place, number>;

export function measureCpu(standing: Standing): Measures {
    const { places } = standing;
    const withheld = drawnWithheld(standing);
    /** Demand under an element that others took the CPU from. */
    const lost = new Float64Array(places.length);
    return measureFromTheTop(places, (place, measures) => {
        const own = place.carries.length === 0 ? demandOf(place) * (place.figures?.cpu?.contended ?? 0) : 0;
        lost[place.number] = place.carries.reduce((sum, { number }) => sum + at(lost, number), own);
        return place.element.kind === 'host' ? measureHost(place, measures, lost) : measureElement(place, measures, withheld.get(place) ?? 0);
    });
}

function measureHost(place: Place, measures: Measures, lost: Float64Array): Measure {
    const needed = neededBy(place, measures);
    const capacity = place.figures?.cpu?.capacity ?? (place.element.kind === 'host' ? place.element.cpu : undefined);
    const size = capacity === undefined ? undefined : bounded(capacity);
    const lostBy = losersOn(place, lost);
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

function measureElement(place: Place, measures: Measures, over: number): Measure {
    const { kind } = place.element;
    if (place.carries.length === 0) {
        const granted = place.figures?.cpu?.granted;
        const silent = kind === 'container' || (kind === 'process' && granted === undefined);
        return { amount: bounded((granted ?? 0) * place.count), cost: 0, idle: 0, over, lostBy: nobody, unknown: silent };
    }
    const cost = kind === 'hypervisor' || kind === 'engine' ? virtualisationCost(place) : 0;
    return { amount: neededBy(place, measures, cost), cost, idle: 0, over, lostBy: nobody, unknown: false };
}

/** What the VMs directly on it cost their host beside what their guests get. */
function virtualisationCost({ carries }: Place): number {
    return carries.reduce((sum, { figures, count }) => sum + bounded((figures?.cpu?.overhead ?? 0) * count), 0);
}

const demandOf = ({ figures, count }: Place): number => bounded((figures?.cpu?.demand ?? 0) * count);

/** The nearest elements above the kernel that someone sizes or runs, each with what is lost in it; those that lose nothing are left out. */
function losersOn(host: Place, lost: Float64Array): readonly Loss[] {
    const found: Loss[] = [];
    const pending = [...host.carries].reverse();
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
        const amount = at(lost, place.number);
        const { kind, id, name } = place.element;
        if (amount < leastLoss) {
            continue;
        }
        if (kind === 'hypervisor' || kind === 'engine') {
            pending.push(...[...place.carries].reverse());
        } else {
            found.push({ element: id, name, amount });
        }
    }
    return found;
}

/**
 * Demand held back at each element, as far as its host has free room to draw it in.
 * Where a host has none, a trace is left: that a limit holds something back is seen, how much is said.
 */
function drawnWithheld({ places, byId }: Standing): Withheld {
    const withheld = new Map<Place, number>();
    const hosts: Place[] = [];
    const granted = new Float64Array(places.length);
    const heldBack = new Float64Array(places.length);
    for (const place of places) {
        const host = (place.carrier && hosts[place.carrier.number]) ?? place;
        hosts.push(host);
        const cpu = place.figures?.cpu;
        const isLeaf = place.carries.length === 0;
        const own = isLeaf ? (cpu?.granted ?? 0) : place.element.kind === 'vm' ? (cpu?.overhead ?? 0) : 0;
        granted[host.number] = at(granted, host.number) + bounded(own * place.count);
        const amount = isLeaf ? demandOf(place) * (cpu?.throttled ?? 0) : 0;
        if (amount > leastLoss) {
            const beside = besideWhat(place, byId);
            withheld.set(beside, (withheld.get(beside) ?? 0) + amount);
            heldBack[host.number] = at(heldBack, host.number) + amount;
        }
    }
    for (const [place, amount] of withheld) {
        const { figures, number } = hosts[place.number] ?? place;
        const room = Math.max(0, (figures?.cpu?.capacity ?? Number.POSITIVE_INFINITY) - at(granted, number));
        withheld.set(place, amount * Math.min(1, Math.max(trace, room / (at(heldBack, number) || amount))));
    }
    return withheld;
}

/** What sets the bound, if that is not a host, else the element itself. */
function besideWhat(place: Place, byId: Standing['byId']): Place {
    const setter = place.figures?.cpu?.bound?.at;
    const bound = setter === undefined ? undefined : byId.get(setter);
    return bound === undefined || bound.element.kind === 'host' ? place : bound;
}
