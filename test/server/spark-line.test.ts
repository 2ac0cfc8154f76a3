/** Lines of bars of series that are made by hand, so that each bar can be reckoned in the head: 24 bars, an hour each. */
import { describe, expect, test } from 'vitest';
import { type Course, sparkLine } from '#server/explain/spark-line.ts';
import { type State, states } from '#simulation/model/timeline.ts';

const hour = 3600;
const series = (...points: readonly (readonly [number, number])[]): Course['series'] => ({
    times: points.map(([hours]) => hours * hour),
    values: points.map(([, value]) => value),
});
const stateSeries = (...points: readonly (readonly [number, State])[]): Course['series'] =>
    series(...points.map(([hours, state]) => [hours, states.indexOf(state)] as const));
const day = { state: undefined, duration: 24 * hour, between: 'steps' } as const;

describe('a line of bars', () => {
    test('holds a rate until it changes', () => {
        expect(sparkLine({ ...day, series: series([0, 0], [6, 0.25], [12, 0.5], [18, 0]) }, 'cpu')).toBe(
            `${'▁'.repeat(6)}${'▅'.repeat(6)}${'█'.repeat(6)}${'▁'.repeat(6)} 0 … 0.5 cores`,
        );
    });

    test('runs straight between the points of memory, and jumps where two have one time', () => {
        const line = sparkLine({ ...day, between: 'straight', series: series([0, 0], [7, 7 * 1024], [14, 7 * 1024], [14, 0]) }, 'memory');
        expect(line).toBe(`▂▃▄▅▆▇█${'█'.repeat(7)}${'▁'.repeat(10)} 0 … 7 KiB`);
    });

    test('keeps a peak that is shorter than a bar', () => {
        expect(sparkLine({ ...day, series: series([0, 0], [3.5, 2], [3.6, 0]) }, 'cpu')).toBe(`▁▁▁█${'▁'.repeat(20)} 0 … 2 cores`);
    });

    test('is flat at its full height, and at the bottom where there is nothing', () => {
        expect(sparkLine({ ...day, series: series([0, 1]) }, 'cpu')).toBe(`${'█'.repeat(24)} 0 … 1 core`);
        expect(sparkLine({ ...day, series: series([0, 0]) }, 'cpu')).toBe(`${'▁'.repeat(24)} 0 cores`);
    });

    test('has a gap where it is down throughout a bar, whatever it holds then', () => {
        const state = stateSeries(
            [0, 'stopped'],
            [2, 'booting'],
            [3, 'running'],
            [8, 'killed'],
            [8.5, 'running'],
            [10, 'failed'],
            [20, 'running'],
            [22, 'finished'],
        );
        expect(sparkLine({ ...day, state, series: series([0, 1]) }, 'cpu')).toBe(
            `${'\u00a0'.repeat(2)}${'█'.repeat(8)}${'\u00a0'.repeat(10)}██${'\u00a0'.repeat(2)} 0 … 1 core`,
        );
    });

    test('is nothing without a point, without time, or where it never runs', () => {
        expect(sparkLine({ ...day, series: series() }, 'cpu')).toBeUndefined();
        expect(sparkLine({ ...day, duration: 0, series: series([0, 1]) }, 'cpu')).toBeUndefined();
        expect(sparkLine({ ...day, state: stateSeries([0, 'stopped']), series: series([0, 1]) }, 'cpu')).toBeUndefined();
    });
});
