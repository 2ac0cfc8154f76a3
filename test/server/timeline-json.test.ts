/** The timeline of the result contract, from runs made by hand: rows for each replica, summed up rows, and how much would be written. */
import { describe, expect, test } from 'vitest';
import { jsonObject } from '#server/json/json-text.ts';
import { replicaNames } from '#server/json/member-names.ts';
import { timelineSize, timelineText } from '#server/json/timeline.ts';
import { seriesMembers } from '#server/json/timeline-rows.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { defaultScenario } from '#simulation/timeline/default-scenario.ts';
import { type RunSketch, runFrom } from '../helpers/runs.ts';
import { lowerText } from '../helpers/strata.ts';

const index = indexTopology(
    lowerText(`host rack[2] {
  cpu 4 cores
  memory 16 GiB
  os debian
  engine docker {
    container web[3] { image nginx  process nginx { phase load { for 1 min  cpu 1 core } phase serve { for 1 h  cpu 1 core } } }
  }
}
`).topology,
);

/** The first two web servers of each rack ran alike; the third was killed. */
const sketch: RunSketch = {
    members: [
        { element: 'rack', last: 2, readyAt: 20 },
        { element: 'rack.docker', parent: 0, readyAt: 21 },
        { element: 'rack.docker.web', parent: 1, last: 2, readyAt: 21.4 },
        { element: 'rack.docker.web', parent: 1, first: 3, readyAt: 21.4, downtime: 1.5, oomKills: 1, restarts: 1 },
        { element: 'rack.docker.web.nginx', parent: 2, readyAt: 21.4, work: 578.6 },
        { element: 'rack.docker.web.nginx', parent: 3, readyAt: 21.4, oomKills: 1, downtime: 1.5, restarts: 1, work: 0.1 + 0.2, finishedAt: 500 },
    ],
    events: [
        { at: 0, type: 'booting', member: 0 },
        { at: 42, type: 'killed-oom', member: 5, detail: { limit: 0.1 + 0.2, by: 'rack.docker.web' } },
    ],
    phases: [
        { member: 4, phase: 0, started: 21.4, finished: 81.4 },
        { member: 4, phase: 1, started: 81.4 },
        { member: 5, phase: 0, started: 21.4 },
    ],
    instants: 4,
};
const run = runFrom(index, sketch);

// biome-ignore lint/suspicious/noExplicitAny: the tests read JSON that no type describes.
const timeline = (detail: 'full' | 'summary', selected: (path: string) => boolean = () => true): any =>
    JSON.parse([...timelineText({ index, run, scenario: defaultScenario }, { detail, selected })].join(''));

describe('in full', () => {
    test('an event has a row for each replica that it happened to, in the order of time', () => {
        expect(timeline('full').events.filter(({ type }: { readonly type: string }) => type !== 'phase')).toEqual([
            { at: 0, type: 'booting', path: 'rack[1]' },
            { at: 0, type: 'booting', path: 'rack[2]' },
            { at: 42, type: 'killed-oom', path: 'rack[1].docker.web[3].nginx', detail: { limit: 0.3, by: 'rack.docker.web' } },
            { at: 42, type: 'killed-oom', path: 'rack[2].docker.web[3].nginx', detail: { limit: 0.3, by: 'rack.docker.web' } },
        ]);
    });

    test('every replica has its lifecycle, once', () => {
        const { lifecycles } = timeline('full');
        expect(new Set(lifecycles.map(({ path }: { readonly path: string }) => path)).size).toBe(lifecycles.length);
        expect(lifecycles).toHaveLength(2 * (1 + 1 + 3 + 3));
        expect(lifecycles).toContainEqual({ path: 'rack[2].docker.web[2]', 'ready-at': 21.4, downtime: 0, 'oom-kills': 0, restarts: 0 });
        expect(lifecycles).toContainEqual({ path: 'rack[2].docker.web[3]', 'ready-at': 21.4, downtime: 1.5, 'oom-kills': 1, restarts: 1 });
    });

    test('a process has its phases, and no end where the run ended first', () => {
        const { processes } = timeline('full');
        expect(processes).toHaveLength(6);
        expect(processes[0]).toEqual({
            path: 'rack[1].docker.web[1].nginx',
            phases: [
                { name: 'load', started: 21.4, finished: 81.4 },
                { name: 'serve', started: 81.4 },
            ],
            'ready-at': 21.4,
            downtime: 0,
            'oom-kills': 0,
            restarts: 0,
            work: 578.6,
        });
        expect(processes.at(-1)).toMatchObject({ path: 'rack[2].docker.web[3].nginx', 'finished-at': 500, work: 0.3 });
    });

    test('only what is selected is written', () => {
        const { events, lifecycles } = timeline('full', (path) => path.startsWith('rack[2].docker.web[3]'));
        expect(events.map(({ path }: { readonly path: string }) => path)).toEqual(['rack[2].docker.web[3].nginx', 'rack[2].docker.web[3].nginx']);
        expect(lifecycles).toHaveLength(2);
    });

    test('series are change points by path, with states as words, and no number longer than it is known', () => {
        const series = [{ 'cpu.granted': { times: [0, 1.2], values: [0, 0.1 + 0.2] }, state: { times: [0, 1.2, 42], values: [1, 2, 4] } }];
        const members = { ...run.members, element: run.members.element.slice(0, 1) };
        const text = [
            ...jsonObject(
                seriesMembers(
                    { members, series },
                    replicaNames(index, members, () => true),
                ),
            ),
        ].join('');
        const expected = {
            'cpu.granted': [
                [0, 0],
                [1.2, 0.3],
            ],
            state: [
                [0, 'booting'],
                [1.2, 'running'],
                [42, 'killed'],
            ],
        };
        expect(JSON.parse(text)).toEqual({ 'rack[1]': expected, 'rack[2]': expected });
    });
});

describe('as a summary', () => {
    test('replicas that ran alike are one row, with their number and the first of them', () => {
        const { lifecycles, events, ...rest } = timeline('summary');
        expect(rest).toEqual({});
        expect(lifecycles.slice(2, 4)).toEqual([
            { path: 'rack.docker.web', count: 4, first: 'rack[1].docker.web[1]', 'ready-at': 21.4, downtime: 0, 'oom-kills': 0, restarts: 0 },
            { path: 'rack.docker.web', count: 2, first: 'rack[1].docker.web[3]', 'ready-at': 21.4, downtime: 1.5, 'oom-kills': 1, restarts: 1 },
        ]);
        expect(events).toContainEqual({
            at: 42,
            type: 'killed-oom',
            path: 'rack.docker.web.nginx',
            count: 2,
            first: 'rack[1].docker.web[3].nginx',
            detail: { limit: 0.3, by: 'rack.docker.web' },
        });
    });
});

test('without a run all lists are empty, and all keys are there', () => {
    const empty = [...timelineText(undefined, { detail: 'full', selected: () => true })].join('');
    expect(JSON.parse(empty)).toEqual({ events: [], series: {}, lifecycles: [], processes: [] });
});

test('the size counts events and phases of every replica', () => {
    expect(timelineSize({ index, run, scenario: defaultScenario }, 1e9)).toBe(2 + 2 + 4 + 4 + 2);
});

test('a million million replicas are counted, not walked', () => {
    const huge = indexTopology(lowerText('host h[1000000000] { cpu 1 core  memory 1 GiB  os debian  process p[1000] { cpu 1 core } }\n').topology);
    const huger = runFrom(huge, {
        members: [
            { element: 'h', last: 1e9 },
            { element: 'h.p', parent: 0, last: 1000 },
        ],
        events: [{ at: 1, type: 'ready', member: 1 }],
    });
    expect(timelineSize({ index: huge, run: huger, scenario: defaultScenario }, 1e15)).toBe(1e12);
    const summary = [...timelineText({ index: huge, run: huger, scenario: defaultScenario }, { detail: 'summary', selected: () => true })].join('');
    expect(JSON.parse(summary).lifecycles[1]).toMatchObject({ path: 'h.p', count: 1e12, first: 'h[1].p[1]' });
});
