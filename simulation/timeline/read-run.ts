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

/** All events, earliest first. */
export function* eventsOf(run: Run): Generator<RunEvent> {
    const { events } = run;
    for (let row = 0; row < events.at.length; row++) {
        const detail = events.detail.get(row);
        yield {
            at: at(events.at, row),
            type: eventTypes[at(events.type, row)] ?? 'ready',
            member: at(events.member, row),
            ...(detail === undefined ? {} : { detail }),
        };
    }
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
