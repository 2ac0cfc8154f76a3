/** Runs the scenarios of a text in tests, and reads what came of them by path. */
import { complete } from '#simulation/model/complete.ts';
import type { Run } from '#simulation/model/timeline.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { simulate } from '#simulation/simulate.ts';
import { eventsOf, firstPathOf } from '#simulation/timeline/read-run.ts';
import { runScenario, type ScenarioOptions } from '#simulation/timeline/run-scenario.ts';
import { lowerText } from './strata.ts';

export interface Happened {
    readonly at: number;
    readonly type: string;
    readonly path: string;
}

export interface Life {
    readonly path: string;
    readonly replicas: number;
    readonly readyAt: number;
    readonly finishedAt: number;
    readonly downtime: number;
    readonly oomKills: number;
    readonly restarts: number;
    readonly work: number;
    /** When its phases ended. */
    readonly phases: readonly number[];
}

export interface Story {
    readonly run: Run;
    readonly index: TopologyIndex;
    readonly events: readonly Happened[];
    /** By the path of the first replica that a member stands for. */
    readonly lives: ReadonlyMap<string, Life>;
}

/** The first scenario of a text, or ten minutes of it, through the one entry of the core. */
export function story(text: string): Story {
    const result = simulate(topologyOf(text), { defaultRun: true });
    if (result === 'stopped' || result.runs[0] === undefined) throw new Error('There was no run.');
    return told(indexTopology(result.topology), result.runs[0]);
}

/** The same with options of the runner, which `simulate` does not have. */
export function storyWith(text: string, options: Partial<ScenarioOptions>): Story {
    const topology = complete(topologyOf(text));
    const index = indexTopology(topology);
    const [scenario] = topology.scenarios;
    const outcome = scenario === undefined ? 'stopped' : runScenario(index, scenario, options);
    if (outcome === 'stopped') throw new Error('There was no run.');
    return told(index, { ...outcome.run, expectations: [] });
}

function topologyOf(text: string): ReturnType<typeof lowerText>['topology'] {
    const { topology, problems } = lowerText(text);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(`The text is not valid: ${errors.map(({ message }) => message).join(' ')}\n${text}`);
    return topology;
}

function told(index: TopologyIndex, run: Run): Story {
    const { members, lifecycles, phases } = run;
    const ends = new Map<number, number[]>();
    for (const [row, member] of phases.member.entries()) ends.set(member, [...(ends.get(member) ?? []), phases.finished[row] ?? Number.NaN]);
    const lives = new Map(
        Array.from(members.element.keys(), (member) => {
            const path = firstPathOf(index, run, member);
            const figure = (column: Float64Array): number => column[member] ?? Number.NaN;
            const life: Life = {
                path,
                replicas: figure(members.last) - figure(members.first) + 1,
                readyAt: figure(lifecycles.readyAt),
                finishedAt: figure(lifecycles.finishedAt),
                downtime: figure(lifecycles.downtime),
                oomKills: figure(lifecycles.oomKills),
                restarts: figure(lifecycles.restarts),
                work: figure(lifecycles.work),
                phases: ends.get(member) ?? [],
            };
            return [path, life] as const;
        }),
    );
    const events = Array.from(eventsOf(index, run), ({ at, type, member }) => ({ at, type, path: firstPathOf(index, run, member) }));
    return { run, index, events, lives };
}
