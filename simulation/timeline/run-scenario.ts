/** Runs a scenario: each group of hosts that may influence one another by itself, and what came of it as columns. */
import { Arena } from '../model/arena.ts';
import type { Members, Run } from '../model/timeline.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { seconds } from '../model/units.ts';
import { EventQueue } from '../solver/event-queue.ts';
import { componentsOf } from './components.ts';
import { durationOf } from './default-scenario.ts';
import type { EarlierRun } from './earlier-run.ts';
import { Log } from './log.ts';
import { GroupLog, MemberLog } from './member-log.ts';
import type { RecordedSeries } from './recorder.ts';
import { type ComponentOptions, nobody, runComponent } from './run-component.ts';
import { cutsOf } from './split-replicas.ts';
import { mostLooks, Visits } from './visits.ts';

export interface ScenarioOptions extends ComponentOptions {
    /** Told the share of the run that is done. */
    readonly shouldStop: (share: number) => boolean;
    /** Groups of `componentsOf` that are run; absent: all. */
    readonly groups: readonly Int32Array[] | undefined;
    /** Of the same scenario: what it already says need not be run again. */
    readonly earlier: EarlierRun | undefined;
}

export const scenarioDefaults: ScenarioOptions = { shouldStop: () => false, isRecorded: nobody, groups: undefined, earlier: undefined, lumps: true };

/** One group, run. */
export interface GroupRun {
    readonly members: Members;
    readonly series: readonly RecordedSeries[];
    /** Number of its first member in the run. */
    readonly base: number;
}

export interface ScenarioRun {
    readonly run: Omit<Run, 'expectations'>;
    /** Of groups with recorded elements. */
    readonly recorded: readonly GroupRun[];
}

export function runScenario(index: TopologyIndex, scenario: Scenario, given: Partial<ScenarioOptions> = {}): ScenarioRun | 'stopped' {
    const options = { ...scenarioDefaults, ...given };
    const recorded: GroupRun[] = [];
    let earliestCut = Infinity;
    const groups = options.groups ?? componentsOf(index, scenario);
    const expected = expectedRows(index, groups);
    const log = new Log(expected);
    const members = new MemberLog(expected.members);
    const began = new GroupLog();
    const visits = new Visits({ parts: groups.length, shouldStop: options.shouldStop, most: mostLooks });
    const common = { index, scenario, cuts: cutsOf(index, scenario), log, options, visits, arena: new Arena(), timers: new EventQueue() };
    for (const [place, elements] of groups.entries()) {
        log.base = members.length;
        visits.begin(place);
        began.push(log.mark(), members.length);
        const known = options.earlier === undefined || elements.some(options.isRecorded) ? undefined : options.earlier.groupOf(elements);
        if (known !== undefined) {
            log.takeOver(known);
            members.takeOver(known);
            if (visits.stopsAfter(elements.length, 1)) return 'stopped';
            continue;
        }
        const outcome = runComponent({ ...common, elements });
        if (outcome === 'stopped') return 'stopped';
        if (outcome.cutAt !== undefined) earliestCut = Math.min(earliestCut, outcome.cutAt);
        if (outcome.recorder !== undefined) recorded.push({ members: outcome.world.cohort, series: outcome.recorder.series, base: members.length });
        members.add(outcome.world);
    }
    return { run: { ...finishedRun(scenario, log, members, earliestCut), groups: began.finished(log.instants) }, recorded };
}

/** Rows where everything starts once, ends once, and goes through its phases once. */
function expectedRows(index: TopologyIndex, groups: readonly Int32Array[]): { readonly members: number; readonly events: number; readonly phases: number } {
    let members = 0;
    let phases = 0;
    for (const elements of groups) {
        members += elements.length;
        for (const number of elements) {
            const element = index.elements[number];
            if (element?.kind === 'process') phases += element.phases.length;
        }
    }
    return { members, events: 2 * members, phases };
}

function finishedRun(scenario: Scenario, log: Log, members: MemberLog, cutAt: number): Omit<Run, 'expectations' | 'groups'> {
    return {
        scenario: scenario.name,
        duration: durationOf(scenario),
        ...members.finished(),
        events: { at: log.at.finished(), type: Uint8Array.from(log.type.finished()), member: log.member.finished(), detail: log.detail },
        phases: {
            member: log.phaseMember.finished(),
            phase: log.phase.finished(),
            started: log.phaseStarted.finished(),
            finished: log.phaseFinished.finished(),
        },
        instants: log.instants,
        ...(cutAt < Infinity ? { cut: { at: seconds(cutAt), events: log.instants } } : {}),
    };
}
