/** The `timeline` of the result contract: one run as JSON, streamed. */
import { at } from '#simulation/model/columns.ts';
import { type Run, seriesNames } from '#simulation/model/timeline.ts';
import type { Scenario } from '#simulation/model/topology.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { record } from '#simulation/timeline/record.ts';
import { jsonObject, jsonRows } from './json-text.ts';
import { memberNames, replicaNames, replicasOf } from './member-names.ts';
import { eventRows, lifecycleRows, type NamedRun, processRows, seriesMembers } from './timeline-rows.ts';

export interface TimelineSource {
    readonly index: TopologyIndex;
    readonly run: Run;
    readonly scenario: Scenario;
}

export interface TimelineOptions {
    /** `summary`: one row for all replicas that ran alike, and neither series nor processes. */
    readonly detail: 'full' | 'summary';
    readonly selected: (path: string) => boolean;
    /** Numbers of the hosts that carry what is selected; absent: all. */
    readonly hosts?: ReadonlySet<number>;
}

/** Without a run nothing happened, and all lists are empty. */
export function timelineText(source: TimelineSource | undefined, options: TimelineOptions): Iterable<string> {
    const { detail, selected } = options;
    if (detail === 'summary') {
        const named = source && { ...source, names: memberNames(source.index, source.run, selected) };
        return jsonObject([
            ['events', rows(named, eventRows)],
            ['lifecycles', rows(named, lifecycleRows)],
        ]);
    }
    const named = source && { ...source, names: replicaNames(source.index, source.run.members, selected) };
    return jsonObject([
        ['events', rows(named, eventRows)],
        ['series', jsonObject(source === undefined ? [] : allSeries(source, options))],
        ['lifecycles', rows(named, lifecycleRows)],
        ['processes', rows(named, processRows)],
    ]);
}

/** How many events, phases and change points `timelineText` would write in full; more than `most` are not counted to the end. */
export function timelineSize({ index, run, scenario }: TimelineSource, most: number): number {
    let replicas = 0;
    const multiplicity = Float64Array.from(run.members.element.keys(), (member) => replicasOf(run.members, member));
    for (const count of multiplicity) replicas += count;
    let size = 0;
    for (const member of run.events.member) size += at(multiplicity, member);
    for (const member of run.phases.member) size += at(multiplicity, member);
    // Each series has at most one change at an instant, two where it jumps; only where that could be too much is it worth another run to know.
    if (size + 2 * replicas * run.instants * seriesNames.length <= most) {
        return size;
    }
    for (const { members, series } of record(index, scenario)) {
        for (const [member, recorded] of series.entries()) {
            const replicasOfMember = replicasOf(members, member);
            for (const { times } of Object.values(recorded)) size += times.length * replicasOfMember;
        }
        if (size > most) {
            break;
        }
    }
    return size;
}

const rows = (named: NamedRun | undefined, rowsOf: (run: NamedRun) => Iterable<object>): Iterable<string> => jsonRows(named === undefined ? [] : rowsOf(named));

function* allSeries({ index, scenario }: TimelineSource, { selected, hosts }: TimelineOptions): Generator<readonly [string, Iterable<string>]> {
    for (const recording of record(index, scenario, hosts)) {
        yield* seriesMembers(recording, replicaNames(index, recording.members, selected));
    }
}
