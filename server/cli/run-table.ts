/** The run of a scenario for a person at a terminal: what happened, and what became of each element. */
import { figure, memoryFigure, timeFigure } from '#simulation/model/figures.ts';
import type { Result } from '#simulation/model/result.ts';
import type { EventDetail, EventType, Run } from '#simulation/model/timeline.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { eventsOf } from '#simulation/timeline/read-run.ts';
import { type Fate, fatesOf } from '../explain/run-fate.ts';
import { memberNames } from '../json/member-names.ts';
import { textTable } from './text-table.ts';

/** `selected` says which declared paths are shown. */
export function* runTable({ topology }: Result, run: Run, selected: (path: string) => boolean): Generator<string> {
    const index = indexTopology(topology);
    yield `\nscenario ${run.scenario}, ${timeFigure(run.duration)}\n`;
    yield* happened(index, run, selected);
    yield* textTable(['element', 'ready at', 'kills', 'restarts', 'down for', 'finished at'], fateRows(index, run, selected));
}

/** What a person would want to be told of; boots and phases are in the JSON. */
const notable: ReadonlySet<EventType> = new Set(['killed-oom', 'failed', 'recovered', 'restarted', 'load', 'set', 'migrating', 'migrated', 'breached']);
/** As many lines as fit on a screen. */
const mostEvents = 30;

function* happened(index: TopologyIndex, run: Run, selected: (path: string) => boolean): Generator<string> {
    const names = memberNames(index, run, selected);
    let told = 0;
    for (const { at, type, member, detail } of eventsOf(index, run)) {
        for (const { path, count = 1, first = path } of notable.has(type) ? names(member) : []) {
            told += 1;
            if (told <= mostEvents) {
                yield `at ${timeFigure(at)}: ${type} ${first}${count > 1 ? ` and ${count - 1} more` : ''}${detailText(detail)}\n`;
            }
        }
    }
    if (told > mostEvents) {
        yield `and ${told - mostEvents} events more; --json has them all\n`;
    }
}

function detailText(detail: EventDetail = {}): string {
    const parts = Object.entries(detail).map(([key, value]) => `${key} ${typeof value === 'string' ? value : detailFigure(key, value)}`);
    return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** `held` of a kill and `downtime` of a migration; all else is set or counted. */
function detailFigure(key: string, value: number): string {
    return key === 'held' ? memoryFigure(value) : key === 'downtime' ? timeFigure(value) : figure(value, 'number');
}

function* fateRows(index: TopologyIndex, run: Run, selected: (path: string) => boolean): Generator<readonly string[]> {
    const fates = fatesOf(index, run);
    for (const [number, { id, name, replicas }] of index.elements.entries()) {
        const fate = fates.get(number);
        if (fate !== undefined && selected(id)) {
            yield fateRow(`${'  '.repeat(id.split('.').length - 1)}${name}${replicas === undefined ? '' : `[${replicas}]`}`, fate);
        }
    }
}

/** Of replicas, the worst of all. */
function fateRow(name: string, { readyAt, kills, restarts, downtime, finishedAt }: Fate): readonly string[] {
    const time = (value: number | undefined): string => (value === undefined ? '' : timeFigure(value));
    const count = (value: number): string => (value === 0 ? '' : String(value));
    return [name, time(readyAt), count(kills), count(restarts), downtime === 0 ? '' : timeFigure(downtime), time(finishedAt)];
}
