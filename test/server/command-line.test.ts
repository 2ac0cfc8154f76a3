/** The command line: what it prints where, and its exit codes. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '#server/cli/run-command-line.ts';
import { createTerminal } from '#server/cli/terminal.ts';
import { captured, type Outcome, strataIn } from '../helpers/command-line.ts';

const main = fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url));
let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-'));
    const good = 'host a {\n  cpu 4 cores\n  memory 8 GiB\n  os debian\n  process p { cpu 1 core  memory 1 GiB }\n}\n';
    const files: Readonly<Record<string, string | Uint8Array>> = {
        'good.strata': good,
        'bad.strata': good.replace('8 GiB', '8 Gib'),
        'over.strata': good.replace('memory 8 GiB', 'memory 1 GiB'),
        'warned.strata': good
            .replace('cpu 4 cores', 'cpu 1')
            .replace('process p', 'hypervisor kvm { overcommit cpu 4  vm v { vcpus 2  memory 1 GiB  os debian } }\n  process p'),
        'expecting.strata': `${good}expect a.memory.headroom >= 99 %\n`,
        'marked.strata': `\uFEFF${good.replace('8 GiB', '8 Gib')}`,
        'crlf.strata': good.replaceAll('\n', '\r\n'),
        'base.strata': 'template box for host {\n  cpu 2\n  memory 4 Gib\n  os debian\n}\n',
        'user.strata': 'import "sub/../base.strata"\nhost a extends box\n',
        'utf16.strata': Buffer.from(`\uFEFF${good}`, 'utf16le'),
        'binary.strata': Buffer.from([0x68, 0x6f, 0x00, 0x01]),
        'latin.strata': Buffer.from([0x2f, 0x2f, 0xe4, 0x0a]),
        'empty.strata': '',
        'plain.txt': good,
        'endless.strata': 'host a[1000000000] { cpu 1  memory 1 GiB }\n',
        'escape.strata': 'import "\u001b[31mred\u009b1m.strata"\n}\u001b]0;title\u0007\n',
        'odd.strata': 'import "odd.strata"\nimport "folder.strata"\nimport "plain.txt"\nimport ".."\n',
    };
    for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(folder, name), content);
    }
    mkdirSync(join(folder, 'folder.strata'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const strata = (...given: readonly string[]): Promise<Outcome> => strataIn(folder, given);

describe('check', () => {
    test.each([['check'], ['simulate'], ['format --check']])('what a file holds reaches no terminal as a command: %s', async (command) => {
        const { stdout, stderr } = await strata(...command.split(' '), 'escape.strata');
        expect(stdout + stderr).toContain('escape.strata:');
        expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]/u);
    });

    test('says nothing of a file that is well', async () => {
        expect(await strata('check', 'good.strata')).toEqual({ status: 0, stdout: '', stderr: '' });
        expect(await strata('check', 'crlf.strata')).toEqual({ status: 0, stdout: '', stderr: '' });
        expect(await strata('check', 'empty.strata')).toMatchObject({ status: 0, stderr: '' });
    });

    test('reads what it is given as Strata, whatever its ending', async () => {
        expect(await strata('check', 'plain.txt')).toEqual({ status: 0, stdout: '', stderr: '' });
    });

    test('imports itself, but no folder and nothing of another ending', async () => {
        const { status, stdout, stderr } = await strata('check', 'odd.strata');
        expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
        expect(stdout.split('\n').map((line) => line.slice(0, 'odd.strata:3:8: error import-missing'.length))).toEqual([
            'odd.strata:2:8: error import-missing',
            'odd.strata:3:8: error import-missing',
            'odd.strata:4:8: error import-missing',
            '',
        ]);
    });

    test('prints a finding a line, as a problem matcher reads it', async () => {
        expect(await strata('check', 'bad.strata')).toEqual({
            status: 1,
            stdout: expect.stringMatching(/^bad\.strata:3:12: error unknown-unit: There is no unit `Gib`\. .+\n$/),
            stderr: '',
        });
    });

    test('counts columns as editors do where a file begins with a byte order mark', async () => {
        expect((await strata('check', 'marked.strata')).stdout).toMatch(/^marked\.strata:3:12: /);
    });

    test('names files as they were given, imported ones beside them', async () => {
        expect((await strata('check', 'user.strata')).stdout).toMatch(/^base\.strata:3:12: /);
        expect((await strata('check', `${folder}/user.strata`)).stdout.startsWith(`${folder}/base.strata:3:12: `)).toBe(true);
        expect((await strata('check', 'user.strata', 'base.strata')).stdout.match(/unknown-unit/g)).toHaveLength(1);
    });

    test.each([
        ['over.strata', 'memory-capacity'],
        ['expecting.strata', 'expectation-failed'],
    ])('fails for %s, which the simulation finds wrong', async (file, code) => {
        expect(await strata('check', file)).toMatchObject({ status: 1, stdout: expect.stringContaining(`error ${code}:`) });
    });

    test('lets warnings pass, but for --strict', async () => {
        expect(await strata('check', 'warned.strata')).toMatchObject({ status: 0, stdout: expect.stringContaining('warning vcpus-above-host:') });
        expect((await strata('check', '--strict', 'warned.strata')).status).toBe(1);
    });

    test('prints JSON', async () => {
        const { stdout, status } = await strata('check', '--format', 'json', 'bad.strata');
        expect(status).toBe(1);
        expect(JSON.parse(stdout)).toMatchObject({
            format: 1,
            findings: [
                { code: 'unknown-unit', severity: 'error', range: { file: 'bad.strata', start: { line: 3, column: 12 }, end: { line: 3, column: 15 } } },
            ],
        });
    });

    test('prints GitHub annotations', async () => {
        expect((await strata('check', '--format', 'github', 'bad.strata')).stdout).toMatch(
            /^::error file=bad\.strata,line=3,endLine=3,col=12,endColumn=15,title=unknown-unit::There is no unit/,
        );
    });
});

describe('what can not be done', () => {
    test.each([
        [['check', 'nowhere.strata'], 'strata: nowhere.strata: no such file'],
        [['simulate', '--json', 'nowhere.strata'], 'strata: nowhere.strata: no such file'],
        [['check', 'folder.strata'], 'strata: folder.strata: it is a directory'],
        [['check', 'utf16.strata'], 'strata: utf16.strata: it is UTF-16; save it as UTF-8'],
        [['check', 'binary.strata'], 'strata: binary.strata: it is a binary file, not text'],
        [['check', 'latin.strata'], 'strata: latin.strata: it is not valid UTF-8'],
        [
            ['check', '--format', 'xml', 'good.strata'],
            "strata: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif, github.",
        ],
        [['check', '--bogus', 'good.strata'], "strata: unknown option '--bogus'"],
        [['check'], "strata: missing required argument 'files'"],
        [['simulate', 'good.strata', 'bad.strata'], "strata: too many arguments for 'simulate'. Expected 1 argument but got 2."],
        [['bogus'], "strata: unknown command 'bogus'"],
        [[], 'strata: no command given; see strata --help'],
        [['simulate', '--json', '--scenario', 'night', 'good.strata'], 'strata: no scenario is called night; the file has none'],
        [['simulate', '--json', '--select', 'b', 'good.strata'], 'strata: nothing is called b'],
        [
            ['simulate', '--summary', '--json', '--select', 'a[1000000001]', 'endless.strata'],
            'strata: nothing has the path a[1000000001]; with replica numbers it must be the whole path, as in rack1.docker.web[2]',
        ],
    ])('%j is said in one line', async (given, line) => {
        expect(await strata(...given)).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
    });

    test('output that can not be written is said, and is a failure', async () => {
        const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no space left on device')) });
        const errors = captured();
        expect(await runCommandLine(['simulate', 'good.strata'], createTerminal(full, errors.stream, folder))).toBe(2);
        expect(errors.text()).toBe('strata: cannot write: no space left on device\n');
    });

    test('the program itself ends with the exit code, and help is no failure', () => {
        const run = (...given: readonly string[]) => spawnSync(process.execPath, [main, ...given], { cwd: folder, encoding: 'utf8' });
        expect(run('--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('simulate') });
        expect(run('check', 'bad.strata')).toMatchObject({ status: 1, stderr: '' });
        expect(run('check', 'nowhere.strata')).toMatchObject({ status: 2, stdout: '' });
    });

    test('a reader that leaves is no failure of ours', async () => {
        const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${main}" simulate --json good.strata | head -c 10`], {
            cwd: folder,
            encoding: 'utf8',
        });
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
});

describe('simulate', () => {
    test('shows the row of the element for a replica that was selected', async () => {
        const { stdout } = await strata('simulate', '--select', 'a[5]', 'endless.strata');
        expect(stdout).toMatch(/^a\[1000000000\] +host /m);
    });

    test('prints one JSON object, and the same exit code as check', async () => {
        const { status, stdout, stderr } = await strata('simulate', '--json', 'expecting.strata');
        expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
        expect(JSON.parse(stdout)).toMatchObject({
            format: 1,
            file: 'expecting.strata',
            expectations: [{ holds: false }],
            findings: [{ code: 'expectation-failed' }],
        });
    });

    test('prints JSON of a text that is broken as well', async () => {
        const { status, stdout } = await strata('simulate', '--json', 'bad.strata');
        expect(status).toBe(1);
        expect(JSON.parse(stdout).elements.map(({ path }: { readonly path: string }) => path)).toEqual(['a', 'a.p']);
    });

    test('refuses rows without end, and gives counts instead', async () => {
        const refused = await strata('simulate', '--json', 'endless.strata');
        expect(refused).toMatchObject({ status: 2, stdout: '' });
        expect(refused.stderr).toContain('1,000,000,000 elements');
        const summary = await strata('simulate', '--json', '--summary', 'endless.strata');
        expect(JSON.parse(summary.stdout)).toMatchObject({ counts: { elements: 1_000_000_000 }, elements: [{ path: 'a', count: 1_000_000_000 }] });
    });
    test('prints a table for people', async () => {
        const { status, stdout } = await strata('simulate', 'good.strata');
        expect(status).toBe(0);
        expect(stdout.split('\n').slice(0, 3)).toEqual([
            expect.stringMatching(/^element +kind +CPU granted/),
            expect.stringMatching(/^a +host +1 core/),
            expect.stringMatching(/^ {2}p +process +1 core/),
        ]);
    });
});
