/** Runs the scenarios of a topology, and judges what each expects. */
import type { ControlGraph } from '../isolation/reach/control-graph.ts';
import type { ElementId } from '../model/ids.ts';
import type { ElementResult, Result } from '../model/result.ts';
import type { Run } from '../model/timeline.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { defaultScenario } from './default-scenario.ts';
import { EarlierRun } from './earlier-run.ts';
import { judgeRun, namedElements } from './judge-run.ts';
import { runScenario } from './run-scenario.ts';
import { Visits } from './visits.ts';

export interface RunAllOptions {
    /** Told the share of the scenarios that has been run. */
    readonly shouldStop: (share: number) => boolean;
    /** Whether a topology without scenarios is run for ten minutes. */
    readonly defaultRun: boolean;
    readonly results: ReadonlyMap<ElementId, ElementResult>;
    readonly control: ControlGraph;
    readonly previous: Result | undefined;
}

export function runAll(index: TopologyIndex, { shouldStop, defaultRun, results, control, previous }: RunAllOptions): readonly Run[] | 'stopped' {
    const { scenarios } = index.topology;
    const runs: Run[] = [];
    const wanted = scenarios.length === 0 && defaultRun ? [defaultScenario] : scenarios;
    for (const [place, scenario] of wanted.entries()) {
        const named = namedElements(scenario);
        const earlier =
            previous &&
            EarlierRun.of(
                previous.topology,
                previous.runs.find((run) => run.scenario === scenario.name),
                index,
                scenario,
            );
        const shareOf = (share: number) => (place + share) / wanted.length;
        const outcome = runScenario(index, scenario, {
            earlier,
            shouldStop: (share) => shouldStop(shareOf(share)),
            ...(named.size === 0 ? {} : { isRecorded: (element: number) => hasElement(index, named, element) }),
        });
        if (outcome === 'stopped') return 'stopped';
        const visits = new Visits({ parts: 1, shouldStop: () => shouldStop(shareOf(1)), most: Infinity });
        const expectations = judgeRun({ index, results, control, visits, ...outcome }, scenario);
        if (expectations === 'stopped') return 'stopped';
        runs.push({ ...outcome.run, expectations });
    }
    return runs;
}

function hasElement(index: TopologyIndex, named: ReadonlySet<ElementId>, number: number): boolean {
    const element = index.elements[number];
    return element !== undefined && named.has(element.id);
}
