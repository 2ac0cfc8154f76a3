/** `strata diff`: two files, or files and what a git repository has of them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Outcome, strataIn } from '../helpers/command-line.ts';

const host = (name: string, memory: string): string =>
    `host ${name} { cpu 4 cores  memory 8 GiB  os debian\n  process p { threads 1  cpu 1 core  memory ${memory} }\n}\n`;

let outside: string;
let folder: string;
beforeAll(() => {
    outside = mkdtempSync(join(tmpdir(), 'strata-diff-'));
});
afterAll(() => rmSync(outside, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());
beforeEach(() => {
    folder = mkdtempSync(join(outside, 'repository-'));
    git('init', '-q');
    write({ 'main.strata': 'import "parts/base.strata"\nhost a extends box { process p { threads 1  cpu 1  memory 1 GiB } }\n' });
    write({ 'parts/base.strata': 'template box for host { cpu 4  memory 8 GiB  os debian }\n', 'gone.strata': host('old', '1 GiB'), 'notes.txt': 'none' });
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgSign=false', 'commit', '-qm', 'First');
});

const git = (...given: readonly string[]): string => execFileSync('git', [...given], { cwd: folder, encoding: 'utf8' });
const strata = (...given: readonly string[]): Promise<Outcome> => strataIn(folder, given);

function write(texts: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(texts)) {
        mkdirSync(join(folder, name, '..'), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
}

describe('against a revision', () => {
    test('finds no difference in what nobody has changed', async () => {
        expect(await strata('diff', '--git', 'HEAD')).toEqual({ status: 0, stdout: 'No difference between HEAD and the working tree.\n', stderr: '' });
    });

    test('reads imports on the old side from the repository as well', async () => {
        write({ 'parts/base.strata': 'template box for host { cpu 4  memory 16 GiB  os debian }\n' });
        const { status, stdout } = await strata('diff', '--git', 'HEAD', 'main.strata');
        expect(status).toBe(0);
        expect(stdout).toMatch(/^main\.strata: 1 element changed$/m);
        expect(stdout).toMatch(/^ {2}a +memory capacity +8 GiB +16 GiB$/m);
    });

    test('compares each topology of the folder, those that are new and those that are gone too', async () => {
        rmSync(join(folder, 'gone.strata'));
        write({ 'new.strata': host('fresh', '1 GiB'), 'sub/x.strata': host('deep', '1 GiB') });
        const { files } = JSON.parse((await strata('diff', '--git', 'HEAD', '--format', 'json')).stdout);
        expect(
            files.map(({ file, elements }: { readonly file: string; readonly elements: readonly { readonly change: string }[] }) => [
                file,
                elements[0]?.change,
            ]),
        ).toEqual([
            ['gone.strata', 'removed'],
            ['main.strata', undefined],
            ['new.strata', 'added'],
            ['sub/x.strata', 'added'],
        ]);
        const below = JSON.parse((await strataIn(join(folder, 'sub'), ['diff', '--git', 'HEAD', '--format', 'json'])).stdout);
        expect(below.files).toMatchObject([{ file: 'x.strata' }]);
    });

    test('fails where the change makes it worse, and only there', async () => {
        write({ 'gone.strata': host('old', '9 GiB') });
        expect(await strata('diff', '--git', 'HEAD', 'gone.strata')).toMatchObject({ status: 1, stdout: expect.stringContaining('1 new error') });
        git('-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgSign=false', 'commit', '-qam', 'Worse');
        write({ 'gone.strata': host('old', '9.5 GiB') });
        expect((await strata('diff', '--git', 'HEAD', 'gone.strata')).status).toBe(0);
        expect((await strata('diff', '--git', 'HEAD~1', 'gone.strata')).status).toBe(1);
    });

    test('is JSON with figures in base units', async () => {
        write({ 'gone.strata': host('old', '9 GiB') });
        const report = JSON.parse((await strata('diff', '--git', 'HEAD', '--format', 'json', 'gone.strata')).stdout);
        expect(report).toMatchObject({
            format: 1,
            before: 'HEAD',
            after: 'the working tree',
            worse: true,
            files: [
                {
                    worse: true,
                    findings: { appeared: [{ code: 'memory-capacity', severity: 'error', path: 'old', range: { file: 'gone.strata' } }], gone: [] },
                },
            ],
        });
        expect(report.files[0].elements[1]).toMatchObject({ path: 'old.p', figures: { 'memory.used': { before: 2 ** 30, after: 9 * 2 ** 30 } } });
    });

    test('is Markdown in which nothing that a file holds is more than text', async () => {
        write({ 'gone.strata': `${host('old', '1 GiB')}\nexpect old.memory.used <= 1 GiB // <img src=x> | @all\n`, 'a|<b>`c`\n@d.strata': host('x', '1 GiB') });
        const { stdout } = await strata('diff', '--git', 'HEAD', '--format', 'markdown');
        expect(stdout).toContain('### ✅ a\\|&lt;b&gt;\\`c\\` &#64;d\\.strata');
        expect(stdout).not.toMatch(/<(?!\/?(?:details|summary)\b)|(?<!\\)`c/);
    });
});

describe('what can not be compared', () => {
    test.each([
        [['diff', '--git', 'no-such-branch'], 'git knows no commit no-such-branch'],
        [['diff', '--git', '--upload-pack=touch x', 'main.strata'], 'git knows no commit --upload-pack=touch x'],
        [['diff', '--git', 'HEAD:main.strata', 'main.strata'], 'git knows no commit HEAD:main.strata'],
        [['diff', '--git', 'HEAD', 'nowhere.strata'], 'nowhere.strata: no such file'],
        [['diff', '--git', 'HEAD', 'parts'], 'parts: it is a directory'],
        [['diff', 'main.strata'], 'diff takes two files, or --git with a revision'],
        [['diff', 'main.strata', 'nowhere.strata'], 'nowhere.strata: no such file'],
    ])('%j is said in one line', async (given, line) => {
        const { status, stdout, stderr } = await strata(...given);
        expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
        expect(stderr).toMatch(/^strata: .*\n$/);
        expect(stderr).toContain(line);
    });

    test('no repository, and no git at all', async () => {
        writeFileSync(join(outside, 'lonely.strata'), host('a', '1 GiB'));
        expect((await strataIn(outside, ['diff', '--git', 'HEAD', 'lonely.strata'])).stderr).toMatch(/^strata: git says: fatal: not a git repository.*\n$/);
        vi.stubEnv('PATH', '/nowhere');
        expect((await strata('diff', '--git', 'HEAD', 'main.strata')).stderr).toMatch(/^strata: there is no git here/);
    });

    test('a link that leads out of the repository leads nowhere on the old side', async () => {
        writeFileSync(join(outside, 'secret.strata'), host('secret', '1 GiB'));
        symlinkSync(join(outside, 'secret.strata'), join(folder, 'link.strata'));
        symlinkSync('gone.strata', join(folder, 'inner.strata'));
        git('add', '.');
        git('-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgSign=false', 'commit', '-qm', 'Links');
        const { files } = JSON.parse((await strata('diff', '--git', 'HEAD', '--format', 'json', 'link.strata', 'inner.strata')).stdout);
        expect(files[0].elements[0]).toMatchObject({ change: 'added', path: 'secret' });
        expect(files[1].elements).toEqual([]);
    });
});

test('two files are compared by the paths of their elements', async () => {
    write({ 'one.strata': host('a', '1 GiB'), 'two.strata': host('a', '2 GiB') });
    const { status, stdout } = await strata('diff', 'one.strata', 'two.strata');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^one\.strata → two\.strata: 2 elements changed$/m);
    expect(stdout).toMatch(/^ {2}a\.p +memory used +1 GiB +2 GiB$/m);
});
