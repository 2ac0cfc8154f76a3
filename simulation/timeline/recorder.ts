/** Keeps what members are granted and use over time, as change points. */
import { at, none } from '../model/columns.ts';
import { finite } from '../model/finite.ts';
import type { MemberSeries, Series, SeriesName } from '../model/timeline.ts';
import { isNative } from '../resources/cpu-forest.ts';
import { isUp } from './lifecycle.ts';
import { demandNow } from './traffic.ts';
import type { World } from './world.ts';

/** What is recorded: the series of the result contract, and what memory limits count. */
export type RecordedSeries = MemberSeries & { readonly 'memory.inside'?: Series };
type RecordedName = SeriesName | 'memory.inside';

interface Growing extends Series {
    readonly times: number[];
    readonly values: number[];
}

const rates = ['cpu.demand', 'cpu.granted', 'cpu.throttled', 'cpu.contended', 'io.granted', 'network.granted'] as const satisfies readonly SeriesName[];
type Rate = (typeof rates)[number];

/** Changes within rounding are none. */
const rounding = 1e-12;

export class Recorder {
    readonly #isWanted: (element: number) => boolean;
    #wanted: readonly number[] | undefined;
    readonly #series: Partial<Record<RecordedName, Growing>>[] = [];
    #shares: { readonly cpu: World['cpu']; readonly version: number } | undefined;
    /** By rate, then by member. */
    #rates: Readonly<Record<Rate, Float64Array>> | undefined;

    constructor(isWanted: (element: number) => boolean) {
        this.#isWanted = isWanted;
    }

    /** By member; empty for those that were not wanted. */
    get series(): readonly RecordedSeries[] {
        return this.#series;
    }

    /** What `after` costs, in looks at members. */
    looks(world: World): number {
        return 8 * this.#members(world).length + (this.#fits(world) ? 0 : 8 * world.size);
    }

    /** Time is about to pass: memory that runs straight gets its point at the end. */
    before(world: World, next: number): void {
        const { used, slope, inside, insideSlope } = world.memory;
        const passed = next - world.now;
        if (passed <= 0) return;
        for (const member of this.#members(world)) {
            const change = at(slope, member);
            if (change !== 0) this.#putStraight(member, 'memory.used', world.now, next, at(used, member) + change * passed);
            const counts = countsInside(world, member);
            const changeInside = at(counts ? insideSlope : slope, member);
            if (changeInside !== 0) this.#putStraight(member, 'memory.inside', world.now, next, at(counts ? inside : used, member) + changeInside * passed);
        }
    }

    /** An instant is settled. */
    after(world: World): void {
        const { now } = world;
        const columns = this.#ratesOf(world);
        for (const member of this.#members(world)) {
            const kind = world.elements[member]?.kind;
            this.#put(member, 'state', now, at(world.state, member));
            if (kind !== 'disk' && kind !== 'nic') {
                for (const name of ['cpu.demand', 'cpu.granted', 'cpu.throttled', 'cpu.contended'] as const)
                    this.#put(member, name, now, at(columns[name], member));
                this.#putStraight(member, 'memory.used', now, now, at(world.memory.used, member));
                this.#putStraight(member, 'memory.inside', now, now, at(countsInside(world, member) ? world.memory.inside : world.memory.used, member));
            }
            if (kind !== 'nic') this.#put(member, 'io.granted', now, at(columns['io.granted'], member));
            if (kind !== 'disk') this.#put(member, 'network.granted', now, at(columns['network.granted'], member));
        }
    }

    #members(world: World): readonly number[] {
        this.#wanted ??= Array.from(world.cohort.element.keys()).filter((member) => this.#isWanted(at(world.cohort.element, member)));
        return this.#wanted;
    }

    /** Of what runs straight between its points: level until `from`, then straight to the value, or a jump where no time lies between. */
    #putStraight(member: number, name: 'memory.used' | 'memory.inside', from: number, time: number, value: number): void {
        const { times, values } = this.#growing(member, name);
        const last = values.at(-1);
        if (last !== undefined && (times.at(-1) ?? from) < from && differs(value, last)) {
            times.push(from);
            values.push(last);
        }
        this.#put(member, name, time, value);
    }

    #put(member: number, name: RecordedName, time: number, value: number): void {
        const { times, values } = this.#growing(member, name);
        const last = values.at(-1);
        if (last !== undefined && !differs(value, last)) return;
        // A rate that changed twice at one instant had the first value at no time; memory keeps both ends of a jump.
        if (times.at(-1) === time && (!name.startsWith('memory.') || times.at(-2) === time)) values[values.length - 1] = value;
        else {
            times.push(time);
            values.push(value);
        }
    }

    #growing(member: number, name: RecordedName): Growing {
        this.#series[member] ??= {};
        const own = this.#series[member];
        own[name] ??= { times: [], values: [] };
        return own[name];
    }

    #ratesOf(world: World): Readonly<Record<Rate, Float64Array>> {
        if (this.#rates === undefined || !this.#fits(world)) {
            this.#rates = { ...cpuRates(world), ...trafficRates(world) };
            this.#shares = { cpu: world.cpu, version: world.cpu.version };
        }
        return this.#rates;
    }

    /** Whether the rates are those of the current shares. */
    #fits({ cpu }: World): boolean {
        return this.#shares?.cpu === cpu && this.#shares.version === cpu.version;
    }
}

const differs = (value: number, last: number): boolean => Math.abs(value - last) > Math.abs(last) * rounding;

/** A VM's memory holds what its guest uses, a container's limit the working sets in it; elsewhere what counts is what is used. */
function countsInside(world: World, member: number): boolean {
    const kind = world.elements[member]?.kind;
    return kind === 'vm' || kind === 'container';
}

/** As `resources/cpu.ts` does in the steady state: really, and with hosts of endless capacity, which tells throttled from contended. */
function cpuRates(world: World): Record<'cpu.demand' | 'cpu.granted' | 'cpu.throttled' | 'cpu.contended', Float64Array> {
    const { cpu, size } = world;
    cpu.fill('endless');
    const uncontended = byMember(world);
    cpu.fill('real');
    const granted = byMember(world);
    const demand = demands(world);
    const throttled = new Float64Array(size);
    const contended = new Float64Array(size);
    for (let member = 0; member < size; member++) {
        const most = Math.max(at(uncontended, member), at(granted, member));
        throttled[member] = lost(at(demand, member), most, at(demand, member));
        contended[member] = lost(most, at(granted, member), at(demand, member));
    }
    return { 'cpu.demand': demand, 'cpu.granted': granted, 'cpu.throttled': throttled, 'cpu.contended': contended };
}

function lost(more: number, less: number, demand: number): number {
    const share = demand > 0 ? (more - less) / demand : 0;
    return share < rounding ? 0 : Math.min(share, 1);
}

function byMember(world: World): Float64Array {
    const { cpu, order, carrier, cohort } = world;
    const column = new Float64Array(world.size);
    for (let place = order.length - 1; place >= 0; place--) {
        const member = at(order, place);
        const node = at(cpu.nodes, member);
        const element = world.elements[member];
        if (node >= 0) column[member] = at(cpu.forest.grant, node) / (element?.kind === 'process' ? at(cpu.costs, member) : 1);
        const above = at(carrier, member);
        const stand = world.elements[above];
        // A native hypervisor is no group; its figure is its guests'.
        if (stand?.kind === 'hypervisor' && isNative(world.view, stand)) column[above] = at(column, above) + at(cohort.count, member) * at(column, member);
    }
    return column;
}

/** What is wanted before any limit; what boots wants a thread. */
function demands(world: World): Float64Array {
    const { cpu, order, carrier, cohort, size } = world;
    const demand = new Float64Array(size);
    for (let place = order.length - 1; place >= 0; place--) {
        const member = at(order, place);
        const above = at(carrier, member);
        const count = at(cohort.count, member);
        const element = world.elements[member];
        const boot = cpu.clocks.classOf(size + member);
        if (boot >= 0 && boot === at(cpu.innerBootNodes, member)) demand[member] = at(demand, member) + 1;
        else if (boot >= 0 && above !== none) demand[above] = at(demand, above) + count;
        if (element?.kind === 'process') demand[member] = cpu.asked(member);
        else if (element?.kind === 'container') demand[member] = at(demand, member) * at(cpu.costs, member);
        else if (element?.kind === 'vm') demand[member] = at(demand, member) * (1 + overheadOf(world, member));
        if (above !== none) demand[above] = finite(at(demand, above) + count * at(demand, member));
    }
    return demand;
}

const overheadOf = (world: World, vm: number): number => world.cpu.kernels.find(({ member }) => member === vm)?.overhead ?? 0;

/** Bytes that really move, summed up the machines and over the devices that carry them. */
function trafficRates(world: World): Record<'io.granted' | 'network.granted', Float64Array> {
    const { order, carrier, cohort, size, traffic } = world;
    const storage = new Float64Array(size);
    const network = new Float64Array(size);
    if (traffic === undefined) return { 'io.granted': storage, 'network.granted': network };
    for (let place = order.length - 1; place >= 0; place--) {
        const member = at(order, place);
        if (isUp(world, member) && world.elements[member]?.kind === 'process') {
            const { bytes, receive, send } = demandNow(world, member);
            storage[member] = bytes * at(traffic.rates, member);
            network[member] = (receive + send) * at(traffic.rates, member);
        }
        const above = at(carrier, member);
        if (above === none) continue;
        for (const column of [storage, network]) column[above] = finite(at(column, above) + at(cohort.count, member) * at(column, member));
    }
    for (const { passages } of traffic.contests) {
        for (const { device, process, copies } of passages) {
            const column = world.elements[device]?.kind === 'disk' ? storage : network;
            column[device] = finite(at(column, device) + copies * at(column, process));
        }
    }
    return { 'io.granted': storage, 'network.granted': network };
}
