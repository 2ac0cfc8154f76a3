/** A moment of a recording, as figures and lanes: made by hand, so that each value can be reckoned in the head. */
import { describe, expect, test } from 'vitest';
import { momentOf, valueAt } from '#server/views/moment.ts';
import { chartsOf, laneOf } from '#server/views/timeline-lanes.ts';
import { elementId } from '#simulation/model/ids.ts';
import { type MemberSeries, states } from '#simulation/model/timeline.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { cores } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { container, engine, host, process, topologyOf } from '../helpers/topologies.ts';

const [stopped, booting, running, failed] = (['stopped', 'booting', 'running', 'failed'] as const).map((state) => states.indexOf(state));

const web: MemberSeries = {
    state: { times: [0, 10, 20, 60, 80], values: [stopped ?? 0, booting ?? 0, running ?? 0, failed ?? 0, running ?? 0] },
    'cpu.granted': { times: [0, 20, 40, 60], values: [0, 1, 0.5, 0] },
    'cpu.throttled': { times: [0, 40, 50], values: [0, 0.5, 0] },
    'memory.used': { times: [0, 20, 20, 60], values: [0, 0, 100, 300] },
};

describe('a value', () => {
    test.each([
        ['cpu.granted', 19.9, 0],
        ['cpu.granted', 20, 1],
        ['cpu.granted', 1000, 0],
    ] as const)('of %s holds until the next change: at %d it is %d', (name, time, value) => {
        expect(valueAt(web, name, time)).toBe(value);
    });

    test('of memory runs straight between two points, and jumps where two have one time', () => {
        expect([19.999, 20, 40, 60, 70].map((time) => Math.round(valueAt(web, 'memory.used', time) ?? -1))).toEqual([0, 100, 200, 300, 300]);
    });

    test('that was not recorded is none', () => {
        expect(valueAt(web, 'io.granted', 5)).toBeUndefined();
        expect(valueAt({ state: { times: [], values: [] } }, 'state', 5)).toBeUndefined();
    });
});

describe('a lane', () => {
    test('says what an element is in from change to change, throttled while it is', () => {
        expect(laneOf(elementId('h.web'), 'web', web, 100).segments).toEqual([
            { from: 0, to: 10, state: 'stopped' },
            { from: 10, to: 20, state: 'booting' },
            { from: 20, to: 40, state: 'running' },
            { from: 40, to: 50, state: 'throttled' },
            { from: 50, to: 60, state: 'running' },
            { from: 60, to: 80, state: 'down' },
            { from: 80, to: 100, state: 'running' },
        ]);
    });

    test('covers the whole run however often the state changes', () => {
        const times = Array.from({ length: 50_000 }, (_, place) => place / 500);
        const busy: MemberSeries = { state: { times, values: times.map((_, place) => (place % 2 === 0 ? (running ?? 0) : (failed ?? 0))) } };
        const { segments } = laneOf(elementId('h.web'), 'web', busy, 100);
        expect(segments.length).toBeLessThan(2001);
        expect([segments[0]?.from, segments.at(-1)?.to]).toEqual([0, 100]);
    });
});

test('a chart draws steps as two points, ends with the run, and says the value of the moment', () => {
    const [cpu, memory] = chartsOf(web, { cpu: { capacity: cores(2) } }, { duration: 100, at: 30 });
    expect(cpu).toMatchObject({ most: 2, now: 'granted 1 of 2 cores, 50 %' });
    expect(cpu?.lines[0]?.points).toEqual([
        [0, 0],
        [20, 0],
        [20, 1],
        [40, 1],
        [40, 0.5],
        [60, 0.5],
        [60, 0],
        [100, 0],
    ]);
    expect(memory?.lines[0]?.points.at(-1)).toEqual([100, 300]);
});

test('a moment has the figures of the recording, the mean of replicas that differ, and the steady ones where nothing was recorded', () => {
    const topology = topologyOf(host('h', {}, engine('docker', {}, container('web', { replicas: 4 }, process('p', { cpu: cores(1) })))));
    const result = simulate(topology);
    const index = indexTopology(result.topology);
    const number = index.numbers.get(elementId('h.docker.web')) ?? -1;
    const members = { element: Int32Array.of(number, number), parent: Int32Array.of(-1, -1), first: Float64Array.of(1, 2), last: Float64Array.of(1, 4) };
    const idle: MemberSeries = { state: { times: [0], values: [running ?? 0] }, 'cpu.granted': { times: [0], values: [0] } };
    const moment = momentOf(result, index, [{ members, series: [web, idle] }], 70);
    expect(moment.states.get(elementId('h.docker.web'))).toBe('failed');
    expect(momentOf(result, index, [{ members, series: [web, idle] }], 30).result.elements.get(elementId('h.docker.web'))?.cpu?.granted).toBe(0.25);
    expect(moment.result.elements.get(elementId('h'))).toBe(result.elements.get(elementId('h')));
});
