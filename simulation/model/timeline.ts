/** What happens over time: the run of one scenario, as columns that cost little and cross threads quickly. */
import type { Judgement } from './expectation.ts';
import type { Seconds } from './units.ts';

/** Kinds of events, by their number in `EventColumns.type`. */
export const eventTypes = [
    'booting',
    'ready',
    'stopped',
    'failed',
    'recovered',
    'killed-oom',
    'restarted',
    'finished',
    'phase',
    'load',
    'set',
    'migrating',
    'migrated',
    'breached',
] as const;
export type EventType = (typeof eventTypes)[number];

/** What an element is in, by number in the recorded series. An element that waits for its carrier or its `start` is stopped. */
export const states = ['stopped', 'booting', 'running', 'failed', 'killed', 'finished', 'migrating'] as const;
export type State = (typeof states)[number];

/**
 * Replicas that ran alike, as one member each: rows of a run name members by their number, parents before children.
 * Invariant: the members of one element under one member of its parent cover its replicas, in ascending order and without overlap.
 */
export interface Members {
    /** Number of the element in the index of the result's topology. */
    readonly element: Int32Array;
    /** Member of the element's parent; below 0 for hosts. */
    readonly parent: Int32Array;
    /** First and last replica under one replica of the parent, counted from 1. */
    readonly first: Float64Array;
    readonly last: Float64Array;
}

/**
 * Events but those that begin a phase, which `PhaseColumns` has; `timeline/read-run.ts` brings both into one order. Within a group of hosts that influence one another
 * they stand in the order in which they happened (of one instant: see `timeline/run-group.ts`), one group after the other.
 */
export interface EventColumns {
    readonly at: Float64Array;
    readonly type: Uint8Array;
    readonly member: Int32Array;
    /** By event: what the type needs beside the member. */
    readonly detail: ReadonlyMap<number, EventDetail>;
}

export type EventDetail = Readonly<Record<string, number | string>>;

/** Phases, in the order in which they began within a member; `finished` is NaN where the run ended first. */
export interface PhaseColumns {
    readonly member: Int32Array;
    /** Place in the process's list of phases. */
    readonly phase: Int32Array;
    readonly started: Float64Array;
    readonly finished: Float64Array;
}

/** By member; NaN where there is no such figure. */
export interface LifecycleColumns {
    /** First time ready. */
    readonly readyAt: Float64Array;
    readonly finishedAt: Float64Array;
    /** From failures and kills to ready again, not the first boot nor an orderly stop. */
    readonly downtime: Float64Array;
    /** Kills in the member and in what it carries; replicas that it stands for have as many each. */
    readonly oomKills: Float64Array;
    readonly restarts: Float64Array;
    /** CPU work that a process was granted, in core-seconds. */
    readonly work: Float64Array;
}

/** Groups of hosts that influence one another, in the order in which they were run: where the rows of each begin. */
export interface GroupColumns {
    readonly member: Int32Array;
    readonly event: Int32Array;
    readonly phase: Int32Array;
    readonly instants: Float64Array;
}

/** Why a run ended before its time. */
export interface Cut {
    readonly at: Seconds;
    readonly events: number;
}

/** One scenario, run. */
export interface Run {
    /** `default` where the topology has no scenario. */
    readonly scenario: string;
    readonly duration: Seconds;
    readonly members: Members;
    readonly events: EventColumns;
    readonly phases: PhaseColumns;
    readonly lifecycles: LifecycleColumns;
    readonly groups: GroupColumns;
    /** In the order of the scenario's expectations. */
    readonly expectations: readonly Judgement[];
    /** Instants at which rates, memory or states changed. */
    readonly instants: number;
    readonly cut?: Cut;
}

/** The figures of an element that are recorded over time, in the order of the result contract. */
export const seriesNames = [
    'cpu.demand',
    'cpu.granted',
    'cpu.throttled',
    'cpu.contended',
    'memory.used',
    'io.granted',
    'network.granted',
    'disk.used',
    'state',
] as const;
export type SeriesName = (typeof seriesNames)[number];

/**
 * Change points: a value holds until the next time; `memory.used` runs straight between points, so that a jump has two points of one time.
 * Values of `state` are places in `states`.
 */
export interface Series {
    readonly times: readonly number[];
    readonly values: readonly number[];
}

/** The series of one member; what makes no sense for its kind is absent. */
export type MemberSeries = Readonly<Partial<Record<SeriesName, Series>>>;
