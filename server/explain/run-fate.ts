/** What became of each element in a run, and of the run as a whole, in a few words. */
import { at } from '#simulation/model/columns.ts';
import { countOf, timeFigure } from '#simulation/model/figures.ts';
import type { Run } from '#simulation/model/timeline.ts';
import type { ElementKind } from '#simulation/model/topology.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { eventsOf, firstPathOf } from '#simulation/timeline/read-run.ts';

/** The worst of all replicas: when the last was ready or finished first, and the most kills, restarts and seconds that any was down. Unknown times are absent. */
export interface Fate {
    readonly readyAt?: number;
    readonly finishedAt?: number;
    readonly kills: number;
    readonly restarts: number;
    readonly downtime: number;
}

const nothing: Fate = { kills: 0, restarts: 0, downtime: 0 };

const kindsWithFate: ReadonlySet<ElementKind | undefined> = new Set(['host', 'hypervisor', 'vm', 'engine', 'container', 'process']);

/** By the number of the element; groups and devices come and go with what carries them and have none. */
export function fatesOf(index: TopologyIndex, { members, lifecycles }: Run): ReadonlyMap<number, Fate> {
    const fates = new Map<number, Fate>();
    for (const [member, element] of members.element.entries()) {
        if (!kindsWithFate.has(index.elements[element]?.kind)) {
            continue;
        }
        const known = fates.get(element) ?? nothing;
        const readyAt = latest(known.readyAt, at(lifecycles.readyAt, member));
        const finishedAt = latest(known.finishedAt, at(lifecycles.finishedAt, member));
        fates.set(element, {
            ...(readyAt === undefined ? {} : { readyAt }),
            ...(finishedAt === undefined ? {} : { finishedAt }),
            kills: Math.max(known.kills, at(lifecycles.oomKills, member)),
            restarts: Math.max(known.restarts, at(lifecycles.restarts, member)),
            downtime: Math.max(known.downtime, at(lifecycles.downtime, member)),
        });
    }
    return fates;
}

/** As in `ready at 21.4 s, 2 kills, 2 restarts, down for 1.2 s`. */
export function fateText({ readyAt, finishedAt, kills, restarts, downtime }: Fate): string {
    return [
        readyAt === undefined ? 'never ready' : `ready at ${timeFigure(readyAt)}`,
        ...(kills > 0 ? [countOf(kills, 'kill for want of memory', 'kills for want of memory')] : []),
        ...(restarts > 0 ? [countOf(restarts, 'restart')] : []),
        ...(downtime > 0 ? [`down for ${timeFigure(downtime)}`] : []),
        ...(finishedAt === undefined ? [] : [`finished at ${timeFigure(finishedAt)}`]),
    ].join(', ');
}

/** The worst that happened, in a few words: that it was not run to its end, kills, failed expectations, restarts, outages, in this order; else when all was up. */
export function worstOf(index: TopologyIndex, run: Run): string {
    const { cut, expectations, lifecycles } = run;
    if (cut !== undefined) {
        return `given up at ${timeFigure(cut.at)}`;
    }
    for (const { at: time } of eventsOf(index, run, 'killed-oom')) {
        return `OOM at ${timeFigure(time)}`;
    }
    const failed = expectations.filter(({ holds, unjudged }) => !holds && unjudged !== true);
    if (failed.length > 0) {
        return failed.length === 1 ? `fails: expect ${failed[0]?.text ?? ''}` : `${countOf(failed.length, 'expectation')} of ${expectations.length} fail`;
    }
    const restarted = greatest(lifecycles.restarts);
    if (restarted !== undefined) {
        return `${firstPathOf(index, run, restarted)} restarts ${countOf(at(lifecycles.restarts, restarted), 'time')}`;
    }
    const down = greatest(lifecycles.downtime);
    if (down !== undefined) {
        return `${firstPathOf(index, run, down)} down for ${timeFigure(at(lifecycles.downtime, down))}`;
    }
    const lastUp = lifecycles.readyAt.reduce((last, time) => (Number.isNaN(time) ? last : Math.max(last, time)), 0);
    return `all up at ${timeFigure(lastUp)}`;
}

function latest(known: number | undefined, time: number): number | undefined {
    return Number.isNaN(time) || (known !== undefined && known >= time) ? known : time;
}

/** The first with the greatest figure above zero. */
function greatest(column: Float64Array): number | undefined {
    let best: number | undefined;
    for (const [member, figure] of column.entries()) {
        if (figure > (best === undefined ? 0 : at(column, best))) {
            best = member;
        }
    }
    return best;
}
