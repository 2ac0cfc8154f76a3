/** The Compare view against a commit: what has changed is said, and where nothing is known, why. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { committedTopologies } from '#server/committed.ts';
import { noSuchFile, unreadable } from '#server/file-text.ts';
import { type Outcome, strataIn } from '../helpers/command-line.ts';

const base = 'template box for host { cpu 4 cores  memory 8 GiB  os debian }\n';
const main = `import "base.strata"
host a extends box { engine docker {
  container web { process p { cpu 1 cores  memory 2 GiB } }
  container db { process p { cpu 1 cores  memory 1 GiB } }
} }
expect a.memory.headroom >= 40 %
`;

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-committed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const git = (...given: readonly string[]): string => execFileSync('git', [...given], { cwd: folder, encoding: 'utf8' });
const drawn = (...given: readonly string[]): Promise<Outcome> => strataIn(folder, ['render', 'main.strata', '--view', 'compare', ...given]);
/** What stands above the ways to run it, one text a line. */
const words = ({ stdout }: Outcome): string =>
    [...stdout.matchAll(/<text[^>]*>([^<]*)</g)]
        .map(([, text]) => text)
        .join('\n')
        .split('Ways to run')[0] ?? '';

function commit(): void {
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgSign=false', 'commit', '-qm', 'First');
}

describe('a comparison with a commit', () => {
    beforeEach(() => {
        write('base.strata', base);
        write('main.strata', main);
    });

    test('shows allocation, walls and expectations before and after', async () => {
        commit();
        write('main.strata', main.replace('memory 2 GiB', 'memory 4 GiB').replaceAll(/container \w+ \{/g, '$& runtime kata '));
        const seen = words(await drawn('--git', 'HEAD'));
        expect(seen).toMatch(/Since HEAD\n1 expectation fails now, .*elements changed, .*wall/);
        expect(seen).toMatch(/a\.memory\.headroom &gt;= 40 %\nholds[\s\S]*fails/);
        expect(seen).toMatch(/Walls\nbefore\nafter\nbecause\na\.docker\.(?:db and a\.docker\.web|web and a\.docker\.db)\nnamespace\nkernel/);
        expect(seen).toMatch(/memory used\n2 GiB\n4\.\d+ GiB/);
    });

    test('reads imports of the commit from the commit', async () => {
        commit();
        write('base.strata', base.replace('8 GiB', '16 GiB'));
        expect(words(await drawn('--git', 'HEAD'))).toMatch(/memory capacity\n8 GiB\n16 GiB/);
    });

    test('says of a text that nobody has changed that it is the same', async () => {
        commit();
        expect(words(await drawn('--git', 'HEAD'))).toContain('Since HEAD\nNo difference');
    });

    test('is not in a picture that nobody asked to have it', async () => {
        commit();
        expect(words(await drawn())).not.toContain('Since');
    });

    test('says of a new file that it is new', async () => {
        write('other.txt', '');
        rmSync(join(folder, 'main.strata'));
        commit();
        write('main.strata', main);
        expect(words(await drawn('--git', 'HEAD'))).toContain('nothing is known\nHEAD has no such file: it is new');
    });

    test('says of a commit whose text is broken that nothing came of it', async () => {
        write('main.strata', 'host {{{');
        commit();
        write('main.strata', main);
        expect(words(await drawn('--git', 'HEAD'))).toContain('what HEAD has can&#39;t be understood or simulated');
    });

    test('is refused where there is no git repository, or no such commit', async () => {
        expect(await drawn('--git', 'HEAD')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('not a git repository') });
        commit();
        expect(await drawn('--git', 'nowhere')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('git knows no commit nowhere') });
    });
});

describe('what was committed', () => {
    test('is simulated once for as long as the commit says the same', async () => {
        let text = 'host a { cpu 4 cores  memory 8 GiB  os debian }';
        const { of } = committedTopologies('HEAD', async () => ({ kind: 'text', text }));
        const first = await of('file:///main.strata');
        expect(await of('file:///main.strata')).toBe(first);
        text = text.replace('8 GiB', '16 GiB');
        expect(await of('file:///main.strata')).not.toBe(first);
    });

    test('may lead round in a circle of imports, and to files that are not there', async () => {
        const texts: Readonly<Record<string, string>> = { 'file:///a.strata': 'import "b.strata"', 'file:///b.strata': 'import "a.strata"\nimport "c.strata"' };
        const { of } = committedTopologies('HEAD', async (uri) => (texts[uri] === undefined ? unreadable(noSuchFile) : { kind: 'text', text: texts[uri] }));
        expect(await of('file:///a.strata')).toMatchObject({ kind: 'known', name: 'HEAD' });
    });

    test('is unknown with the reason that its reader gives', async () => {
        const { of } = committedTopologies('HEAD', async () => unreadable('nobody trusts this'));
        expect(await of('file:///a.strata')).toEqual({ kind: 'unknown', because: 'nobody trusts this' });
    });
});
