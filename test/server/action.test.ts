/** The GitHub Action does what it says: its scripts are run as a runner runs them, in a repository of their own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { read, root } from '../helpers/repository.ts';

interface Step {
    readonly name: string;
    readonly shell: string;
    readonly run: string;
    readonly if?: string;
    readonly env?: Readonly<Record<string, string>>;
}

const action: {
    readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
    readonly runs: { readonly using: string; readonly steps: readonly Step[] };
} = parse(read('action.yml'));
const { steps } = action.runs;

describe('the action', () => {
    test('hands inputs to scripts as variables, never as text', () => {
        expect(action.runs.using).toBe('composite');
        for (const { run, shell } of steps) {
            expect(run).not.toContain('${{');
            expect(shell).toBe('bash');
        }
        const used = steps.flatMap(({ env = {} }) => Object.values(env)).map((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]);
        expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
    });

    test('describes each input, and has a default for it', () => {
        for (const { description, default: value } of Object.values(action.inputs)) {
            expect(description).toMatch(/\.$/);
            expect(typeof value).toBe('string');
        }
    });
});

const host = (memory: string): string => `host a { cpu 4 cores  memory 8 GiB  os debian\n  process p { threads 1  cpu 1 core  memory ${memory} }\n}\n`;

let built: string;
let folder: string;
let repository: string;
// Each step starts a program of its own, on a machine where others run too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
beforeAll(async () => {
    built = mkdtempSync(join(tmpdir(), 'strata-built-'));
    await build({
        entryPoints: [join(root, 'server', 'cli', 'main.ts')],
        outfile: join(built, 'strata.cjs'),
        bundle: true,
        platform: 'node',
        format: 'cjs',
        mainFields: ['module', 'main'],
        logOverride: { 'empty-import-meta': 'silent' },
    });
});
afterAll(() => rmSync(built, { recursive: true }));
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-action-'));
    repository = join(folder, 'repository');
    mkdirSync(join(repository, 'sub dir'), { recursive: true });
    mkdirSync(join(folder, 'action', 'dist'), { recursive: true });
    mkdirSync(join(folder, 'temporary'));
    cpSync(join(built, 'strata.cjs'), join(folder, 'action', 'dist', 'strata.cjs'));
    cpSync(join(root, 'package.json'), join(folder, 'action', 'package.json'));
    writeFileSync(join(repository, 'good.strata'), host('1 GiB'));
    writeFileSync(join(repository, 'sub dir', 'it is, $(touch pwned) here.strata'), host('1 GiB'));
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgSign=false', 'commit', '-qm', 'First');
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...given: readonly string[]): string => execFileSync('git', given, { cwd: repository, encoding: 'utf8' });

interface Job {
    readonly status: number | null;
    readonly output: string;
    readonly summary: string;
}

/** Runs the steps in order, as a runner does; the last one as well after one that failed, if it is asked for. */
function job(inputs: Readonly<Record<string, string>>): Job {
    const inputOf = (name: string): string => inputs[name] ?? action.inputs[name]?.default ?? '';
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, '');
    let status: number | null = 0;
    let output = '';
    for (const step of steps.filter(({ if: condition }) => condition === undefined || inputOf('compare-with') !== '')) {
        if (status !== 0 && step.if === undefined) {
            continue;
        }
        const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, inputOf(value.replace(/^\$\{\{ inputs\.| \}\}$/g, ''))]));
        const done = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
            cwd: repository,
            encoding: 'utf8',
            env: {
                PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
                GITHUB_ACTION_PATH: join(folder, 'action'),
                GITHUB_WORKSPACE: repository,
                GITHUB_STEP_SUMMARY: summary,
                RUNNER_TEMP: join(folder, 'temporary'),
                ...env,
            },
        });
        output += done.stdout + done.stderr;
        status = status === 0 ? done.status : status;
    }
    return { status, output, summary: readFileSync(summary, 'utf8') };
}

describe('a job', () => {
    test('passes where all is well, whatever files are called, and writes no summary that nobody asked for', () => {
        expect(job({})).toEqual({ status: 0, output: '', summary: '' });
        expect(existsSync(join(repository, 'pwned'))).toBe(false);
    });

    test('fails with annotations that name files from the root, wherever it works', () => {
        writeFileSync(join(repository, 'sub dir', 'it is, $(touch pwned) here.strata'), host('9 GiB'));
        const { status, output } = job({ 'working-directory': 'sub dir' });
        expect(status).toBe(1);
        expect(output).toMatch(/^::error file=sub dir\/it is%2C \$\(touch pwned\) here\.strata,line=\d+,.*title=memory-capacity::/m);
        expect(existsSync(join(repository, 'sub dir', 'pwned'))).toBe(false);
    });

    test('checks only what is named, by patterns too', () => {
        writeFileSync(join(repository, 'good.strata'), host('9 GiB'));
        expect(job({ files: 'sub dir/*.strata\n' }).status).toBe(0);
        expect(job({ files: 'good.strata\nsub dir/*.strata' }).status).toBe(1);
    });

    test('says in the summary what has changed, and fails for it only where it is to', () => {
        writeFileSync(join(repository, 'good.strata'), `${host('1 GiB')}expect a.memory.headroom >= 99 %\n`);
        git('-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgSign=false', 'commit', '-qam', 'Second');
        const compared = job({ 'compare-with': 'HEAD~1', files: 'good.strata' });
        expect(compared.summary).toContain('1 expectation fails now');
        expect(compared.summary).toContain('### ❌ good\\.strata');
        git('revert', '--no-commit', 'HEAD');
        expect(job({ 'compare-with': 'HEAD', 'fail-if-worse': 'true' })).toMatchObject({ status: 0, summary: expect.stringContaining('### ✅') });
        git('reset', '-q', '--hard');
        expect(job({ 'compare-with': 'HEAD~1', 'fail-if-worse': 'true', files: 'good.strata' }).output).toContain('makes something worse');
    });

    test.each([
        [{ strict: 'yes' }, 'The input `strict` is `true` or `false`.'],
        [{ 'compare-with': 'HEAD', 'fail-if-worse': '"; touch pwned; "' }, 'The input `fail-if-worse` is `true` or `false`.'],
        [{ files: 'nowhere.strata' }, 'names something that is no file of the repository'],
        [{ files: '--help' }, 'names something that is no file of the repository'],
        [{ 'working-directory': 'nowhere' }, 'No such file or directory'],
        [{ 'compare-with': '$(touch pwned)' }, 'git knows no commit $(touch pwned)'],
        [{ 'compare-with': '--output=pwned' }, 'git knows no commit --output=pwned'],
    ])('%j is refused with its reason', (inputs, reason) => {
        const { status, output } = job(inputs);
        expect(status).not.toBe(0);
        expect(output).toContain(reason);
        expect(existsSync(join(repository, 'pwned'))).toBe(false);
    });

    test('has nothing to do where there is no Strata file', () => {
        git('rm', '-rqf', '.');
        expect(job({})).toMatchObject({ status: 0, output: '::notice title=strata::There is no Strata file to check.\n' });
    });
});
