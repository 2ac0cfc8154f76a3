/** What became of the elements in each scenario that both sides run: kills, restarts, time down, and when they were ready and finished. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Run } from '#simulation/model/timeline.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { type Fate, fatesOf } from '../explain/run-fate.ts';
import { isSameFigure } from './element-differences.ts';
import type { ElementMatch } from './match-elements.ts';

/** Of the worst of all replicas on each side. */
export interface LifeDifference {
    readonly scenario: string;
    readonly path: ElementId;
    readonly before: Fate;
    readonly after: Fate;
}

/** Scenario by scenario, in the order of the topology after; of what only one side has, the allocation tells. */
export function lifeDifferences(before: Result, after: Result, { was }: ElementMatch): readonly LifeDifference[] {
    const earlier = livesOf(before);
    return [...livesOf(after)].flatMap(([scenario, lives]) => {
        const then = earlier.get(scenario);
        return [...lives].flatMap(([path, fate]) => {
            const fateThen = then?.get(was.get(path) ?? path);
            return fateThen === undefined || isSameFate(fateThen, fate) ? [] : [{ scenario, path, before: fateThen, after: fate }];
        });
    });
}

function livesOf({ topology, runs }: Result): ReadonlyMap<string, ReadonlyMap<ElementId, Fate>> {
    const index = indexTopology(topology);
    return new Map(runs.map((run) => [run.scenario, livesIn(index, run)]));
}

function livesIn(index: TopologyIndex, run: Run): ReadonlyMap<ElementId, Fate> {
    const fates = fatesOf(index, run);
    return new Map(
        index.elements.flatMap(({ id }, number) => {
            const fate = fates.get(number);
            return fate === undefined ? [] : [[id, fate]];
        }),
    );
}

const figures = ['readyAt', 'finishedAt', 'kills', 'restarts', 'downtime'] as const satisfies readonly (keyof Fate)[];
/** In place of a time that never came. */
const never = -1;

function isSameFate(before: Fate, after: Fate): boolean {
    return figures.every((name) => isSameFigure({ before: before[name] ?? never, after: after[name] ?? never }));
}
