/** The rows of `timeline`: what happened in a run and when, of each replica or of all replicas that ran alike at once. */
import { append } from '#simulation/model/append.ts';
import type { EventDetail, LifecycleColumns, MemberSeries, Run, Series, SeriesName } from '#simulation/model/timeline.ts';
import { seriesNames, states } from '#simulation/model/timeline.ts';
import type { ElementKind } from '#simulation/model/topology.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { elementOfMember, eventsOf, phaseName } from '#simulation/timeline/read-run.ts';
import type { Recording } from '#simulation/timeline/record.ts';
import { jsonNumber } from './json-text.ts';
import type { MemberNames } from './member-names.ts';

/** A run, and how its rows name who they are about. */
export interface NamedRun {
    readonly index: TopologyIndex;
    readonly run: Run;
    readonly names: MemberNames;
}

export function* eventRows({ index, run, names }: NamedRun): Generator<object> {
    for (const { at: time, type, member, detail } of eventsOf(index, run)) {
        for (const name of names(member)) {
            yield { at: jsonNumber(time), type, ...name, detail: detail && detailRow(detail) };
        }
    }
}

/** One row for each host, VM, engine, container and process. */
export function* lifecycleRows({ index, run, names }: NamedRun): Generator<object> {
    const { lifecycles } = run;
    for (const member of run.members.element.keys()) {
        if (kindsWithLife.has(elementOfMember(index, run, member)?.kind)) {
            for (const name of names(member)) {
                yield { ...name, 'ready-at': jsonNumber(lifecycles.readyAt[member]), ...interruptions(lifecycles, member) };
            }
        }
    }
}

/** One row for each process, with the phases that began, in their order. */
export function* processRows({ index, run, names }: NamedRun): Generator<object> {
    const { lifecycles } = run;
    const phases = new Map<number, number[]>();
    for (const [row, member] of run.phases.member.entries()) {
        append(phases, member, row);
    }
    for (const member of run.members.element.keys()) {
        if (elementOfMember(index, run, member)?.kind === 'process') {
            const row = {
                phases: (phases.get(member) ?? []).map((phase) => phaseRow(index, run, phase)),
                'ready-at': jsonNumber(lifecycles.readyAt[member]),
                'finished-at': jsonNumber(lifecycles.finishedAt[member]),
                ...interruptions(lifecycles, member),
                work: jsonNumber(lifecycles.work[member]),
            };
            for (const name of names(member)) {
                yield { ...name, ...row };
            }
        }
    }
}

/** By path, as members of one object: replicas that ran alike share one text, which is made once. */
export function* seriesMembers({ series }: Recording, names: MemberNames): Generator<readonly [string, Iterable<string>]> {
    for (const [member, recorded] of series.entries()) {
        let text: readonly string[] | undefined;
        for (const { path } of names(member)) {
            text ??= [...seriesText(recorded)];
            yield [path, text];
        }
    }
}

const kindsWithLife: ReadonlySet<ElementKind | undefined> = new Set(['host', 'vm', 'engine', 'container', 'process']);

function interruptions({ downtime, oomKills, restarts }: LifecycleColumns, member: number): object {
    return { downtime: jsonNumber(downtime[member]), 'oom-kills': jsonNumber(oomKills[member]), restarts: jsonNumber(restarts[member]) };
}

/** A phase that the end of the run cut off has no `finished`. */
function phaseRow(index: TopologyIndex, run: Run, row: number): object {
    return { name: phaseName(index, run, row), started: jsonNumber(run.phases.started[row]), finished: jsonNumber(run.phases.finished[row]) };
}

function detailRow(detail: EventDetail): object {
    return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, typeof value === 'number' ? jsonNumber(value) : value]));
}

/** A series at a time, since one alone may be long. */
function* seriesText(recorded: MemberSeries): Generator<string> {
    let separator = '{';
    for (const name of seriesNames) {
        const series = recorded[name];
        if (series !== undefined) {
            yield `${separator}${JSON.stringify(name)}:${JSON.stringify(changePoints(name, series))}`;
            separator = ',';
        }
    }
    yield separator === '{' ? '{}' : '}';
}

function changePoints(name: SeriesName, { times, values }: Series): readonly (readonly [number | undefined, number | string | undefined])[] {
    return times.map((time, point) => {
        const value = values[point] ?? 0;
        return [jsonNumber(time), name === 'state' ? states[value] : jsonNumber(value)];
    });
}
