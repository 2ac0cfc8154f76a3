/** `strata export` on files of the disk: where text and report go, and what a file with errors comes to. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { strataIn } from '../helpers/command-line.ts';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-export-'));
    const docker = 'engine docker { container web { image "nginx"  boot 1 s }  container db { image "postgres" } }';
    writeFileSync(join(folder, 'a.strata'), `host a { cpu 4  memory 8 GiB  os debian  ${docker} }\n`);
    writeFileSync(join(folder, 'wrong.strata'), `host a { cpu 4  os debian  ${docker} }\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const strata = (...given: readonly string[]) => strataIn(folder, ['export', ...given]);

test('the text goes to standard output, and the report to standard error', async () => {
    const { status, stdout, stderr } = await strata('compose', 'a.strata');
    expect(status).toBe(0);
    expect(stdout).toBe('services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n');
    expect(stderr).toMatch(
        /^a\.strata:1:\d+: info not-carried-over: a\.docker\.web boot: How long it takes to start\. Nothing: it is for the simulation\.\n1 place /,
    );
});

test('with a file for the text, the report goes to standard output', async () => {
    const { stdout } = await strata('compose', 'a.strata', '--select', 'db', '-o', 'compose.yaml', '--report', 'json');
    expect(JSON.parse(stdout)).toEqual({ format: 1, exporter: 'compose', exported: true, errors: [], report: [] });
    expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toBe('services:\n  db:\n    image: postgres\n');
});

test('a file with errors is not exported', async () => {
    const { status, stdout, stderr } = await strata('compose', 'wrong.strata');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('wrong.strata:1:6: error missing-statement: ');
});

test('what fits nothing is told', async () => {
    const { status, stderr } = await strata('libvirt', 'a.strata');
    expect(status).toBe(2);
    expect(stderr).toBe('strata: a.strata: there is no VM in it\n');
});
