/** The lanes of the timeline: what each element is in, from change to change, and what the selected one gets and uses. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { ElementResult } from '#simulation/model/result.ts';
import { type MemberSeries, type SeriesName, type State, states } from '#simulation/model/timeline.ts';
import { amountOfText, amountText, shareText, timeText } from '../picture/quantity.ts';
import type { LaneState, PictureResource, TimelineChart, TimelineLane } from '../protocol.ts';
import { valueAt } from './moment.ts';

/** Changes faster than this part of the run can't be seen. */
const finest = 1 / 2000;
const mostPoints = 800;

const laneStates: Readonly<Record<State, LaneState>> = {
    stopped: 'stopped',
    booting: 'booting',
    running: 'running',
    failed: 'down',
    killed: 'killed',
    finished: 'finished',
    migrating: 'migrating',
};

/** The part of its demand that an element must lose before its lane says so. */
const noticeable = 0.005;

export function laneOf(element: ElementId, label: string, series: MemberSeries, duration: number): TimelineLane {
    const changes = new Set([0, ...(['state', 'cpu.throttled', 'cpu.contended'] as const).flatMap((name) => series[name]?.times ?? [])]);
    const times = [...changes].filter((time) => time < duration).sort((a, b) => a - b);
    const segments: { from: number; to: number; state: LaneState }[] = [];
    for (const [place, from] of times.entries()) {
        const to = times[place + 1] ?? duration;
        const state = stateAt(series, from);
        const last = segments.at(-1);
        if (last !== undefined && (last.state === state || to - from < finest * duration)) {
            last.to = to;
        } else if (to > from) {
            segments.push({ from, to, state });
        }
    }
    const told = segments.slice(0, mostTold).map(({ from, state }) => `${state} from ${timeText(from)}`);
    return { element, label, segments, description: `${label}: ${told.join(', ')}${segments.length > mostTold ? ', and so on' : ''}` };
}

const mostTold = 12;

function stateAt(series: MemberSeries, time: number): LaneState {
    const state = laneStates[states[valueAt(series, 'state', time) ?? -1] ?? 'running'];
    if (state !== 'running') {
        return state;
    }
    const [throttled, contended] = [valueAt(series, 'cpu.throttled', time) ?? 0, valueAt(series, 'cpu.contended', time) ?? 0];
    return Math.max(throttled, contended) < noticeable ? state : contended >= throttled ? 'contended' : 'throttled';
}

/** CPU and memory of one element over the run; `figures` are its sizes. */
export function chartsOf(
    series: MemberSeries,
    figures: ElementResult | undefined,
    span: { readonly duration: number; readonly at: number },
): readonly TimelineChart[] {
    const cpuMost = figures?.cpu?.capacity ?? figures?.cpu?.limit;
    const memoryMost = figures?.memory?.capacity ?? figures?.memory?.limit;
    return [
        ...chart(
            'cpu',
            'CPU',
            [
                ['wanted', 'cpu.demand'],
                ['granted', 'cpu.granted'],
            ],
            series,
            cpuMost,
            span,
        ),
        ...chart('memory', 'Memory', [['used', 'memory.used']], series, memoryMost, span),
    ];
}

function chart(
    resource: PictureResource,
    title: string,
    names: readonly (readonly [string, SeriesName])[],
    series: MemberSeries,
    size: number | undefined,
    { duration, at }: { readonly duration: number; readonly at: number },
): readonly TimelineChart[] {
    const drawn = names.filter(([, name]) => (series[name]?.times.length ?? 0) > 0);
    if (drawn.length === 0) {
        return [];
    }
    const most = Math.max(size ?? 0, ...drawn.map(([, name]) => Math.max(...(series[name]?.values ?? [0])))) || 1;
    const now = drawn.map(([word, name]) => {
        const value = valueAt(series, name, at) ?? 0;
        return `${word} ${size === undefined ? amountText(resource, value) : amountOfText(resource, value, size)}`;
    });
    return [
        {
            title,
            most,
            mostText: amountText(resource, most),
            lines: drawn.map(([word, name]) => ({ name: word, points: pointsOf(series, name, duration) })),
            now: [...now, ...(size === undefined ? [] : [shareText((valueAt(series, drawn.at(-1)?.[1] ?? 'cpu.granted', at) ?? 0) / size)])].join(', '),
        },
    ];
}

/** Steps as two points each, so that whoever draws them draws straight lines only; thinned evenly where there are very many. */
function pointsOf(series: MemberSeries, name: SeriesName, duration: number): readonly (readonly [number, number])[] {
    const { times = [], values = [] } = series[name] ?? {};
    const points: (readonly [number, number])[] = [];
    const step = Math.max(1, Math.ceil(times.length / mostPoints));
    for (let place = 0; place < times.length; place += step) {
        const [time, value] = [times[place] ?? 0, values[place] ?? 0];
        const last = points.at(-1);
        if (name !== 'memory.used' && last !== undefined) {
            points.push([time, last[1]]);
        }
        points.push([time, value]);
    }
    const last = points.at(-1);
    return last === undefined ? [] : [...points, [duration, last[1]]];
}
