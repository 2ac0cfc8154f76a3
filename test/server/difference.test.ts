/** What two results differ in, and what is not called a difference. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseFiles } from '#server/analyse-files.ts';
import { type Difference, differenceOf, isEmpty, isWorse, type ResultSide } from '#server/difference/difference.ts';
import { differenceSummary, differenceTables } from '#server/difference/difference-tables.ts';
import { files, read } from '../helpers/repository.ts';

const rack = `
host rack {
  cpu 8 cores
  memory 32 GiB
  disk ssd { size 1 TB }
  os debian
  engine docker {
    container web[2] { image nginx  memory limit 512 MiB  cpu limit 1  process nginx { threads 1  cpu 0.5 cores  memory 200 MiB } }
    container api { image node  memory limit 1 GiB  cpu limit 1  process node { threads 1  cpu 0.5 cores  memory 300 MiB } }
    container db { image postgres  memory limit 2 GiB  cpu limit 1  process server { threads 1  cpu 0.5 cores  memory 1 GiB } }
  }
}
expect rack.memory.headroom >= 50 %
expect boundary(web, db) >= namespace
`;

async function sideOf(text: string): Promise<ResultSide> {
    const analysed = await analyseFiles(['side.strata'], '/', { readText: () => ({ kind: 'text', text }) });
    const analysis = analysed.kind === 'analysed' ? analysed.topologies[0]?.analysis : undefined;
    if (analysis?.result === undefined) {
        throw new Error('nothing came of the text');
    }
    return { result: analysis.result, findings: analysis.findings };
}

async function changed(change: (text: string) => string, before = rack): Promise<Difference> {
    const after = change(before);
    expect(after).not.toBe(before);
    return differenceOf(await sideOf(before), await sideOf(after));
}

const pathsOf = ({ elements }: Difference): readonly string[] =>
    elements.map(({ kind, was, path }) => `${kind} ${was === undefined ? '' : `${was} → `}${path}`);

describe('nothing', () => {
    test.each(files.filter((file) => /^examples\/.*\.strata$/.test(file)))('is the difference between %s and itself', async (file) => {
        const side = await sideOf(read(file));
        expect(isEmpty(differenceOf(side, side))).toBe(true);
    });

    test('is different where only the layout of the text is', async () => {
        expect(isEmpty(await changed((text) => `// A comment.\n\n${text.replaceAll('  ', '    ')}`))).toBe(true);
    });
});

describe('allocation', () => {
    test('names the figures that have changed, and only those', async () => {
        const { elements } = await changed((text) => text.replace('memory limit 1 GiB', 'memory limit 2 GiB'));
        expect(elements.find(({ path }) => path === 'rack.docker.api')).toMatchObject({
            kind: 'changed',
            figures: [
                { name: 'memory.limit', before: 2 ** 30, after: 2 ** 31 },
                { name: 'memory.committed', before: 2 ** 30, after: 2 ** 31 },
                { name: 'memory.headroom' },
            ],
        });
        expect(elements.map(({ path }) => path)).not.toContain('rack.docker.web');
    });

    test('counts replicas', async () => {
        const { elements } = await changed((text) => text.replace('web[2]', 'web[5]'));
        expect(elements.find(({ path }) => path === 'rack.docker.web')?.figures).toEqual([{ name: 'replicas', before: 2, after: 5 }]);
    });

    test('is the same seen from the other side', async () => {
        const [before, after] = [
            await sideOf(rack),
            await sideOf(rack.replace('web[2]', 'web[5]').replace('container api', 'container other { image node }\n    container api')),
        ];
        const [there, back] = [differenceOf(before, after), differenceOf(after, before)];
        const mirrored = back.elements.map(({ path, figures }) => [path, figures.map((figure) => [figure.name, figure.after, figure.before])]);
        expect(new Map(mirrored as [string, unknown][])).toEqual(
            new Map(there.elements.map(({ path, figures }) => [path, figures.map((figure) => [figure.name, figure.before, figure.after])])),
        );
    });
});

describe('an element under another path', () => {
    test('is the same one, renamed, where it says the same of itself', async () => {
        const difference = await changed((text) => text.replace('container api', 'container backend'));
        expect(pathsOf(difference)).toEqual(['changed rack.docker.api → rack.docker.backend', 'changed rack.docker.api.node → rack.docker.backend.node']);
        expect(difference.walls.rows).toEqual([]);
        expect(difference.reach.rows).toEqual([]);
    });

    test('is the same one, moved, with all that stands on it', async () => {
        const line = rack.split('\n').find((one) => one.includes('container db')) ?? '';
        const difference = await changed(
            (text) => `${text.replace(`${line}\n`, '')}\nhost other { cpu 8  memory 32 GiB  os debian\n engine docker {\n${line}\n} }\n`,
        );
        expect(pathsOf(difference)).toContain('changed rack.docker.db → other.docker.db');
        expect(difference.walls.rows).toMatchObject([
            { a: ['rack.docker.web', 'rack.docker.api'], b: ['other.docker.db'], before: 'namespace', after: 'machine' },
        ]);
    });

    test('is another one where two could be meant', async () => {
        const twins = rack.replace('container api', 'container twin { image redis }\n    container twin2 { image redis }\n    container api');
        const difference = await changed((text) => text.replace('container twin ', 'container one ').replace('container twin2', 'container two'), twins);
        expect(pathsOf(difference)).toEqual(
            expect.arrayContaining(['added rack.docker.one', 'added rack.docker.two', 'removed rack.docker.twin', 'removed rack.docker.twin2']),
        );
    });

    test('is another one where what it says has changed as well', async () => {
        const difference = await changed((text) =>
            text.replace('container api { image node  memory limit 1 GiB', 'container backend { image node  memory limit 2 GiB'),
        );
        expect(pathsOf(difference)).toEqual(expect.arrayContaining(['added rack.docker.backend', 'removed rack.docker.api']));
    });
});

describe('walls and reach', () => {
    test('change for all that stood beside what has moved into a machine of its own', async () => {
        const difference = await changed(
            (text) =>
                text
                    .replace(/ {4}(container db .*)\n/, '')
                    .replace(
                        /^}$/m,
                        '  hypervisor kvm { vm guest { vcpus 2  memory 4 GiB  os debian  process server { threads 1  cpu 0.5  memory 1 GiB } } }\n}',
                    ),
            rack.replace('expect boundary(web, db) >= namespace\n', ''),
        );
        expect(pathsOf(difference)).toEqual(expect.arrayContaining(['added rack.kvm.guest', 'removed rack.docker.db']));
        expect(difference.walls.rows).toEqual([]);
    });

    test('tell a sandbox put around one container', async () => {
        const { walls } = await changed((text) => text.replace('container db { image', 'container db { runtime gvisor  image'));
        expect(walls).toMatchObject({ isComplete: true });
        // From the others one still gets to it by way of the kernel that they share.
        expect(walls.rows).toEqual([]);
        const all = await changed((text) => text.replace('engine docker {', 'engine docker {\n    runtime gvisor'));
        expect(all.walls.rows.map(({ between, a, before, after }) => ({ between, a, before, after }))).toEqual([
            { between: 'replicas', a: ['rack.docker.web'], before: 'namespace', after: 'sandbox' },
            { between: 'workloads', a: ['rack.docker.web', 'rack.docker.api', 'rack.docker.db'], before: 'namespace', after: 'sandbox' },
        ]);
    });

    test('tell what a socket opens, and by what', async () => {
        const { reach } = await changed((text) => text.replace('container api { image node', 'container api { image node  mount "/var/run/docker.sock"'));
        expect(reach.rows).toMatchObject([
            {
                from: 'rack.docker.api',
                to: expect.arrayContaining(['rack', 'rack.docker.web', 'rack.docker.db']),
                before: 'namespace',
                after: 'none',
                via: ['mount /var/run/docker.sock'],
            },
        ]);
    });

    test('are not news of what has just arrived behind a wall', async () => {
        const { walls, reach } = await changed((text) => text.replace('container api', 'container cache { image redis }\n    container api'));
        expect([...walls.rows, ...reach.rows]).toEqual([]);
    });

    test('say so where there is too much to look at', async () => {
        const many = Array.from({ length: 400 }, (_, number) => `    container c${number} { image redis }`).join('\n');
        const before = await sideOf(rack.replace('    container api', `${many}\n    container api`));
        const { reach, walls } = differenceOf(before, before);
        expect({ reach: reach.isComplete, walls: walls.isComplete }).toEqual({ reach: false, walls: true });
    });
});

describe('findings and expectations', () => {
    const broken = (text: string): string => text.replace('memory 200 MiB', 'memory 600 MiB').replace('>= 50 %', '>= 99 %');

    test('are worse by a new error and by an expectation that fails now, not by those that were there', async () => {
        const difference = await changed(broken);
        expect(difference.findings.appeared.map(({ code }) => code)).toContain('memory-limit');
        expect(difference.findings.appeared.map(({ code }) => code)).not.toContain('expectation-failed');
        expect(isWorse(difference, 'lenient')).toBe(true);
        const same = await changed((text) => text.replace('memory 600 MiB', 'memory 601 MiB'), broken(rack));
        expect(same.findings).toEqual({ appeared: [], gone: [] });
        expect(isWorse(same, 'lenient')).toBe(false);
        const better = await changed((text) => text.replace('memory 600 MiB', 'memory 200 MiB'), broken(rack));
        expect(better.findings.gone.map(({ code }) => code)).toContain('memory-limit');
        expect(isWorse(better, 'strict')).toBe(false);
    });

    test('are worse by an expectation that is new and fails, and by a warning only where that is asked', async () => {
        expect(isWorse(await changed((text) => `${text}expect rack.cpu.headroom >= 100 %\n`), 'lenient')).toBe(true);
        const warned = await changed((text) =>
            text.replace('cpu 0.5 cores  memory 300 MiB', 'cpu 2 cores  memory 300 MiB').replace('process node { threads 1', 'process node { threads 2'),
        );
        expect([isWorse(warned, 'lenient'), isWorse(warned, 'strict')]).toEqual([false, true]);
    });

    test('show the value on both sides', async () => {
        const [expectation] = (await changed(broken)).expectations.filter(({ after }) => after?.text.includes('99'));
        expect(expectation?.before).toBeUndefined();
        const difference = await changed((text) => text.replace('web[2]', 'web[5]'));
        const [table] = differenceTables(difference);
        expect(table).toMatchObject({
            title: 'Expectations',
            rows: [['rack.memory.headroom >= 50 %', 'holds (94.4 %)', expect.stringMatching(/^holds \(9[0-4]\.\d %\)$/)]],
        });
        expect(differenceSummary(difference)).toMatch(/^\d elements changed$/);
    });
});

describe('scenarios', () => {
    // A container takes 0.2 s to start, so it is down for as much longer.
    const outage = (end: string): string =>
        `scenario outage {\n  duration 10 min\n  at 1 min fail rack.docker.db\n  at ${end} recover rack.docker.db\n  expect db.downtime < 2 min\n}\n`;

    test('are worse where one no longer holds what is expected of it, and say what became of whom', async () => {
        const difference = await changed((text) => text.replace('at 2 min', 'at 5 min'), `${rack}${outage('2 min')}`);
        expect(difference.expectations).toMatchObject([
            {
                scenario: 'outage',
                text: 'db.downtime < 2 min',
                before: { holds: true, actual: expect.closeTo(60.2) },
                after: { holds: false, actual: expect.closeTo(240.2) },
            },
        ]);
        expect(difference.lives.find(({ path }) => path === 'rack.docker.db')).toMatchObject({
            before: { downtime: expect.closeTo(60.2) },
            after: { downtime: expect.closeTo(240.2) },
        });
        expect(difference.lives.map(({ path }) => path)).not.toContain('rack.docker.web');
        expect(isWorse(difference, 'lenient')).toBe(true);
        const tables = differenceTables(difference);
        expect(tables.find(({ title }) => title === 'Expectations')?.rows).toEqual([['outage: db.downtime < 2 min', 'holds (60.2 s)', 'fails (4 min)']]);
        expect(tables.find(({ title }) => title === 'Scenarios')?.rows[0]).toEqual([
            'outage',
            'rack.docker.db',
            expect.stringContaining('down for 60.2 s'),
            expect.stringContaining('down for 4 min'),
        ]);
        expect(differenceSummary(difference)).toMatch(/1 expectation fails now.*2 fates in scenarios changed/);
    });

    test('that are new count with what is expected of them, and those that are gone fail nothing', async () => {
        const added = await changed((text) => `${text}${outage('5 min')}`);
        expect(added.lives).toEqual([]);
        expect(added.expectations).toMatchObject([{ scenario: 'outage', after: { holds: false } }]);
        expect(isWorse(added, 'lenient')).toBe(true);
        expect(isWorse(await changed(() => rack, `${rack}${outage('5 min')}`), 'lenient')).toBe(false);
    });

    test('follow an element to the path that it has now', async () => {
        const difference = await changed(
            (text) => text.replaceAll('db', 'store').replace('at 2 min', 'at 3 min'),
            `${rack.replace(/expect boundary.*/, '')}${outage('2 min')}`,
        );
        expect(difference.lives.find(({ path }) => path === 'rack.docker.store')).toMatchObject({
            before: { downtime: expect.closeTo(60.2) },
            after: { downtime: expect.closeTo(120.2) },
        });
    });
});

test('no broken text breaks the comparison', async () => {
    const pieces = rack.split(/(?<=[{}\n])/);
    const text = fc.shuffledSubarray(pieces).map((some) => some.join(''));
    await fc.assert(
        fc.asyncProperty(text, text, async (before, after) => {
            const difference = differenceOf(await sideOf(before), await sideOf(after));
            expect(differenceTables(difference).every(({ columns, rows }) => rows.every((row) => row.length === columns.length))).toBe(true);
        }),
        { numRuns: 20 },
    );
});
