/** Everything that changes while a group of hosts runs, in columns by member. */
import type { Columns } from '../model/arena.ts';
import { at, listsBy, none } from '../model/columns.ts';
import type { State } from '../model/timeline.ts';
import { states } from '../model/timeline.ts';
import type { Element } from '../model/topology.ts';
import { hasKernel, type TopologyIndex } from '../model/topology-index.ts';
import type { EventQueue } from '../solver/event-queue.ts';
import { CpuSharing } from './cpu-sharing.ts';
import type { Log } from './log.ts';
import type { Cohort } from './split-replicas.ts';
import type { Traffic } from './traffic.ts';
import type { Visits } from './visits.ts';

/** States by number. */
export const stopped = stateNumber('stopped');
export const booting = stateNumber('booting');
export const running = stateNumber('running');
export const failed = stateNumber('failed');
export const killed = stateNumber('killed');
export const finished = stateNumber('finished');
export const migrating = stateNumber('migrating');

function stateNumber(state: State): number {
    return states.indexOf(state);
}

/**
 * The members of a group of hosts while they run.
 * Invariant: `view` is an index of the members as if each were an element, with the carriers that they have now; it is made anew when a carrier or a statement changes.
 */
export interface World {
    /** Of the whole topology. */
    readonly index: TopologyIndex;
    readonly cohort: Cohort;
    readonly size: number;
    readonly log: Log;
    readonly timers: EventQueue;
    readonly visits: Visits;
    /** Where its columns come from; the next group of hosts takes them. */
    readonly columns: Columns;
    now: number;
    readonly duration: number;

    /** The elements that members are replicas of, as `set` has changed them. */
    readonly elements: Element[];
    readonly carrier: Int32Array;
    view: TopologyIndex;
    /** Members, carriers before what they carry. */
    order: Int32Array;
    cpu: CpuSharing;
    /** 1 where `cpu`, `view` and `order` no longer fit. */
    isOutdated: boolean;
    readonly lumps: boolean;
    /** What disks and networks carry now; absent where nobody uses them. */
    traffic: Traffic | undefined;

    readonly state: Uint8Array;
    /** 1 where a step stopped it, or it waits for its `start`. */
    readonly isHeld: Uint8Array;
    /** 1 where a step failed it and none has recovered it. */
    readonly isFailed: Uint8Array;
    /** Raised when the state changes, which makes timers set before void. */
    readonly stamp: Int32Array;
    readonly readyAt: Float64Array;
    readonly finishedAt: Float64Array;
    readonly downtime: Float64Array;
    /** Since when it is down by a failure or a kill; NaN while it is not. */
    readonly downSince: Float64Array;
    readonly upSince: Float64Array;
    readonly oomKills: Float64Array;
    readonly restarts: Float64Array;
    /** Delay of the next restart, in seconds. */
    readonly backOff: Float64Array;
    readonly work: Float64Array;

    /** Step of a boot that is under way. */
    readonly bootStep: Int32Array;
    /** Place of the current phase; below 0 for none. */
    readonly phase: Int32Array;
    readonly phaseStarted: Float64Array;
    /** Row of the current phase in the log. */
    readonly phaseRow: Int32Array;
    /** When the current round of phases began, and how many rounds were done. */
    readonly roundStarted: Float64Array;
    readonly rounds: Float64Array;
    readonly loadCpu: Float64Array;
    readonly loadMemory: Float64Array;
    /** Factor by which the grant of a process falls short for want of disk and network; 1 where it does not. */
    readonly ioRate: Float64Array;

    readonly memory: WorldMemory;
    /** Processes that finished and whose containers may end with them. */
    readonly ended: number[];
    readonly migrations: Map<number, Migration>;
    /** Containers that wait for others, by the member waited for. */
    readonly waiters: ReadonlyMap<number, readonly number[]>;
    readonly waitsFor: ReadonlyMap<number, readonly number[]>;
}

export interface WorldMemory {
    /** Working sets may have grown: limits have to be looked at. */
    isOutdated: boolean;
    /** Less is held than was added up, which no limit minds: it can wait until somebody looks. */
    isLighter: boolean;
    /** Processes whose working set grows or shrinks now. */
    ramps: number;
    /** When memory has to be looked at again at the latest. */
    nextTime: number;
    /** By member: what it costs beside what it carries. */
    own: Float64Array;
    /** As its carrier sees it, and how that changes a second; valid at `world.now` after `settleMemory`. */
    readonly used: Float64Array;
    readonly slope: Float64Array;
    /** Working sets inside, which limits of groups count. */
    readonly inside: Float64Array;
    readonly insideSlope: Float64Array;
    /** Of VMs: the most that the guest has touched. */
    readonly touched: Float64Array;
    /** Of processes: when the working set last grew. */
    readonly grewAt: Float64Array;
    readonly base: Float64Array;
    readonly target: Float64Array;
}

/** A live migration under way. */
export interface Migration {
    readonly vm: number;
    readonly to: number;
    round: number;
    /** Bytes of the round that are still to be copied, at `since`. */
    left: number;
    since: number;
    roundStarted: number;
    rate: number;
    /** The rest is copied while the guest stands still. */
    isPaused: boolean;
}

export interface WorldOptions {
    readonly log: Log;
    readonly duration: number;
    readonly lumps: boolean;
    readonly columns: Columns;
    /** Empty. */
    readonly timers: EventQueue;
    readonly visits: Visits;
}

/** What creating a world costs for each member, and what making it fit again does, in looks. */
export const looksToCreate = 40;
export const looksToRebuild = 20;

/** Counts looks at members, and answers whether to stop. */
export const stopsAfter = ({ visits, now, duration }: World, looks: number): boolean => visits.stopsAfter(looks, now / duration);

export function createWorld(index: TopologyIndex, cohort: Cohort, options: WorldOptions): World {
    const size = cohort.element.length;
    const { columns } = options;
    const floats = () => columns.floats(size);
    const ints = () => columns.ints(size);
    const bytes = () => columns.bytes(size);
    const unknown = () => floats().fill(Number.NaN);
    const elements: Element[] = [];
    for (const number of cohort.element) elements.push(index.elements[number] as Element);
    const carrier = ints();
    carrier.set(cohort.carrier);
    const waits = waitsOf(index, cohort, elements);
    const world: Omit<World, 'view' | 'order' | 'cpu'> = {
        index,
        cohort,
        size,
        log: options.log,
        timers: options.timers,
        visits: options.visits,
        columns,
        now: 0,
        duration: options.duration,
        elements,
        carrier,
        isOutdated: false,
        lumps: options.lumps,
        traffic: undefined,
        state: bytes(),
        isHeld: bytes(),
        isFailed: bytes(),
        stamp: ints(),
        readyAt: unknown(),
        finishedAt: unknown(),
        downtime: floats(),
        downSince: unknown(),
        upSince: floats(),
        oomKills: floats(),
        restarts: floats(),
        backOff: floats(),
        work: floats(),
        bootStep: ints(),
        phase: ints().fill(none),
        phaseStarted: floats(),
        phaseRow: ints().fill(none),
        roundStarted: floats(),
        rounds: floats(),
        loadCpu: floats().fill(1),
        loadMemory: floats().fill(1),
        ioRate: floats().fill(1),
        memory: {
            isOutdated: true,
            isLighter: false,
            ramps: 0,
            nextTime: Infinity,
            own: floats(),
            used: floats(),
            slope: floats(),
            inside: floats(),
            insideSlope: floats(),
            touched: floats(),
            grewAt: floats(),
            base: floats(),
            target: floats(),
        },
        ended: [],
        migrations: new Map(),
        ...waits,
    };
    const order = orderOf(carrier, columns);
    const view = viewOf(world, order);
    const cpu = new CpuSharing({ view, order, loadCpu: world.loadCpu, lumps: options.lumps, columns });
    return Object.assign(world, { view, order, cpu });
}

/** An index in which each member is an element, so that what reads topologies can read it. */
export function viewOf(world: Pick<World, 'index' | 'cohort' | 'elements' | 'carrier' | 'size' | 'columns'>, order: Int32Array): TopologyIndex {
    const { index, cohort, elements, carrier, size, columns } = world;
    const column = () => columns.ints(size).fill(none);
    const [kernel, host, engine, container, hypervisor] = [column(), column(), column(), column(), column()];
    const { topology } = index;
    for (const member of order) {
        const element = elements[member];
        if (element === undefined) continue;
        const stand = at(carrier, member);
        const above = at(cohort.parent, member);
        const { kind } = element;
        engine[member] = kind === 'engine' ? member : kind === 'vm' || above === none ? none : at(engine, above);
        const inherit = (from: Int32Array) => (stand === none ? none : at(from, stand));
        host[member] = kind === 'host' ? member : inherit(host);
        container[member] = kind === 'container' ? member : kind === 'vm' ? none : inherit(container);
        hypervisor[member] = kind === 'hypervisor' ? member : kind === 'vm' && element.implicit ? none : inherit(hypervisor);
        if (kind !== 'disk' && kind !== 'nic') kernel[member] = hasKernel(topology, element, elements[at(engine, member)]) ? member : inherit(kernel);
    }
    return {
        topology,
        elements,
        numbers: new Map(),
        parent: cohort.parent,
        carrier,
        kernel,
        host,
        engine,
        container,
        hypervisor,
        count: cohort.count,
        multiplicity: cohort.count,
        running: columns.bytes(size).fill(1),
        carried: listsBy(carrier, columns),
    };
}

/** Carriers before what they carry. Until a VM has moved that is the order of the members. */
function orderOf(carrier: Int32Array, columns: Columns): Int32Array {
    const order = columns.ints(carrier.length);
    let isInOrder = true;
    for (let member = 0; member < carrier.length; member++) {
        order[member] = member;
        isInOrder &&= at(carrier, member) < member;
    }
    if (isInOrder) return order;
    const carried = listsBy(carrier, columns);
    let placed = 0;
    for (const [member, stand] of carrier.entries()) if (stand === none) order[placed++] = member;
    for (let place = 0; place < placed; place++) {
        const member = at(order, place);
        for (let slot = at(carried.start, member); slot < at(carried.start, member + 1); slot++) order[placed++] = at(carried.items, slot);
    }
    return order;
}

/** Which containers wait for which: for all replicas that have the same ancestors as far as both have them in common. */
function waitsOf(index: TopologyIndex, cohort: Cohort, elements: readonly Element[]): Pick<World, 'waiters' | 'waitsFor'> {
    const waiters = new Map<number, number[]>();
    const waitsFor = new Map<number, number[]>();
    let membersOf: Map<number, number[]> | undefined;
    for (const [member, element] of elements.entries()) {
        if (element.kind !== 'container' || element.after.length === 0) continue;
        membersOf ??= membersByElement(cohort);
        const targets = element.after.flatMap((set) => membersOf?.get(index.numbers.get(set.element) ?? none) ?? []);
        const near = targets.filter((target) => haveCommonAncestors(cohort, member, target) && at(cohort.count, target) > 0);
        waitsFor.set(member, near);
        for (const target of near) {
            const known = waiters.get(target);
            if (known === undefined) waiters.set(target, [member]);
            else known.push(member);
        }
    }
    return { waiters, waitsFor };
}

function membersByElement(cohort: Cohort): Map<number, number[]> {
    const members = new Map<number, number[]>();
    for (const [member, element] of cohort.element.entries()) {
        const known = members.get(element);
        if (known === undefined) members.set(element, [member]);
        else known.push(member);
    }
    return members;
}

/** Whether no element above both has different members above each. */
function haveCommonAncestors(cohort: Cohort, one: number, other: number): boolean {
    const above = new Map<number, number>();
    for (let member = at(cohort.parent, one); member >= 0; member = at(cohort.parent, member)) above.set(at(cohort.element, member), member);
    for (let member = at(cohort.parent, other); member >= 0; member = at(cohort.parent, member)) {
        const own = above.get(at(cohort.element, member));
        if (own !== undefined && own !== member) return false;
    }
    return true;
}

/** Makes `view`, `order` and `cpu` fit again; whoever is at work keeps what is left of it. */
export function rebuild(world: World): void {
    const { cpu: before, now, size } = world;
    world.order = orderOf(world.carrier, world.columns);
    world.view = viewOf(world, world.order);
    const cpu = new CpuSharing({ view: world.view, order: world.order, loadCpu: world.loadCpu, lumps: world.lumps, columns: world.columns });
    for (let member = 0; member < size; member++) {
        if (before.clocks.classOf(member) >= 0) {
            const left = before.clocks.leftOf(member, now);
            world.work[member] = at(world.work, member) + before.end(member, now);
            cpu.begin(member, at(world.phase, member), left, now);
        }
        if (before.clocks.classOf(size + member) >= 0) {
            const nodes = at(world.bootStep, member) <= 2 ? cpu.bootNodes : cpu.innerBootNodes;
            cpu.beginBoot(member, at(nodes, member), before.clocks.leftOf(size + member, now), now);
        }
        if (at(before.isPaused, member) === 1) cpu.setPaused(member, true);
    }
    world.cpu = cpu;
    world.isOutdated = false;
    world.memory.isOutdated = true;
}
