/** `strata render`: where the picture goes, and with which exit code. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '#server/cli/run-command-line.ts';
import { createTerminal } from '#server/cli/terminal.ts';

const good = 'host rack { cpu 4 cores  memory 8 GiB  os debian  engine docker { container web { process p { cpu 1 cores  memory 2 GiB } } } }\n';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-render-'));
    writeFileSync(join(folder, 'good.strata'), good);
    writeFileSync(join(folder, 'full.strata'), good.replace('memory 8 GiB', 'memory 1 GiB'));
    writeFileSync(join(folder, 'broken.strata'), `${good}host {{{ cpu`);
    writeFileSync(join(folder, 'empty.strata'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function render(...given: readonly string[]): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
    const [output, errors]: [string[], string[]] = [[], []];
    const into = (chunks: string[]): Writable =>
        new Writable({
            write: (chunk, _, done) => {
                chunks.push(String(chunk));
                done();
            },
        });
    const status = await runCommandLine(['render', ...given], createTerminal(into(output), into(errors), folder));
    return { status, stdout: output.join(''), stderr: errors.join('') };
}

describe('render', () => {
    test('prints the picture, the same bytes each time', async () => {
        const first = await render('good.strata');
        expect(first).toMatchObject({ status: 0, stderr: '' });
        expect(first.stdout).toMatch(/^<svg [\s\S]*>web<[\s\S]*<\/svg>\n$/);
        expect(await render('good.strata')).toEqual(first);
    });

    test('writes it to a file instead', async () => {
        expect(await render('good.strata', '-o', 'out.svg')).toEqual({ status: 0, stdout: '', stderr: '' });
        expect(readFileSync(join(folder, 'out.svg'), 'utf8')).toBe((await render('good.strata')).stdout);
    });

    test('draws CPU or memory, as wide as asked', async () => {
        const [memory, cpu] = [await render('good.strata'), await render('good.strata', '--resource', 'cpu', '--width', '700')];
        expect(memory.stdout).toContain('2.11 of 8 GiB');
        expect(cpu.stdout).toContain('1 of 4 cores');
        expect(cpu.stdout).toMatch(/^<svg [^>]* width="700"/);
    });

    test('draws what is wrong, too, and says so with its exit code', async () => {
        const full = await render('full.strata');
        expect(full.status).toBe(1);
        expect(full.stdout).toContain('class="box over"');
        expect((await render('broken.strata')).status).toBe(1);
        expect((await render('empty.strata')).stdout).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    });

    test.each([
        [['missing.strata'], /missing\.strata: no such file/],
        [['good.strata', '--width', 'far'], /width/],
        [['good.strata', '--width', '5'], /width/],
        [['good.strata', '--resource', 'gold'], /resource/],
        [['good.strata', '-o', join('nowhere', 'out.svg')], /cannot be written/],
    ])('cannot work with %j', async (given, reason) => {
        const { status, stdout, stderr } = await render(...given);
        expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
        expect(stderr).toMatch(reason);
        expect(stderr.trimEnd()).not.toContain('\n');
        expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    });
});
