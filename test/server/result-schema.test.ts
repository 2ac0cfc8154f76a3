/** The published schema of the result contract: what the command line prints keeps to it, and what breaks the contract is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breaches } from '#simulation/isolation/reach/blast-radius.ts';
import { levels } from '#simulation/isolation/reach/edge.ts';
import { walls } from '#simulation/model/expectation.ts';
import { eventTypes, seriesNames, states } from '#simulation/model/timeline.ts';
import { strataIn } from '../helpers/command-line.ts';
import { files, read, root } from '../helpers/repository.ts';

const schema = JSON.parse(read('docs/result.schema.json'));
const accepts = new Ajv2020({ strictTypes: false, strictTuples: false, allErrors: true }).compile(schema);

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-schema-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const errorsOf = (result: unknown): readonly string[] =>
    accepts(result) ? [] : (accepts.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);

// biome-ignore lint/suspicious/noExplicitAny: the tests spoil what the schema describes.
async function simulated(file: string, ...options: readonly string[]): Promise<any> {
    const { stdout } = await strataIn(root, ['simulate', file, '--json', ...options]);
    return JSON.parse(stdout);
}

/** The result of a text that no example holds. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
async function resultOf(text: string, ...options: readonly string[]): Promise<any> {
    const file = join(folder, 'case.strata');
    writeFileSync(file, text);
    return await simulated(file, ...options);
}

const eventful = `
host rack[2] {
  cpu 4 cores
  memory 4 GiB
  disk ssd { size 100 GB }
  nic lan { speed 1 Gbit/s }
  os debian
  engine docker {
    container web[2] {
      image nginx
      cpu limit 1 core
      memory limit 300 MiB
      restart always
      process nginx { cpu 0.5 cores  memory 100 MiB }
    }
  }
  process job {
    phase warm { for 10 s  cpu 1 core }
    phase crunch { work 60 core-s  cpu 2 cores }
  }
}
expect boundary(rack[1].docker.web[1], rack[2].docker.web[1]) == machine
scenario evening {
  duration 10 min
  at 1 min load rack[1].docker.web by 4 memory
  at 2 min fail rack[2]
  at 4 min recover rack[2]
  at 5 min breach rack[1].docker.web[1]
  expect rack[1].docker.web.oom-kills == 0
}
`;

describe.each(files.filter((file) => /^examples\/.*\.strata$/.test(file)))('%s', (file) => {
    test.each([[[]], [['--summary']], [['--pairs']]])('keeps to it with %j', async (options) => {
        expect(errorsOf(await simulated(file, ...options))).toEqual([]);
    });
});

test('every scenario of an example keeps to it', async () => {
    const names = [...read('examples/power-cut.strata').matchAll(/^scenario ([\w-]+)/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
        const result = await simulated('examples/power-cut.strata', '--scenario', name);
        expect({ scenario: result.scenario, errors: errorsOf(result) }).toEqual({ scenario: name, errors: [] });
    }
});

test('kills, failures, phases and walls keep to it, in full, as a summary and in part', async () => {
    const result = await resultOf(eventful);
    const happened = new Set(result.timeline.events.map(({ type }: { readonly type: string }) => type));
    expect([...happened]).toEqual(expect.arrayContaining(['load', 'killed-oom', 'restarted', 'failed', 'recovered', 'phase', 'finished', 'breached']));
    expect(result.expectations.map(({ actual }: { readonly actual: unknown }) => typeof actual)).toEqual(['string', 'number']);
    expect(errorsOf(result)).toEqual([]);
    expect(errorsOf(await resultOf(eventful, '--summary'))).toEqual([]);
    expect(errorsOf(await resultOf(eventful, '--select', 'rack[2].docker'))).toEqual([]);
});

test.each([[[]], [['--summary']]])('a file that is too broken to be simulated keeps to it with %j', async (options) => {
    const result = await resultOf('host rack {\n  cpu 4 GiB\n  engine {\n', ...options);
    expect(result.findings).not.toEqual([]);
    expect(errorsOf(result)).toEqual([]);
});

describe('what breaks the contract is refused', () => {
    let sound: unknown;
    beforeAll(async () => {
        sound = await resultOf(eventful);
        expect(errorsOf(sound)).toEqual([]);
    });

    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const faults: readonly (readonly [string, (result: any) => void])[] = [
        ['another format', (result) => Object.assign(result, { format: 2 })],
        ['an unknown key', (result) => Object.assign(result, { took: 1 })],
        ['a missing list', (result) => delete result.findings],
        ['null for no limit', (result) => Object.assign(result.elements[0].cpu, { limit: null })],
        ['a figure as text', (result) => Object.assign(result.elements[0].memory, { used: '1 GiB' })],
        ['an unknown figure', (result) => Object.assign(result.elements[0].cpu, { steal: 0 })],
        ['an unknown kind', (result) => Object.assign(result.elements[0], { kind: 'server' })],
        ['an image on a host', (result) => Object.assign(result.elements[0], { image: 'nginx' })],
        ['a row of a summary among replicas', (result) => Object.assign(result.elements[0], { count: 2 })],
        ['an unknown type of event', (result) => Object.assign(result.timeline.events[0], { type: 'exploded' })],
        ['load without its factor', (result) => result.timeline.events.push({ at: 1, type: 'load', path: 'rack[1]' })],
        ['a detail where none belongs', (result) => result.timeline.events.push({ at: 1, type: 'ready', path: 'rack[1]', detail: { by: 2 } })],
        ['an unknown series', (result) => Object.assign(result.timeline.series['rack[1]'], { 'cpu.steal': [[0, 0]] })],
        ['a state where a figure belongs', (result) => Object.assign(result.timeline.series['rack[1]'], { 'cpu.granted': [[0, 'running']] })],
        ['a change point of three', (result) => Object.assign(result.timeline.series['rack[1]'], { 'cpu.granted': [[0, 1, 2]] })],
        ['an unknown wall', (result) => Object.assign(result.isolation.boundaries[0], { boundary: 'fence' })],
        ['a wall without its reason', (result) => delete result.isolation.boundaries[0].because],
        ['a line that counts from 0', (result) => Object.assign(result.findings[0].range.start, { line: 0 })],
        ['an expectation that neither holds nor fails', (result) => Object.assign(result.expectations[0], { holds: 'maybe' })],
        [
            'a summary with series',
            (result) => Object.assign(result, { counts: { elements: 1, distinct: 1, kernels: 1, workloads: 1, findings: 1, expectations: 1 } }),
        ],
        ['a cost without events', (result) => delete result.cost.events],
    ];

    test.each(faults)('%s', (_, spoil) => {
        const result = structuredClone(sound);
        spoil(result);
        expect(errorsOf(result)).not.toEqual([]);
    });
});

test('its words are those of the simulation', () => {
    const { eventType, state, wall, reach, series, blastRadius } = schema.$defs;
    expect(eventType.enum).toEqual(eventTypes);
    expect(state.enum.toSorted()).toEqual([...states].toSorted());
    expect(wall.enum).toEqual(walls);
    expect(reach.properties.needs.enum).toEqual(levels);
    expect(Object.keys(series.properties)).toEqual(seriesNames);
    expect(Object.keys(blastRadius.properties)).toEqual(['from', ...breaches.map(({ broken }) => broken)]);
});
