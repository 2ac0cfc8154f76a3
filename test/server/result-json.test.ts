/** The result contract: its shape, its rows, and the same bytes every time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseFiles } from '#server/analyse-files.ts';
import { type ResultJsonOptions, resultJson } from '#server/result-json.ts';
import { defaultScenario } from '#simulation/timeline/default-scenario.ts';
import { rootFolder } from './language-client.ts';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const defaults: ResultJsonOptions = { detail: 'full', pairs: 'weakest' };

async function chunksOf(file: string, directory: string, options: ResultJsonOptions): Promise<readonly string[]> {
    const analysed = await analyseFiles([file], directory);
    const [topology] = analysed.kind === 'analysed' ? analysed.topologies : [];
    if (topology?.analysis.result === undefined) {
        throw new Error(`${file} was not simulated.`);
    }
    const { analysis, fileOf } = topology;
    return [
        ...resultJson(
            {
                file,
                fileOf,
                scenario: analysis.lowered.topology.scenarios[0] ?? defaultScenario,
                findings: analysis.findings,
                origins: analysis.lowered.origins,
                milliseconds: 0,
                ...(analysis.result && { result: analysis.result }),
            },
            options,
        ),
    ];
}

// biome-ignore lint/suspicious/noExplicitAny: the tests read JSON that no type describes.
async function json(text: string, options: Partial<ResultJsonOptions> = {}): Promise<any> {
    writeFileSync(join(folder, 'case.strata'), text);
    return JSON.parse((await chunksOf('case.strata', folder, { ...defaults, ...options })).join(''));
}

const paths = (rows: readonly { readonly path: string }[]): readonly string[] => rows.map(({ path }) => path);

const replicas = `
host rack[2] {
  cpu 4 cores
  memory 16 GiB
  os debian
  engine docker {
    container web[2] { image nginx  memory limit 1 GiB  process nginx { cpu 0.5 cores  memory 100 MiB } }
    container ci { image "registry.example/ci:1"  process run { cpu 0.5 cores  memory 100 MiB } }
  }
}
host mac {
  cpu 4 cores
  memory 16 GiB
  os macos
  engine docker { container web[2] { image nginx  process nginx { cpu 0.5 cores  memory 100 MiB } } }
}
`;

describe('elements', () => {
    test('are listed replica by replica, parents before children', async () => {
        const { elements } = await json(replicas);
        expect(paths(elements).slice(0, 9)).toEqual([
            'rack[1]',
            'rack[1].docker',
            'rack[1].docker.web[1]',
            'rack[1].docker.web[1].nginx',
            'rack[1].docker.web[2]',
            'rack[1].docker.web[2].nginx',
            'rack[1].docker.ci',
            'rack[1].docker.ci.run',
            'rack[2]',
        ]);
        expect(new Set(paths(elements)).size).toBe(elements.length);
        const seen = new Set<string>();
        for (const { path, parent } of elements) {
            expect(parent === undefined || seen.has(parent), path).toBe(true);
            seen.add(path);
        }
    });

    test('carry what their kind calls for', async () => {
        const { elements } = await json(replicas);
        const row = (path: string) => elements.find((element: { readonly path: string }) => element.path === path);
        expect(row('rack[1]')).toMatchObject({
            kind: 'host',
            os: 'debian',
            implicit: false,
            kernel: 'rack[1]',
            cpu: { capacity: 4 },
            memory: { capacity: 16 * 2 ** 30 },
        });
        expect(row('rack[1]')).not.toHaveProperty('parent');
        expect(row('rack[2].docker')).toMatchObject({ kind: 'engine', type: 'docker', parent: 'rack[2]' });
        expect(row('rack[2].docker.web[1]')).toMatchObject({ kind: 'container', image: 'nginx', kernel: 'rack[2]', memory: { limit: 2 ** 30 } });
        expect(row('rack[1].docker.ci')).toMatchObject({ image: 'registry.example/ci:1' });
        expect(row('mac.docker.vm')).toMatchObject({ kind: 'vm', implicit: true, parent: 'mac.docker', kernel: 'mac.docker.vm' });
        expect(row('mac.docker.web[2]')).toMatchObject({ parent: 'mac.docker', kernel: 'mac.docker.vm' });
    });

    test('have no null anywhere: what is unknown is absent', async () => {
        const whole = await json(`${replicas}host bare { cpu 1  memory 1 GiB  engine docker { container unknown { image nginx } } }`);
        expect(JSON.stringify(whole)).not.toContain('null');
    });
});

describe('isolation', () => {
    test('groups the replicas of a kernel by that replica', async () => {
        const { isolation } = await json(replicas);
        const members = Object.fromEntries(
            isolation.kernels.map(({ kernel, members: group }: { readonly kernel: string; readonly members: readonly string[] }) => [kernel, group]),
        );
        expect(members['rack[2]']).toEqual(['rack[2].docker.web[1]', 'rack[2].docker.web[2]', 'rack[2].docker.ci']);
        expect(members['mac.docker.vm']).toEqual(['mac.docker.web[1]', 'mac.docker.web[2]']);
        expect(members['mac']).toEqual([]);
    });

    test('has a row for each two groups, and one for a group with itself', async () => {
        const { isolation } = await json(replicas);
        expect(
            isolation.boundaries.map(({ a, b, boundary }: { readonly a: string; readonly b: string; readonly boundary: string }) => [a, b, boundary]),
        ).toEqual([
            ['rack[1].docker.web[1]', 'rack[1].docker.web[2]', 'namespace'],
            ['rack[1].docker.web[1]', 'rack[1].docker.ci', 'namespace'],
            ['rack[1].docker.web[1]', 'mac.docker.web[1]', 'machine'],
            ['rack[1].docker.ci', 'rack[2].docker.ci', 'machine'],
            ['rack[1].docker.ci', 'mac.docker.web[1]', 'machine'],
            ['mac.docker.web[1]', 'mac.docker.web[2]', 'namespace'],
        ]);
    });

    test('has every pair of replicas when asked', async () => {
        const { isolation } = await json(replicas, { pairs: 'all' });
        const rows = isolation.boundaries as readonly { readonly a: string; readonly b: string; readonly boundary: string }[];
        expect(rows).toHaveLength((8 * 7) / 2);
        expect(new Set(rows.map(({ a, b }) => [a, b].sort().join(' '))).size).toBe(rows.length);
        expect(rows.find(({ a, b }) => a === 'rack[1].docker.web[2]' && b === 'rack[2].docker.web[1]')?.boundary).toBe('machine');
    });

    test('lists what is seen: a kernel all on it, a container its own', async () => {
        const { isolation } = await json(replicas);
        const sees = Object.fromEntries(
            isolation.visibility.map((row: { readonly from: string; readonly sees: readonly { readonly path: string; readonly 'inner-pid'?: number }[] }) => [
                row.from,
                row.sees,
            ]),
        );
        expect(paths(sees['rack[1]'])).toEqual(['rack[1].docker.web[1].nginx', 'rack[1].docker.web[2].nginx', 'rack[1].docker.ci.run']);
        expect(sees['rack[1]'][1]).toMatchObject({ as: 'nginx', 'inner-pid': 1 });
        expect(sees['rack[1].docker.web[2]']).toEqual([{ pid: 1, path: 'rack[1].docker.web[2].nginx', as: 'nginx' }]);
        expect(paths(sees['mac'])).toEqual(['mac.docker.vm']);
    });
});

test('a finding names the first replica, and its place counts from 1', async () => {
    const { findings } = await json(replicas.replace('memory limit 1 GiB', 'memory limit 50 MiB'));
    expect(findings).toMatchObject([
        {
            code: 'memory-limit',
            severity: 'error',
            path: 'rack[1].docker.web[1]',
            range: { file: 'case.strata', start: { line: 7, column: 37 }, end: { line: 7, column: 56 } },
        },
    ]);
});

test('an expectation carries its text, its actual value and its place', async () => {
    const { expectations } = await json(`${replicas}expect mac.cpu.granted >= 2 cores\n`);
    expect(expectations).toMatchObject([
        { scenario: 'default', text: 'mac.cpu.granted >= 2 cores', holds: false, range: { file: 'case.strata', start: { line: 17, column: 1 } } },
    ]);
    expect(expectations[0].actual).toBeGreaterThan(0.9);
});

test('a scenario is run and judged, and what happened stands in the timeline', async () => {
    const { findings, timeline } = await json(`${replicas}scenario night {\n  duration 5 min\n  expect mac.cpu.granted >= 2 cores\n}\n`);
    expect(findings).toMatchObject([{ code: 'expectation-failed', scenario: 'night' }]);
    expect(timeline.lifecycles.find(({ path }: { readonly path: string }) => path === 'mac')).toMatchObject({ 'ready-at': expect.any(Number) });
    expect(Object.keys(timeline.series)).toContain('mac');
});

describe('a part', () => {
    test('of one replica', async () => {
        const { elements, isolation } = await json(replicas, { select: 'rack[2].docker' });
        expect(paths(elements).every((path) => path.startsWith('rack[2].docker'))).toBe(true);
        expect(isolation.kernels.map(({ kernel }: { readonly kernel: string }) => kernel)).toEqual(['rack[2]']);
    });

    test('of all replicas', async () => {
        const { elements } = await json(replicas, { select: 'rack.docker.web' });
        expect(paths(elements)).toHaveLength(8);
    });

    test('as a summary: declared elements with counts, and none of the long lists', async () => {
        const { elements, counts, isolation, timeline } = await json(replicas, { detail: 'summary' });
        expect(elements.find(({ path }: { readonly path: string }) => path === 'rack.docker.web')).toMatchObject({ count: 4, kernel: 'rack' });
        expect(counts).toMatchObject({ elements: 23, distinct: 11 });
        expect(Object.keys(isolation)).toEqual(['kernels']);
        expect(Object.keys(timeline)).toEqual(['events', 'lifecycles']);
    });
});

test.each(['docker-vs-vm', 'noisy-neighbour', 'power-cut', 'shop', 'windows-and-linux'])(
    '%s gives the same bytes twice, with all keys in their order',
    async (name) => {
        const twice = await Promise.all([0, 1].map(() => chunksOf(`examples/${name}.strata`, rootFolder, defaults)));
        const [one, two] = twice.map((chunks) => chunks.join(''));
        expect(one).toBe(two);
        expect(Object.keys(JSON.parse(one ?? ''))).toEqual([
            'format',
            'file',
            'scenario',
            'duration',
            'elements',
            'timeline',
            'isolation',
            'findings',
            'expectations',
            'cost',
        ]);
    },
);

test('a hundred thousand replicas are streamed in small pieces', async () => {
    writeFileSync(join(folder, 'large.strata'), 'host h[50000] { cpu 1 core  memory 1 GiB  os debian  process p { cpu 1 core } }\n');
    const chunks = await chunksOf('large.strata', folder, { ...defaults, detail: 'summary' });
    expect(chunks.join('').length).toBeLessThan(3000);
    let longest = 0;
    let rows = 0;
    for (const chunk of await chunksOf('large.strata', folder, { ...defaults, select: 'h.p' })) {
        longest = Math.max(longest, chunk.length);
        rows += chunk.includes('"kind"') ? 1 : 0;
    }
    expect(rows).toBe(50_000);
    expect(longest).toBeLessThan(1000);
});
