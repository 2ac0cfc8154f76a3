/**
 * Judges what a scenario expects, over its run.
 *
 * A comparison must hold at every instant at which what it names runs. Between two instants rates are constant and memory runs straight, so it is looked at right after
 * each instant and right before the next; the worst is reported, with its time. What is counted over the run (restarts, downtime …) is looked at once.
 */
import { type Comparing, judgeCondition, type Verdict, verdictOf } from '../expectations.ts';
import type { ControlGraph } from '../isolation/reach/control-graph.ts';
import { figureOf, type Measured, measure, type Value } from '../measures.ts';
import { at } from '../model/columns.ts';
import type { Judgement, Measure, MetricName } from '../model/expectation.ts';
import { metricDimensions } from '../model/expectation.ts';
import type { ElementId, InstanceSet } from '../model/ids.ts';
import type { ElementResult } from '../model/result.ts';
import { type Run, states } from '../model/timeline.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { seconds } from '../model/units.ts';
import { cpuOverhead } from '../resources/cpu-forest.ts';
import type { RecordedSeries } from './recorder.ts';
import type { GroupRun } from './run-scenario.ts';
import { isMember } from './split-replicas.ts';

/** What a run is judged on. */
export interface RunEvidence {
    readonly index: TopologyIndex;
    readonly results: ReadonlyMap<ElementId, ElementResult>;
    readonly control: ControlGraph;
    readonly run: Omit<Run, 'expectations'>;
    readonly recorded: readonly GroupRun[];
}

export function judgeRun(evidence: RunEvidence, scenario: Scenario): readonly Judgement[] {
    return scenario.expectations.map(({ text, condition }, index) => {
        const verdict = judgeCondition({ ...evidence, compare: (comparing) => compareOverRun(evidence, comparing) }, condition);
        return { index, text, ...verdict };
    });
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

/** A moment: right before an instant, or right after it. */
interface Moment {
    readonly at: number;
    readonly side: 'before' | 'after';
}

function compareOverRun(evidence: RunEvidence, comparing: Comparing): Verdict {
    const watched = watch(evidence, [comparing.left, comparing.right]);
    let worst: { readonly verdict: Verdict; readonly margin: number; readonly at: number } | undefined;
    let missing: string | undefined;
    for (const moment of watched.moments) {
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

/** Members that a comparison names, with what is known of them. */
interface Watched {
    readonly moments: readonly Moment[];
    /** Whether anything in it varies over the run. */
    readonly isTimed: boolean;
    readonly membersOf: ReadonlyMap<InstanceSet, readonly WatchedMember[]>;
}

interface WatchedMember {
    /** In the run. */
    readonly member: number;
    readonly replicas: number;
    readonly element: ElementId;
    readonly series: RecordedSeries;
}

function watch(evidence: RunEvidence, sides: readonly Measure[]): Watched {
    const metrics = sides.flatMap((side) => [...metricsIn(side)]);
    const membersOf = new Map(metrics.map(({ of }) => [of, membersIn(evidence, of)] as const));
    const varying = metrics.filter(({ metric, isFixed }) => !isFixed && varies(metric));
    const times = new Set<number>();
    for (const { of } of varying) {
        for (const { series } of membersOf.get(of) ?? []) for (const one of Object.values(series)) for (const time of one.times) times.add(time);
    }
    times.add(evidence.run.duration);
    const moments = [...times]
        .sort((a, b) => a - b)
        .flatMap((time): readonly Moment[] => [...(time > 0 ? [{ at: time, side: 'before' } as const] : []), { at: time, side: 'after' }]);
    return { moments: varying.length === 0 ? [{ at: evidence.run.duration, side: 'after' }] : moments, isTimed: varying.length > 0, membersOf };
}

/** `isFixed`: asked at one time, or over all of it. */
function* metricsIn(of: Measure, isFixed = false): Generator<{ readonly of: InstanceSet; readonly metric: MetricName; readonly isFixed: boolean }> {
    if (of.kind === 'metric') yield { of: of.of, metric: of.metric, isFixed };
    else if (of.kind === 'arithmetic') for (const side of [of.left, of.right]) yield* metricsIn(side, isFixed);
    else if (of.kind === 'aggregate') for (const side of of.arguments) yield* metricsIn(side, isFixed);
    else if (of.kind === 'at' || of.kind === 'over-time-mean') yield* metricsIn(of.measure, true);
}

const overRun: ReadonlySet<MetricName> = new Set(['ready-at', 'finished-at', 'downtime', 'oom-kills', 'restarts']);
const varies = (metric: MetricName): boolean => !overRun.has(metric);

function membersIn({ index, run, recorded }: RunEvidence, set: InstanceSet): readonly WatchedMember[] {
    return recorded.flatMap(({ members, series, base }) =>
        Array.from(members.element.keys()).flatMap((member) => {
            const own = series[member];
            if (own === undefined || !isMember(index, members, member, set)) return [];
            return [{ member: base + member, replicas: replicasOf(run, base + member), element: set.element, series: own }];
        }),
    );
}

function replicasOf({ members }: Pick<Run, 'members'>, member: number): number {
    let replicas = 1;
    for (let one = member; one >= 0; one = at(members.parent, one)) replicas *= at(members.last, one) - at(members.first, one) + 1;
    return Math.min(replicas, 1e60);
}

interface Seen {
    /** Something that is named has no member that runs. */
    isIdle: boolean;
    missing: string | undefined;
}

function measureAt(evidence: RunEvidence, watched: Watched, of: Measure, moment: Moment, seen: Seen): Measured {
    return measure(
        {
            ...evidence,
            metricOf: ({ of: set, metric }) => metricAt(evidence, watched, set, metric, moment, seen),
            timed: (timed) =>
                timed.kind === 'at' ? askAt(evidence, watched, timed.measure, { at: timed.time, side: 'after' }) : meanOf(evidence, watched, timed.measure),
        },
        of,
    );
}

function askAt(evidence: RunEvidence, watched: Watched, of: Measure, moment: Moment): Measured {
    const seen: Seen = { isIdle: false, missing: undefined };
    const measured = measureAt(evidence, watched, of, moment, seen);
    return seen.isIdle ? { kind: 'missing', because: seen.missing ?? `nothing that it names runs at ${moment.at} s` } : measured;
}

function metricAt(evidence: RunEvidence, watched: Watched, set: InstanceSet, metric: MetricName, moment: Moment, seen: Seen): Measured {
    const values: Value[] = [];
    let isMissing = false;
    for (const member of watched.membersOf.get(set) ?? []) {
        if (varies(metric) && !isRunning(member, moment)) continue;
        const value = varies(metric) ? valueAt(evidence, member, metric, moment) : countedOf(evidence, member, metric);
        if (value === undefined) isMissing = true;
        else values.push({ value, members: member.replicas, member: member.element });
    }
    if (isMissing) return { kind: 'missing', because: `${set.element} has no ${metric} in this scenario` };
    if (values.length === 0) {
        seen.isIdle = true;
        seen.missing ??= `${set.element} does not run in this scenario`;
    }
    return { kind: 'values', values, dimension: metricDimensions[metric] };
}

const runningStates: ReadonlySet<number> = new Set([states.indexOf('running'), states.indexOf('migrating')]);

function isRunning({ series }: WatchedMember, moment: Moment): boolean {
    return runningStates.has(sampled(series.state, moment) ?? -1);
}

function countedOf({ run: { lifecycles } }: RunEvidence, { member }: WatchedMember, metric: MetricName): number | undefined {
    const column = {
        'ready-at': lifecycles.readyAt,
        'finished-at': lifecycles.finishedAt,
        downtime: lifecycles.downtime,
        'oom-kills': lifecycles.oomKills,
        restarts: lifecycles.restarts,
    };
    const value = metric in column ? at(column[metric as keyof typeof column], member) : Number.NaN;
    return Number.isNaN(value) ? undefined : value;
}

function valueAt({ index, results }: RunEvidence, { element, series }: WatchedMember, metric: MetricName, moment: Moment): number | undefined {
    const steady = results.get(element);
    switch (metric) {
        case 'cpu.demand':
        case 'cpu.granted':
        case 'cpu.throttled':
        case 'cpu.contended':
        case 'io.granted':
        case 'network.granted':
            return sampled(series[metric], moment);
        case 'cpu.unmet':
            return (sampled(series['cpu.throttled'], moment) ?? 0) + (sampled(series['cpu.contended'], moment) ?? 0);
        case 'cpu.headroom': {
            const most = steady?.cpu?.capacity ?? steady?.cpu?.limit;
            const granted = sampled(series['cpu.granted'], moment);
            if (most === undefined || granted === undefined || most <= 0) return undefined;
            return Math.max(1 - granted / (1 + cpuOverhead(index, index.numbers.get(element) ?? -1)) / most, 0);
        }
        case 'memory.used':
            return straight(series['memory.used'], moment);
        case 'memory.headroom': {
            const most = steady?.memory?.capacity ?? steady?.memory?.limit;
            const held = straight(series['memory.inside'], moment);
            return most === undefined || held === undefined || most <= 0 ? undefined : 1 - held / most;
        }
        default:
            return steady === undefined ? undefined : figureOf(steady, metric);
    }
}

/** The place of the last point at a moment; below 0 before the first. */
function placeAt(times: readonly number[], { at: time, side }: Moment): number {
    let low = -1;
    let high = times.length;
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        const point = times[middle] ?? 0;
        if (side === 'after' ? point <= time : point < time) low = middle;
        else high = middle;
    }
    return low;
}

function sampled(series: RecordedSeries[keyof RecordedSeries], moment: Moment): number | undefined {
    return series?.values[placeAt(series.times, moment)];
}

/** Of a series that runs straight between its points. */
function straight(series: RecordedSeries[keyof RecordedSeries], moment: Moment): number | undefined {
    if (series === undefined) return undefined;
    const place = placeAt(series.times, moment);
    const [from, to] = [series.times[place], series.times[place + 1]];
    const [low, high] = [series.values[place], series.values[place + 1]];
    if (from === undefined || low === undefined) return undefined;
    return to === undefined || high === undefined || to === from ? low : low + ((high - low) * (moment.at - from)) / (to - from);
}

/** Over the time at which what it names runs: rates are constant and memory runs straight in between, so that means of ends are exact. */
function meanOf(evidence: RunEvidence, watched: Watched, of: Measure): Measured {
    const times = new Set([0, evidence.run.duration]);
    for (const { of: set } of metricsIn(of))
        for (const { series } of watched.membersOf.get(set) ?? []) for (const one of Object.values(series)) for (const time of one.times) times.add(time);
    const sorted = [...times].sort((a, b) => a - b);
    const sums: { value: Value; area: number; time: number }[] = [];
    let last: Measured | undefined;
    for (const [place, from] of sorted.entries()) {
        const to = sorted[place + 1];
        if (to === undefined) break;
        const seen: Seen = { isIdle: false, missing: undefined };
        const start = measureAt(evidence, watched, of, { at: from, side: 'after' }, seen);
        const end = measureAt(evidence, watched, of, { at: to, side: 'before' }, seen);
        if (start.kind !== 'values' || end.kind !== 'values') return start.kind === 'values' ? end : start;
        if (seen.isIdle || start.values.length !== end.values.length) continue;
        last = start;
        for (const [slot, value] of start.values.entries()) {
            sums[slot] ??= { value, area: 0, time: 0 };
            const sum = sums[slot];
            sum.area += ((value.value + (end.values[slot]?.value ?? 0)) / 2) * (to - from);
            sum.time += to - from;
        }
    }
    if (last?.kind !== 'values') return { kind: 'missing', because: 'nothing that it names runs in this scenario' };
    return { ...last, values: sums.map(({ value, area, time }) => ({ ...value, value: time > 0 ? area / time : value.value })) };
}
