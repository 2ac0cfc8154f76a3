/** What is said of runs, from runs made by hand. */
import { describe, expect, test } from 'vitest';
import type { Check, CheckContext } from '#simulation/checks/check.ts';
import { memoryOom } from '#simulation/checks/memory-oom.ts';
import { restartLoop } from '#simulation/checks/restart-loop.ts';
import { runCut } from '#simulation/checks/run-cut.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { type RunSketch, runFrom } from '../helpers/runs.ts';
import { lowerText } from '../helpers/strata.ts';

const index = indexTopology(
    lowerText('host rack { cpu 4  memory 8 GiB  os debian  engine docker { container web[3] { image nginx  memory limit 1 GiB  process nginx } } }').topology,
);
const members: RunSketch['members'] = [
    { element: 'rack' },
    { element: 'rack.docker', parent: 0 },
    { element: 'rack.docker.web', parent: 1, last: 2, restarts: 5 },
    { element: 'rack.docker.web', parent: 1, first: 3, restarts: 7, oomKills: 7 },
    { element: 'rack.docker.web.nginx', parent: 2 },
    { element: 'rack.docker.web.nginx', parent: 3 },
];
const found = (check: Check, sketch: Partial<RunSketch>) => {
    const runs = [runFrom(index, { scenario: 'evening', members, ...sketch })];
    // These checks look at nothing else.
    return [...check.run({ index, runs } as unknown as CheckContext)];
};

describe('memory-oom', () => {
    const detail = { limit: 'rack.docker.web', held: 2 ** 30 };
    test('is said once of an element, of its first kill, with the replica and the time', () => {
        const events = [{ at: 42, type: 'killed-oom', member: 5, detail } as const, { at: 50, type: 'killed-oom', member: 4, detail } as const];
        const findings = found(memoryOom, { events });
        expect(findings).toMatchObject([
            { subject: 'rack.docker.web.nginx', instance: 'rack.docker.web[3].nginx', scenario: 'evening', at: 42, facts: { kills: 3, ...detail } },
        ]);
        expect(findings[0]?.message).toMatch(/^evening, at 42 s: rack\.docker\.web\[3\]\.nginx is killed.*of its 1 GiB/);
    });

    test('is not said of what goes down otherwise', () => {
        expect(found(memoryOom, { events: [{ at: 42, type: 'failed', member: 5 }] })).toEqual([]);
    });
});

test('restart-loop counts the replica that restarts most', () => {
    expect(found(restartLoop, {})).toMatchObject([{ subject: 'rack.docker.web', instance: 'rack.docker.web[3]', facts: { restarts: 7, kills: 7 } }]);
    expect(found(restartLoop, { members: members.map((member) => ({ ...member, restarts: 4 })) })).toEqual([]);
});

test('run-cut says until when a run went, and how much had happened', () => {
    expect(found(runCut, {})).toEqual([]);
    const [finding] = found(runCut, { cut: { at: 12.5, events: 10_000_000 } });
    expect(finding).toMatchObject({ code: 'run-cut', scenario: 'evening', at: 12.5, facts: { at: 12.5, events: 10_000_000 } });
    expect(finding?.message).toBe(
        'evening was run until 12.5 s of its 10 min: by then 10000000 events had happened. Make phases longer, or the `duration` shorter.',
    );
});
