/** Runs the scenarios of a topology, and judges what each expects. */
import type { Run } from '../model/timeline.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { defaultScenario } from './default-scenario.ts';
import { runScenario } from './run-scenario.ts';

export interface RunAllOptions {
    readonly shouldStop: () => boolean;
    /** Whether a topology without scenarios is run for ten minutes. */
    readonly defaultRun: boolean;
}

export function runAll(index: TopologyIndex, { shouldStop, defaultRun }: RunAllOptions): readonly Run[] | 'stopped' {
    const { scenarios } = index.topology;
    const runs: Run[] = [];
    for (const scenario of scenarios.length === 0 && defaultRun ? [defaultScenario] : scenarios) {
        const outcome = runScenario(index, scenario, { shouldStop });
        if (outcome === 'stopped') return 'stopped';
        runs.push({ ...outcome.run, expectations: [] });
    }
    return runs;
}
