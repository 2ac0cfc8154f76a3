/** Reads the columns of a run as rows. */
import { at } from '../model/columns.ts';
import { type EventDetail, type EventType, eventTypes, type Run } from '../model/timeline.ts';
import type { Element } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';

export interface RunEvent {
    readonly at: number;
    readonly type: EventType;
    /** Number of the member in `Run.members`. */
    readonly member: number;
    readonly detail?: EventDetail;
}

/** All events, or those of one type, earliest first. */
export function* eventsOf(index: TopologyIndex, run: Run, only?: EventType): Generator<RunEvent> {
    const { events, phases } = run;
    const count = events.at.length;
    const timeOf = (row: number) => (row < count ? at(events.at, row) : at(phases.started, row - count));
    const rows = only === undefined ? Float64Array.from({ length: count + phases.started.length }, (_, row) => row) : rowsOf(run, only);
    // Rows of one time keep their order: it is the one in which they happened.
    rows.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
    for (const row of rows) yield row < count ? eventAt(run, row) : phaseEvent(index, run, row - count);
}

/** Looking for the few of one type costs no order of all. */
function rowsOf({ events, phases }: Run, type: EventType): Float64Array {
    const count = events.at.length;
    if (type === 'phase') return Float64Array.from(phases.started, (_, row) => count + row);
    const number = eventTypes.indexOf(type);
    const rows: number[] = [];
    for (let row = 0; row < count; row++) if (at(events.type, row) === number) rows.push(row);
    return Float64Array.from(rows);
}

function eventAt({ events }: Run, row: number): RunEvent {
    const detail = events.detail.get(row);
    const type = eventTypes[at(events.type, row)] ?? 'ready';
    return { at: at(events.at, row), type, member: at(events.member, row), ...(detail === undefined ? {} : { detail }) };
}

function phaseEvent(index: TopologyIndex, run: Run, row: number): RunEvent {
    const member = at(run.phases.member, row);
    return { at: at(run.phases.started, row), type: 'phase', member, detail: { name: phaseName(index, run, row) } };
}

/** Name of the phase that a row of `run.phases` is about. */
export function phaseName(index: TopologyIndex, run: Run, row: number): string {
    const process = elementOfMember(index, run, at(run.phases.member, row));
    return (process?.kind === 'process' ? process.phases[at(run.phases.phase, row)]?.name : undefined) ?? '';
}

/** The declared element of a member. */
export function elementOfMember(index: TopologyIndex, { members }: Run, member: number): Element | undefined {
    return index.elements[at(members.element, member)];
}

/** Canonical path of the first replica that a member stands for. */
export function firstPathOf(index: TopologyIndex, run: Run, member: number): string {
    const { members } = run;
    const names: string[] = [];
    for (let one = member; one >= 0; one = at(members.parent, one)) {
        const element = elementOfMember(index, run, one);
        names.unshift(`${element?.name ?? ''}${element?.replicas === undefined ? '' : `[${at(members.first, one)}]`}`);
    }
    return names.join('.');
}

/** How many replicas a member stands for, in all replicas of what is around it. */
export function replicasOf({ members }: Pick<Run, 'members'>, member: number): number {
    let replicas = 1;
    for (let one = member; one >= 0; one = at(members.parent, one)) replicas *= at(members.last, one) - at(members.first, one) + 1;
    return Math.min(replicas, 1e60);
}
