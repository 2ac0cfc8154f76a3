/** The course of a figure over a run as one line of text: `▁▂▅█▅▁ 0 … 0.5 cores`. */
import { type Series, states } from '#simulation/model/timeline.ts';
import type { Dimension } from '#simulation/model/units.ts';
import { showFigure } from './figures.ts';

/** What is drawn: when the element is in which state says where there is a gap; without `state` it is always up. */
export interface Course {
    readonly series: Series;
    readonly state: Series | undefined;
    readonly duration: number;
    /** Rates hold between two points, memory runs straight. */
    readonly between: 'steps' | 'straight';
}

const columns = 24;
const bars = '▁▂▃▄▅▆▇█';
/** Markdown and HTML would draw several plain spaces as one. */
const gap = '\u00a0';
const upStates: ReadonlySet<string | undefined> = new Set(['booting', 'running', 'migrating']);

/** From 0 to the most; each bar is the most within its time, so that no short peak is lost. Nothing where there is no point or no time, or the element is never up. */
export function sparkLine({ series, state, duration, between }: Course, dimension: Dimension): string | undefined {
    if (series.times.length === 0 || duration <= 0) {
        return undefined;
    }
    const tops = Array.from({ length: columns }, (_, column) => {
        const span = { from: (duration * column) / columns, to: (duration * (column + 1)) / columns };
        const isUp = state === undefined || valuesIn(state, span, 'steps').some((value) => upStates.has(states[value]));
        return isUp ? Math.max(...valuesIn(series, span, between)) : undefined;
    });
    const known = tops.filter((top) => top !== undefined);
    if (known.length === 0) {
        return undefined;
    }
    const most = Math.max(...known);
    const drawn = tops.map((top) => (top === undefined ? gap : barOf(top, most))).join('');
    return `${drawn} ${most > 0 ? '0 … ' : ''}${showFigure(most, dimension)}`;
}

function barOf(value: number, most: number): string {
    return bars.charAt(most > 0 ? Math.round((Math.max(0, value) / most) * (bars.length - 1)) : 0);
}

interface Span {
    readonly from: number;
    readonly to: number;
}

/** The value at the beginning, those of the points within, and where it runs straight the one just before the end; between two of them lies no greater one. */
function valuesIn({ times, values }: Series, { from, to }: Span, between: Course['between']): readonly number[] {
    const later = placeOf(times, (time) => time > from);
    const end = placeOf(times, (time) => time >= to);
    const begin = times[later - 1] === from ? values.slice(later - 1, later) : [valueBefore({ times, values }, later, from, between)];
    return [...begin, ...values.slice(later, end), ...(between === 'straight' ? [valueBefore({ times, values }, end, to, between)] : [])];
}

/** The value that holds just before a time, `next` being the first point after it or at it. */
function valueBefore({ times, values }: Series, next: number, time: number, between: Course['between']): number {
    const [before, after] = [values[next - 1], values[next]];
    const [start, stop] = [times[next - 1], times[next]];
    if (before === undefined || start === undefined) {
        return after ?? 0;
    }
    const isStraight = between === 'straight' && after !== undefined && stop !== undefined && stop > start;
    return isStraight ? before + ((after - before) * (time - start)) / (stop - start) : before;
}

/** Place of the first point whose time is such, or behind the last. */
function placeOf(times: readonly number[], isSuch: (time: number) => boolean): number {
    const place = times.findIndex(isSuch);
    return place < 0 ? times.length : place;
}
