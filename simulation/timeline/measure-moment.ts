/** What a measure of an expectation comes to at a moment of a run, or over all of it. */
import { figureOf, type Measured, measure, type Value } from '../measures.ts';
import { at } from '../model/columns.ts';
import { type Measure, type MetricName, metricDimensions } from '../model/expectation.ts';
import type { InstanceSet } from '../model/ids.ts';
import { states } from '../model/timeline.ts';
import { cpuOverhead } from '../resources/cpu-forest.ts';
import type { RunEvidence } from './judge-run.ts';
import { type Moment, sampled, straight } from './sample-series.ts';
import { metricsIn, varies, type Watched, type WatchedMember } from './watched-members.ts';

export interface Seen {
    /** Something that is named has no member that runs. */
    isIdle: boolean;
    missing: string | undefined;
}

export function measureAt(evidence: RunEvidence, watched: Watched, of: Measure, moment: Moment, seen: Seen): Measured {
    return measure(
        {
            ...evidence,
            metricOf: ({ of: set, metric }) => metricAt(evidence, watched, set, metric, moment, seen),
            timed: (timed) => {
                const known = watched.known.get(timed) ?? timedOf(evidence, watched, timed);
                watched.known.set(timed, known);
                return known;
            },
        },
        of,
    );
}

function timedOf(evidence: RunEvidence, watched: Watched, timed: Extract<Measure, { kind: 'at' | 'over-time-mean' }>): Measured {
    if (timed.kind === 'over-time-mean') return meanOf(evidence, watched, timed.measure);
    return askAt(evidence, watched, timed.measure, { at: timed.time, side: 'after' });
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
        if (to === undefined || evidence.visits.stopsAfter(2 * watched.looks, 1)) break;
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
