/** Reads a recorded series at a moment. */
import type { RecordedSeries } from './recorder.ts';

/** Right before an instant, or right after it. */
export interface Moment {
    readonly at: number;
    readonly side: 'before' | 'after';
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

export function sampled(series: RecordedSeries[keyof RecordedSeries], moment: Moment): number | undefined {
    return series?.values[placeAt(series.times, moment)];
}

/** Of a series that runs straight between its points. */
export function straight(series: RecordedSeries[keyof RecordedSeries], moment: Moment): number | undefined {
    if (series === undefined) return undefined;
    const place = placeAt(series.times, moment);
    const [from, to] = [series.times[place], series.times[place + 1]];
    const [low, high] = [series.values[place], series.values[place + 1]];
    if (from === undefined || low === undefined) return undefined;
    return to === undefined || high === undefined || to === from ? low : low + ((high - low) * (moment.at - from)) / (to - from);
}
