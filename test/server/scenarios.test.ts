/** Scenarios all the way: what the command line prints, and what the editor says of a run as the text stands. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeLens, Hover } from 'vscode-languageserver';
import type { ExpectationsAnswer } from '#server/protocol.ts';
import { strataIn } from '../helpers/command-line.ts';
import { type Editor, openEditor } from './language-client.ts';

const machine = `host rack1 {
  cpu 8 cores
  memory 16 GiB
  os debian
  engine docker {
    container web[3] {
      image nginx
      memory limit 256 MiB
      restart always
      process nginx { cpu 0.4 cores  memory 120 MiB }
    }
  }
}
`;
const calm = 'scenario calm {\n  duration 10 min\n  at 5 min load web by 2 memory\n  expect web.oom-kills == 0\n}\n';
const busy = 'scenario busy {\n  duration 330 s\n  at 5 min load web[2] by 3 memory\n  expect web.oom-kills == 0\n  expect web.memory.used <= 1 GiB\n}\n';

let folder: string;
let editor: Editor;
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata-'));
    writeFileSync(join(folder, 'both.strata'), machine + calm + busy);
    writeFileSync(join(folder, 'calm.strata'), machine + calm);
    writeFileSync(join(folder, 'none.strata'), machine);
    editor = await openEditor();
});
afterAll(async () => {
    rmSync(folder, { recursive: true });
    await editor.shutdown();
});

// biome-ignore lint/suspicious/noExplicitAny: the tests read JSON that no type describes.
const jsonOf = async (...given: readonly string[]): Promise<any> => JSON.parse((await strataIn(folder, ['simulate', ...given, '--json'])).stdout);

describe('strata check', () => {
    test('judges every scenario, and fails for the one that does not hold', async () => {
        const { status, stdout } = await strataIn(folder, ['check', 'both.strata']);
        expect(status).toBe(1);
        expect(stdout).toMatch(/^both\.strata:\d+:15: error memory-oom: busy, at 5 min: rack1\.docker\.web\[2\]\.nginx is killed/m);
        expect(stdout).toMatch(/^both\.strata:22:3: error expectation-failed: busy: /m);
        expect(stdout).not.toContain('calm');
        expect((await strataIn(folder, ['check', 'calm.strata'])).status).toBe(0);
    });
});

describe('strata simulate', () => {
    test('runs the first scenario, and says nothing of another', async () => {
        const { scenario, duration, timeline, findings, expectations, cost } = await jsonOf('both.strata');
        expect([scenario, duration]).toEqual(['calm', 600]);
        expect(findings).toEqual([]);
        expect(expectations).toMatchObject([{ scenario: 'calm', text: 'web.oom-kills == 0', holds: true, actual: 0 }]);
        expect(timeline.events.filter(({ type }: { readonly type: string }) => type === 'load')).toHaveLength(3);
        expect(cost.events).toBeGreaterThan(3);
        expect((await strataIn(folder, ['simulate', 'both.strata'])).status).toBe(0);
    });

    test('runs the one that is named, with what happened in it to each replica', async () => {
        const { timeline, findings } = await jsonOf('both.strata', '--scenario', 'busy');
        expect(findings).toContainEqual(expect.objectContaining({ code: 'memory-oom', scenario: 'busy', path: 'rack1.docker.web[2].nginx', at: 300 }));
        const lives = Object.fromEntries(timeline.lifecycles.map(({ path, ...life }: { readonly path: string }) => [path, life]));
        expect(lives['rack1.docker.web[1]']).toMatchObject({ 'oom-kills': 0, restarts: 0, downtime: 0 });
        expect(lives['rack1.docker.web[2]']['oom-kills']).toBeGreaterThan(1);
        const { state, 'memory.used': used } = timeline.series['rack1.docker.web[2]'];
        expect(state.slice(0, 4).map(([, name]: readonly [number, string]) => name)).toEqual(['stopped', 'booting', 'running', 'killed']);
        expect(used.at(0)).toEqual([0, 0]);
        expect(JSON.stringify(timeline)).not.toContain('null');
    });

    test('writes of a selected part only that', async () => {
        const { timeline } = await jsonOf('both.strata', '--scenario', 'busy', '--select', 'rack1.docker.web[2]');
        expect(Object.keys(timeline.series)).toEqual(['rack1.docker.web[2]', 'rack1.docker.web[2].nginx']);
        expect(timeline.processes).toHaveLength(1);
    });

    test('runs a file without scenarios for ten minutes', async () => {
        const { scenario, duration, timeline } = await jsonOf('none.strata');
        expect([scenario, duration]).toEqual(['default', 600]);
        expect(timeline.processes).toHaveLength(3);
        expect(timeline.processes[0].work).toBeCloseTo(0.4 * (600 - timeline.processes[0]['ready-at']), 6);
    });

    test('tells a person what happened and what became of it', async () => {
        const { status, stdout } = await strataIn(folder, ['simulate', 'both.strata', '--scenario', 'busy']);
        expect(status).toBe(1);
        expect(stdout).toMatch(/^scenario busy, 5\.5 min$/m);
        expect(stdout).toMatch(/^at 5 min: killed-oom rack1\.docker\.web\[2\]\.nginx \(limit rack1\.docker\.web, held 360 MiB\)$/m);
        expect(stdout).toMatch(/^fails {2}expect web\.oom-kills == 0$/m);
    });
});

describe('in the editor', () => {
    test('the worst of a run stands above its scenario', async () => {
        const uri = editor.open('lenses.strata', machine + calm + busy);
        const lenses = await editor.request<readonly CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
        const titles = lenses.flatMap(({ command, data }) => (data === undefined ? [] : [[command?.title, data]]));
        expect(titles).toEqual([
            [expect.stringMatching(/^Run scenario · all up at /), { uri, scenario: 'calm' }],
            ['Run scenario · OOM at 5 min', { uri, scenario: 'busy' }],
        ]);
        editor.change(uri, machine + calm + busy.replace('by 3 memory', 'by 3'));
        const after = await editor.request<readonly CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
        expect(after.at(-1)?.command?.title).toMatch(/^Run scenario · all up at /);
    });

    test('hover tells what becomes of an element in each scenario', async () => {
        const uri = editor.open('hover-run.strata', machine + calm + busy);
        const hover = await editor.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position: { line: 5, character: 15 } });
        const text = JSON.stringify(hover?.contents);
        expect(text).toMatch(/In calm: ready at [\d.]+ s\\n/);
        expect(text).toMatch(/In busy: ready at [\d.]+ s, \d+ kills for want of memory, \d+ restarts, down for 30 s/);
    });

    test('each expectation of a scenario is a test with its own outcome and time', async () => {
        const uri = editor.open('tests.strata', machine + calm + busy);
        const answer = await editor.request<ExpectationsAnswer>('strata/expectations', { uri });
        const outcomes = answer?.scenarios.map(({ name, expectations }) => [name, ...expectations.map(({ outcome }) => outcome)]);
        expect(outcomes).toEqual([
            ['calm', 'holds'],
            ['busy', 'fails', 'holds'],
        ]);
        expect(answer?.scenarios[1]?.expectations[1]?.actual).toMatch(/^[\d.]+ MiB, at [\d.]+ s$/);
    });
});
