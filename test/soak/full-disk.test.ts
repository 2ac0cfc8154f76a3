/** A disk without room: the command says so and fails, and what was there before stays whole. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../helpers/repository.ts';

const home = mkdtempSync(join(tmpdir(), 'strata-full-'));
/** A file system of four pages, where it may be made; it needs the rights of root. */
const tiny = join(home, 'tiny');
mkdirSync(tiny);
const hasTiny = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', tiny], { stdio: 'ignore' }).status === 0;
afterAll(() => {
    if (hasTiny) {
        spawnSync('umount', [tiny], { stdio: 'ignore' });
    }
    rmSync(home, { recursive: true, force: true });
});

function strata(given: readonly string[], stdout: 'pipe' | number = 'pipe') {
    const program = join(root, 'server', 'cli', 'main.ts');
    return spawnSync(process.execPath, [program, ...given], { cwd: root, encoding: 'utf8', stdio: ['ignore', stdout, 'pipe'] });
}

describe.skipIf(!existsSync('/dev/full'))('where nothing can be written (the system has a device for that)', { timeout: 120_000 }, () => {
    test.each([
        ['check', 'test/vscode/workspace/broken.strata'],
        ['simulate', 'examples/shop.strata', '--json'],
        ['render', 'examples/shop.strata'],
    ])('strata %s > FILE says so', (...given) => {
        const { status, stderr } = strata(given, openSync('/dev/full', 'w'));
        expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^strata: .*no space left on device.*\n$/) });
    });

    test('strata render -o FILE says so', () => {
        const { status, stderr } = strata(['render', 'examples/shop.strata', '-o', '/dev/full']);
        expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^strata: \/dev\/full.*no space left on device.*\n$/) });
    });
});

describe.skipIf(!hasTiny)('on a file system that is full (made by root)', { timeout: 120_000 }, () => {
    test('strata format leaves the file as it was, and nothing beside it', () => {
        const file = join(tiny, 'a.strata');
        const text = readFileSync(join(root, 'examples', 'shop.strata'), 'utf8').replaceAll('\n  ', '\n        ');
        writeFileSync(file, text);
        expect(() => writeFileSync(join(tiny, 'fill'), Buffer.alloc(64 * 1024))).toThrow();
        const { status, stderr, stdout } = strata(['format', file]);
        expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('no space left on device') });
        expect(readFileSync(file, 'utf8')).toBe(text);
        expect(readdirSync(tiny).toSorted()).toEqual(['a.strata', 'fill']);
    });
});
