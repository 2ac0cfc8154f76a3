/** Whom a comparison looks at over a run, and at which moments. */
import type { Measured } from '../measures.ts';
import type { Measure, MetricName } from '../model/expectation.ts';
import type { ElementId, InstanceSet } from '../model/ids.ts';
import type { RunEvidence } from './judge-run.ts';
import { replicasOf } from './read-run.ts';
import type { RecordedSeries } from './recorder.ts';
import type { Moment } from './sample-series.ts';
import { isMember } from './split-replicas.ts';

/** Members that a comparison names, with what is known of them. */
export interface Watched {
    readonly moments: readonly Moment[];
    /** Whether anything in it varies over the run. */
    readonly isTimed: boolean;
    readonly membersOf: ReadonlyMap<InstanceSet, readonly WatchedMember[]>;
    /** What a moment costs, in looks at members. */
    readonly looks: number;
    /** Of what is asked at one time or over all of it: what it comes to, once it is known. */
    readonly known: Map<Measure, Measured>;
}

export interface WatchedMember {
    /** In the run. */
    readonly member: number;
    readonly replicas: number;
    readonly element: ElementId;
    readonly series: RecordedSeries;
}

export function watch(evidence: RunEvidence, sides: readonly Measure[]): Watched {
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
    const looks = metrics.reduce((sum, { of }) => sum + 4 * (membersOf.get(of)?.length ?? 0), 10);
    return {
        moments: varying.length === 0 ? [{ at: evidence.run.duration, side: 'after' }] : moments,
        isTimed: varying.length > 0,
        membersOf,
        looks,
        known: new Map(),
    };
}

/** `isFixed`: asked at one time, or over all of it. */
export function* metricsIn(of: Measure, isFixed = false): Generator<{ readonly of: InstanceSet; readonly metric: MetricName; readonly isFixed: boolean }> {
    if (of.kind === 'metric') yield { of: of.of, metric: of.metric, isFixed };
    else if (of.kind === 'arithmetic') for (const side of [of.left, of.right]) yield* metricsIn(side, isFixed);
    else if (of.kind === 'aggregate') for (const side of of.arguments) yield* metricsIn(side, isFixed);
    else if (of.kind === 'at' || of.kind === 'over-time-mean') yield* metricsIn(of.measure, true);
}

const overRun: ReadonlySet<MetricName> = new Set(['ready-at', 'finished-at', 'downtime', 'oom-kills', 'restarts']);
export const varies = (metric: MetricName): boolean => !overRun.has(metric);

function membersIn({ index, run, recorded }: RunEvidence, set: InstanceSet): readonly WatchedMember[] {
    return recorded.flatMap(({ members, series, base }) =>
        Array.from(members.element.keys()).flatMap((member) => {
            const own = series[member];
            if (own === undefined || !isMember(index, members, member, set)) return [];
            return [{ member: base + member, replicas: replicasOf(run, base + member), element: set.element, series: own }];
        }),
    );
}
