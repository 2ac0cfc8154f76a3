/** What a run writes down while it goes on: events and phases of all groups of hosts, one group after the other. */
import type { EventDetail, EventType } from '../model/timeline.ts';
import { eventTypes } from '../model/timeline.ts';
import type { EarlierGroup } from './earlier-run.ts';
import { GrowingFloats, GrowingInts } from './growing-columns.ts';

const numbers: ReadonlyMap<EventType, number> = new Map(eventTypes.map((type, number) => [type, number]));

/** Members are numbered within their group while it runs; `base` makes them the run's. */
export class Log {
    base = 0;
    readonly at: GrowingFloats;
    readonly type: GrowingInts;
    readonly member: GrowingInts;
    readonly detail = new Map<number, EventDetail>();
    readonly phaseMember: GrowingInts;
    readonly phase: GrowingInts;
    readonly phaseStarted: GrowingFloats;
    readonly phaseFinished: GrowingFloats;
    /** Instants at which something happened. */
    instants = 0;

    /** So many rows are expected. */
    constructor({ events, phases }: Pick<LogMark, 'events' | 'phases'>) {
        this.at = new GrowingFloats(events);
        this.type = new GrowingInts(events);
        this.member = new GrowingInts(events);
        this.phaseMember = new GrowingInts(phases);
        this.phase = new GrowingInts(phases);
        this.phaseStarted = new GrowingFloats(phases);
        this.phaseFinished = new GrowingFloats(phases);
    }

    event(at: number, type: EventType, member: number, detail?: EventDetail): void {
        if (detail !== undefined) this.detail.set(this.at.length, detail);
        this.at.push(at);
        this.type.push(numbers.get(type) ?? 0);
        this.member.push(this.base + member);
    }

    /** Answers the row, by which the phase is ended. */
    beginPhase(at: number, member: number, phase: number): number {
        this.phaseMember.push(this.base + member);
        this.phase.push(phase);
        this.phaseStarted.push(at);
        this.phaseFinished.push(Number.NaN);
        return this.phase.length - 1;
    }

    endPhase(row: number, at: number): void {
        this.phaseFinished.set(row, at);
    }

    /** Takes over the rows of a group of an earlier run. */
    takeOver({ run, members: [from], events, phases, instants }: EarlierGroup): void {
        for (let row = events[0]; row < events[1]; row++) {
            const detail = run.events.detail.get(row);
            this.event(run.events.at[row] ?? 0, eventTypes[run.events.type[row] ?? 0] ?? 'ready', (run.events.member[row] ?? 0) - from, detail);
        }
        for (let row = phases[0]; row < phases[1]; row++) {
            const own = this.beginPhase(run.phases.started[row] ?? 0, (run.phases.member[row] ?? 0) - from, run.phases.phase[row] ?? 0);
            this.endPhase(own, run.phases.finished[row] ?? Number.NaN);
        }
        this.instants += instants;
    }

    /** Where the log stands, so that a group that has to be run again can be forgotten. */
    mark(): LogMark {
        return { events: this.at.length, phases: this.phase.length, instants: this.instants };
    }

    forgetSince({ events, phases, instants }: LogMark): void {
        for (const column of [this.at, this.type, this.member]) column.truncate(events);
        for (const column of [this.phaseMember, this.phase, this.phaseStarted, this.phaseFinished]) column.truncate(phases);
        for (const row of this.detail.keys()) if (row >= events) this.detail.delete(row);
        this.instants = instants;
    }
}

export interface LogMark {
    readonly events: number;
    readonly phases: number;
    readonly instants: number;
}
