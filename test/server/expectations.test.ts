/** The list of expectations that the Test Explorer shows: each with its place, what became of it, and the value that was found. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directSimulator } from '#server/direct-simulator.ts';
import type { ExpectationRow, ExpectationsAnswer } from '#server/protocol.ts';
import type { Simulator } from '#server/simulation-channel.ts';
import type { Judgement } from '#simulation/model/expectation.ts';
import type { Run } from '#simulation/model/timeline.ts';
import type { Scenario } from '#simulation/model/topology.ts';
import { seconds } from '#simulation/model/units.ts';
import { connectEditor, type Editor, openEditor, serveHere } from './language-client.ts';

const host = `host rack {
  cpu 4 cores
  memory 8 GiB
  os debian
  process web { threads 2  cpu 1 cores  memory 2 GiB }
  process db { threads 2  cpu 1 cores  memory 1 GiB }
}
`;

let editor: Editor;
let files = 0;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

async function expectationsOf(text: string): Promise<NonNullable<ExpectationsAnswer>> {
    files += 1;
    return ask(editor.open(`expectations-${files}.strata`, host + text));
}

async function ask(uri: string): Promise<NonNullable<ExpectationsAnswer>> {
    const answer = await editor.request<ExpectationsAnswer>('strata/expectations', { uri });
    expect(answer).not.toBeNull();
    return answer ?? { expectations: [], scenarios: [] };
}

/** A simulator that says of each scenario that it was run, with these judgements. */
function simulatorOfRuns(found: readonly Omit<Judgement, 'text'>[]): Simulator {
    const run = (scenario: Scenario): Run => ({
        scenario: scenario.name,
        duration: scenario.duration ?? seconds(600),
        members: { element: new Int32Array(), parent: new Int32Array(), first: new Float64Array(), last: new Float64Array() },
        events: { at: new Float64Array(), type: new Uint8Array(), member: new Int32Array(), detail: new Map() },
        phases: { member: new Int32Array(), phase: new Int32Array(), started: new Float64Array(), finished: new Float64Array() },
        lifecycles: {
            readyAt: new Float64Array(),
            finishedAt: new Float64Array(),
            downtime: new Float64Array(),
            oomKills: new Float64Array(),
            restarts: new Float64Array(),
            work: new Float64Array(),
        },
        groups: { member: new Int32Array(), event: new Int32Array(), phase: new Int32Array(), instants: new Float64Array() },
        expectations: found.map((judgement) => ({ ...judgement, text: scenario.expectations[judgement.index]?.text ?? '' })),
        instants: 0,
    });
    return {
        ...directSimulator,
        simulate: async (topology, token) => {
            const outcome = await directSimulator.simulate(topology, token);
            return outcome.kind === 'done' ? { ...outcome, result: { ...outcome.result, runs: topology.scenarios.map(run) } } : outcome;
        },
    };
}

const shown = ({ text, outcome, actual, because }: ExpectationRow): object => ({ text, outcome, actual, because });

describe('expectations of a file', () => {
    test('hold, with the value that was found and without a reason', async () => {
        const { expectations } = await expectationsOf('expect rack.cpu.headroom >= 40 %\n');
        expect(expectations.map(shown)).toEqual([{ text: 'rack.cpu.headroom >= 40 %', outcome: 'holds', actual: '50 %', because: undefined }]);
        expect(expectations[0]?.range).toEqual({ start: { line: 7, character: 0 }, end: { line: 7, character: 32 } });
    });

    test('fail with the words of the diagnostic at the same place', async () => {
        const { expectations } = await expectationsOf('expect web.cpu.granted > 3 cores\nexpect boundary(web, db) >= kernel\n');
        expect(expectations.map(({ outcome, actual }) => [outcome, actual])).toEqual([
            ['fails', '1 core'],
            ['fails', 'process'],
        ]);
        const findings = await editor.diagnostics(`file:///test/expectations-${files}.strata`);
        expect(expectations.map(({ because }) => because)).toEqual(findings.map(({ message }) => message));
    });

    test('that ask about what is not simulated neither hold nor fail', async () => {
        const { expectations } = await expectationsOf('expect at(1 min, web.cpu.granted) > 0 cores\n');
        expect(expectations.map(({ outcome }) => outcome)).toEqual(['unjudged']);
        expect(expectations[0]?.because).toMatch(/^Not judged: /);
    });

    test('that make no sense are listed as well, with what the language says of them', async () => {
        const { expectations } = await expectationsOf('expect nobody.cpu.granted > 1 core\nexpect web.memory.used > 1 core\n');
        expect(expectations.map(({ outcome }) => outcome)).toEqual(['broken', 'broken']);
        expect(expectations[0]?.because).toContain('nobody');
        expect(expectations[1]?.because).toContain('memory');
    });

    test('keep their identity where another is written above, and have one each where the same is written twice', async () => {
        const uri = editor.open('identity.strata', `${host}expect web.cpu.granted > 0 cores\nexpect web.cpu.granted > 0 cores // again\n`);
        const before = (await ask(uri)).expectations.map(({ id }) => id);
        expect(new Set(before).size).toBe(2);
        editor.change(uri, `${host}expect db.cpu.granted > 0 cores\nexpect web.cpu.granted > 0 cores\nexpect web.cpu.granted   >   0 cores\n`);
        expect((await ask(uri)).expectations.slice(1).map(({ id }) => id)).toEqual(before);
    });

    test('of a scenario are under its name', async () => {
        const { expectations, scenarios } = await expectationsOf(
            'scenario night { at 10 s fail rack  expect web.cpu.granted > 0 cores  expect no.name > 1 }\n',
        );
        expect(expectations).toEqual([]);
        expect(scenarios.map(({ name, range }) => [name, range.start])).toEqual([['night', { line: 7, character: 9 }]]);
        expect(scenarios[0]?.expectations.map(({ text }) => text)).toEqual(['web.cpu.granted > 0 cores', 'no.name > 1']);
        expect(scenarios[0]?.expectations[1]?.outcome).toBe('broken');
    });

    test('of a scenario that was run hold or fail by what was found, and say when', async () => {
        const found: readonly Omit<Judgement, 'text'>[] = [
            { index: 0, holds: true, actual: 0.5, dimension: 'cpu' },
            { index: 1, holds: false, actual: 3 * 2 ** 30, dimension: 'memory', at: seconds(42) },
        ];
        const running = await connectEditor(serveHere({ simulator: simulatorOfRuns(found) }));
        const text = 'scenario night { at 10 s fail rack  expect web.cpu.granted > 0 cores  expect no.name > 1  expect web.memory.used < 1 GiB }\n';
        const answer = await running.request<ExpectationsAnswer>('strata/expectations', { uri: running.open('run.strata', host + text) });
        expect(answer?.scenarios[0]?.expectations.map(({ outcome, actual }) => [outcome, actual])).toEqual([
            ['holds', '0.5 cores'],
            ['broken', undefined],
            ['fails', '3 GiB, at 42 s'],
        ]);
        await running.shutdown();
    });

    test('of a file that is imported are not those of the file that imports it', async () => {
        const imported = editor.open('imported.strata', `${host}expect rack.cpu.headroom >= 40 %\n`);
        const importing = editor.open('importing.strata', 'import "imported.strata"\nexpect web.cpu.granted > 3 cores\n');
        expect((await ask(importing)).expectations.map(({ outcome }) => outcome)).toEqual(['fails']);
        expect((await ask(imported)).expectations.map(({ outcome }) => outcome)).toEqual(['holds']);
    });

    test('come from no file that is not there', async () => {
        expect(await editor.request('strata/expectations', { uri: 'file:///test/nowhere.strata' })).toBeNull();
    });
});
