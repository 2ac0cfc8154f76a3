/**
 * Judges what a scenario expects, over its run.
 *
 * A comparison must hold at every instant at which what it names runs. Between two instants rates are constant and memory runs straight, so it is looked at right after
 * each instant and right before the next; the worst is reported, with its time. What is counted over the run (restarts, downtime …) is looked at once.
 */
import { type Comparing, judgeCondition, type Verdict, verdictOf } from '../expectations.ts';
import type { ControlGraph } from '../isolation/reach/control-graph.ts';
import type { Judgement } from '../model/expectation.ts';
import type { ElementId } from '../model/ids.ts';
import type { ElementResult } from '../model/result.ts';
import type { Run } from '../model/timeline.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { seconds } from '../model/units.ts';
import { measureAt } from './measure-moment.ts';
import type { GroupRun } from './run-scenario.ts';
import type { Visits } from './visits.ts';
import { watch } from './watched-members.ts';

/** What a run is judged on. */
export interface RunEvidence {
    readonly index: TopologyIndex;
    readonly results: ReadonlyMap<ElementId, ElementResult>;
    readonly control: ControlGraph;
    readonly run: Omit<Run, 'expectations'>;
    readonly recorded: readonly GroupRun[];
    readonly visits: Visits;
}

export function judgeRun(evidence: RunEvidence, scenario: Scenario): readonly Judgement[] | 'stopped' {
    const judged = scenario.expectations.map(({ text, condition }, index) => {
        const verdict = judgeCondition({ ...evidence, compare: (comparing) => compareOverRun(evidence, comparing) }, condition);
        return { index, text, ...verdict };
    });
    return evidence.visits.stopsAfter(0, 1) ? 'stopped' : judged;
}

/** Elements whose series are needed to judge a scenario. */
export function namedElements(scenario: Scenario): ReadonlySet<ElementId> {
    const named = new Set<ElementId>();
    const open: unknown[] = scenario.expectations.map(({ condition }) => condition);
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
        if (typeof part !== 'object' || part === null) continue;
        if ('element' in part && 'ranges' in part) named.add(part.element as ElementId);
        else open.push(...Object.values(part));
    }
    return named;
}

function compareOverRun(evidence: RunEvidence, comparing: Comparing): Verdict {
    const watched = watch(evidence, [comparing.left, comparing.right]);
    let worst: { readonly verdict: Verdict; readonly margin: number; readonly at: number } | undefined;
    let missing: string | undefined;
    for (const moment of watched.moments) {
        if (evidence.visits.stopsAfter(watched.looks, 1)) break;
        const seen = { isIdle: false, missing: undefined as string | undefined };
        const sides = [comparing.left, comparing.right].map((side) => measureAt(evidence, watched, side, moment, seen));
        if (seen.isIdle) {
            missing ??= seen.missing;
            continue;
        }
        const [left, right] = sides;
        if (left === undefined || right === undefined) continue;
        const { verdict, margin } = verdictOf(left, comparing.operator, right);
        if (worst === undefined || margin < worst.margin) worst = { verdict, margin, at: moment.at };
    }
    if (worst === undefined) return { holds: false, because: missing ?? 'nothing that it names runs in this scenario' };
    return watched.isTimed ? { ...worst.verdict, at: seconds(worst.at) } : worst.verdict;
}
