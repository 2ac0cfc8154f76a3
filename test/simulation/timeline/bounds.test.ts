/** What a run may cost, and that the documentation says so. */
import { expect, test } from 'vitest';
import { mostInstants } from '#simulation/timeline/run-group.ts';
import { mostApart } from '#simulation/timeline/told-apart.ts';
import { mostLooks } from '#simulation/timeline/visits.ts';
import { read } from '../../helpers/repository.ts';
import { story } from '../../helpers/scenario-runs.ts';

const page = read('docs/model.md');

test.each([
    ['instants', mostInstants],
    ['looks', mostLooks],
    ['replicas', mostApart],
] as const)('the documentation says after how many %s a run is cut', (what, most) => {
    expect(page).toContain(`${most.toLocaleString('en')} ${what}`);
});

test('where kills at different times would have to tell too many replicas apart, the run is cut when they would', () => {
    const crowd = 'slice s { memory limit 10 GiB process p[5000] { phase grow { for 1000 s  memory 1 MiB to 1001 MiB } } }';
    const { run, events } = story(`host h { cpu 4 cores  memory 1 TiB  boot 0 s  os linux\n${crowd} }\nscenario s { duration 1000 s }`);
    const kills = events.filter(({ type }) => type === 'killed-oom').map(({ at }) => at);
    expect(kills.length).toBeGreaterThanOrEqual(mostApart);
    // n of them hold n · (1 + t) MiB at t seconds.
    for (const [place, at] of kills.entries()) expect(at).toBeCloseTo((10 * 1024) / (5_000 - place) - 1, 6);
    expect(run.cut?.at).toBeCloseTo((10 * 1024) / (5_000 - kills.length) - 1, 6);
    expect(run.cut?.at).toBeLessThan(run.duration);
});
