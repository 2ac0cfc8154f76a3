/** Everything that changes while a group of hosts runs, in columns by member. */
import type { Columns } from '../model/arena.ts';
import { at, none } from '../model/columns.ts';
import type { Element } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import type { EventQueue } from '../solver/event-queue.ts';
import { CpuSharing } from './cpu-sharing.ts';
import type { Log } from './log.ts';
import type { Cohort } from './split-replicas.ts';
import type { Traffic } from './traffic.ts';
import type { Visits } from './visits.ts';
import { type Waiting, waitingOf } from './waiting.ts';
import { orderOf, viewOf } from './world-view.ts';

/**
 * The members of a group of hosts while they run.
 * Invariant: `view` is an index of the members as if each were an element, with the carriers that they have now; it is made anew when a carrier or a statement changes.
 */
export interface World extends Waiting {
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

    readonly memory: WorldMemory;
    /** Processes that finished and whose containers may end with them. */
    readonly ended: number[];
    readonly migrations: Map<number, Migration>;
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
    const waiting = waitingOf(index, cohort, elements);
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
        ...waiting,
    };
    const order = orderOf(carrier, columns);
    const view = viewOf(world, order);
    const cpu = new CpuSharing({ view, order, loadCpu: world.loadCpu, lumps: options.lumps, columns });
    return Object.assign(world, { view, order, cpu });
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
