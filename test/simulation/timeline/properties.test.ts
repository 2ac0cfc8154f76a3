/** What holds of every run, whatever is run. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulate } from '#simulation/simulate.ts';
import { type Story, story, storyWith } from '../../helpers/scenario-runs.ts';
import { lowerText } from '../../helpers/strata.ts';

const runs = { numRuns: 60 } as const;

interface Job {
    readonly weight: number;
    readonly limit: number | undefined;
    readonly cpu: number;
    readonly works: readonly number[];
    readonly memory: readonly [number, number];
    readonly replicas: number;
    readonly restart: string;
}

const job: fc.Arbitrary<Job> = fc.record({
    weight: fc.constantFrom(50, 100, 200),
    limit: fc.option(fc.constantFrom(0.25, 0.5, 1.5), { nil: undefined }),
    cpu: fc.constantFrom(0.5, 1, 2),
    works: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }),
    memory: fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 400 })),
    replicas: fc.integer({ min: 1, max: 3 }),
    restart: fc.constantFrom('no', 'always', 'on-failure'),
});

/** Groups of equal processes, which together are too large for their host. */
interface Crowd {
    readonly groups: number;
    readonly processes: number;
    readonly memory: readonly [number, number];
    readonly adjust: number;
    readonly kind: 'slice' | 'container';
    readonly more: string;
}

const crowd: fc.Arbitrary<Crowd> = fc.record({
    groups: fc.integer({ min: 1, max: 4 }),
    processes: fc.integer({ min: 1, max: 5 }),
    memory: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })),
    adjust: fc.constantFrom(0, 0, 500, -1000),
    kind: fc.constantFrom('slice', 'container'),
    more: fc.constantFrom('', '', 'oom-group on', 'memory limit 40 MiB'),
});

function crowdedText(crowds: readonly Crowd[], memory: number, as: 'counted' | 'written'): string {
    const copies = (count: number, text: (suffix: string) => string): string =>
        as === 'counted' ? text(`[${count}]`) : Array.from({ length: count }, (_, place) => text(`x${place + 1}`)).join('\n');
    const groups = (wanted: Crowd['kind']): string =>
        crowds
            .map(({ groups: count, processes, memory: [from, to], adjust, kind, more }, place) => {
                const process = (name: string) => `process p${name} { oom-score-adj ${adjust}  phase a { for 100 s  memory ${from} MiB to ${to} MiB } }`;
                const begin = kind === 'container' ? 'image nginx  boot 0 s  restart always' : '';
                return kind === wanted ? copies(count, (name) => `${kind} g${place}${name} { ${begin}  ${more}\n${copies(processes, process)} }`) : '';
            })
            .join('\n');
    const inside = `slice all { memory limit ${memory} MiB\n${groups('slice')} }\nengine docker { boot 0 s  slice all { memory limit ${memory} MiB\n${groups('container')} } }`;
    return `host h { cpu 4 cores  memory 64 GiB  boot 0 s  os linux\n${inside} }\nscenario s { duration 150 s }`;
}

/** Of each kill of a process: when, for as many as there were. */
function killTimes({ events, lives }: Story): readonly number[] {
    const kills = events.filter(({ type }) => type === 'killed-oom');
    return kills.flatMap(({ at, path }) => new Array<number>(copiesOf(lives, path)).fill(Math.round(at * 1e6) / 1e6)).sort((a, b) => a - b);
}

/** Replicas of a path's process in all replicas of what is around it. */
function copiesOf(lives: Story['lives'], path: string): number {
    const steps = path.split('.');
    return steps.reduce((product, _, place) => product * (lives.get(steps.slice(0, place + 1).join('.'))?.replicas ?? 1), 1);
}

const phases = ({ works, cpu, memory: [from, to] }: Job): string =>
    works.map((work, place) => `phase p${place} { work ${work} core-s  cpu ${cpu} cores  memory ${from} MiB to ${to} MiB }`).join(' ');

function containerText(name: string, one: Job, options: { readonly limits: boolean; readonly replicas: boolean }): string {
    const limit = one.limit === undefined ? '' : `cpu limit ${one.limit} cores`;
    const memory = options.limits ? 'memory limit 200 MiB' : '';
    const count = options.replicas && one.replicas > 1 ? `[${one.replicas}]` : '';
    return `container ${name}${count} { image nginx  boot 0 s  cpu weight ${one.weight}  ${limit}  ${memory}  restart ${one.restart}  process main { ${phases(one)} } }`;
}

const hostText = (containers: readonly string[], memory = '64 GiB', cpus = 2): string =>
    `host h { cpu ${cpus} cores  memory ${memory}  boot 0 s  os linux  engine docker { boot 0 s\n${containers.join('\n')}\n} }\nscenario s { duration 5 min  at 20 s load h by 2  at 40 s fail docker  at 50 s recover docker }\n`;

const containers = (jobs: readonly Job[], options = { limits: true, replicas: true }): readonly string[] =>
    jobs.map((one, place) => containerText(`c${place}`, one, options));

const digest = ({ lives, events }: Story): unknown => ({ lives: [...lives], events });

/** Lives with equal figures up to rounding, in the order of their paths. */
function expectAlike(one: Story, other: Story): void {
    expect([...one.lives.keys()]).toEqual([...other.lives.keys()]);
    for (const [path, life] of one.lives) {
        const twin = other.lives.get(path);
        for (const figure of ['readyAt', 'finishedAt', 'downtime', 'oomKills', 'restarts', 'work'] as const)
            expectClose(life[figure], twin?.[figure] ?? Number.NaN, `${path} ${figure}`);
        expect(twin?.phases.length, path).toBe(life.phases.length);
        for (const [place, end] of life.phases.entries()) expectClose(end, twin?.phases[place] ?? Number.NaN, `${path} phase ${place}`);
    }
}

function expectClose(one: number, other: number, what: string): void {
    if (Number.isNaN(one) || Number.isNaN(other)) expect(Number.isNaN(one), what).toBe(Number.isNaN(other));
    else expect(Math.abs(one - other), `${what}: ${one} and ${other}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(one)));
}

describe('every run', () => {
    test('is the same each time', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 1, maxLength: 4 }), (jobs) => {
                const text = hostText(containers(jobs));
                expect(digest(story(text))).toEqual(digest(story(text)));
            }),
            runs,
        );
    });

    test('is the same with classes of equals and without', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 1, maxLength: 6 }), (jobs) => {
                const text = hostText(containers(jobs));
                expectAlike(storyWith(text, { lumps: true }), storyWith(text, { lumps: false }));
            }),
            runs,
        );
    });

    test('is the same with replicas and with each of them written out', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 1, maxLength: 3 }), (jobs) => {
                const written = jobs.flatMap((one, place) =>
                    Array.from({ length: one.replicas }, (_, replica) => containerText(`c${place}x${replica}`, one, { limits: true, replicas: false })),
                );
                const counted = [...story(hostText(containers(jobs))).lives.values()].filter(({ path }) => path.endsWith('.main'));
                const each = [...story(hostText(written)).lives.values()].filter(({ path }) => path.endsWith('.main'));
                const work = (lives: typeof each): number => lives.reduce((sum, life) => sum + life.work * replicasOfPath(jobs, life.path), 0);
                expectClose(
                    work(counted),
                    each.reduce((sum, life) => sum + life.work, 0),
                    'work',
                );
            }),
            runs,
        );
    });

    test('kills as many replicas as of processes that are written out, at the same times', () => {
        fc.assert(
            fc.property(fc.array(crowd, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 30 }), (crowds, memory) => {
                const counted = story(crowdedText(crowds, memory, 'counted'));
                const written = story(crowdedText(crowds, memory, 'written'));
                expect(killTimes(counted)).toEqual(killTimes(written));
            }),
            { numRuns: 150 },
        );
    });

    test('hands out no more CPU than there is', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 1, maxLength: 5 }), (jobs) => {
                const { lives, run } = story(hostText(containers(jobs)));
                let work = 0;
                for (const life of lives.values()) if (life.path.endsWith('.main')) work += life.work * replicasOfPath(jobs, life.path);
                expect(work).toBeLessThanOrEqual(2 * run.duration * (1 + 1e-9));
            }),
            runs,
        );
    });

    test('does not ask in which order containers are declared', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 2, maxLength: 5 }), (jobs) => {
                const texts = containers(jobs);
                const [one, other] = [story(hostText(texts)), story(hostText([...texts].reverse()))];
                for (const [path, life] of one.lives) expectClose(life.finishedAt, other.lives.get(path)?.finishedAt ?? Number.NaN, path);
            }),
            runs,
        );
    });

    test('kills no more with more memory', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 1, maxLength: 5 }), fc.integer({ min: 100, max: 900 }), (jobs, memory) => {
                const patient = jobs.map((one) => ({ ...one, restart: 'no', works: one.works.slice(0, 1) }));
                const kills = (size: number): number =>
                    [...story(hostText(containers(patient, { limits: false, replicas: true }), `${size} MiB`)).lives.values()].find(({ path }) => path === 'h')
                        ?.oomKills ?? 0;
                expect(kills(memory * 2)).toBeLessThanOrEqual(kills(memory));
            }),
            runs,
        );
    });

    test('is the same from an earlier result as from scratch', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 1, maxLength: 2 }), fc.array(job, { minLength: 1, maxLength: 2 }), job, (here, there, added) => {
                const two = (first: readonly Job[]): string =>
                    `host g { cpu 2 cores  memory 64 GiB  os linux  engine docker {\n${containers(there).join('\n')}\n} }\n${hostText(containers(first))}`;
                const previous = simulate(lowerText(two(here)).topology);
                const after = lowerText(two([...here, added])).topology;
                expect(simulate(after, { previous })).toEqual(simulate(after));
                expect(simulate(after, { previous: simulate(after) })).toEqual(simulate(after));
            }),
            runs,
        );
    });

    test('slows nobody when a neighbour is taken away', () => {
        fc.assert(
            fc.property(fc.array(job, { minLength: 2, maxLength: 5 }), (jobs) => {
                const single = jobs.map((one) => ({ ...one, restart: 'no', works: one.works.slice(0, 1) }));
                const texts = containers(single, { limits: false, replicas: true });
                const [all, fewer] = [story(hostText(texts)), story(hostText(texts.slice(0, -1)))];
                for (const [path, life] of fewer.lives) {
                    const before = all.lives.get(path)?.finishedAt ?? Number.NaN;
                    if (path.endsWith('.main') && !Number.isNaN(before)) expect(life.finishedAt, path).toBeLessThanOrEqual(before * (1 + 1e-9));
                }
            }),
            runs,
        );
    });
});

/** Of the container that a path runs through. */
const replicasOfPath = (jobs: readonly Job[], path: string): number => {
    const place = Number(/\.c(\d+)/.exec(path)?.[1] ?? 0);
    return path.includes('[') ? (jobs[place]?.replicas ?? 1) : 1;
};
