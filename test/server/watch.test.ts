/** `strata watch`: findings anew after each change, of files that come and go, until it is interrupted. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url));
const good = 'import "base.strata"\nhost a extends box\n';
const base = 'template box for host { cpu 4  memory 8 GiB  os debian }\n';

let folder: string;
let running: ChildProcessByStdio<null, Readable, Readable> | undefined;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-watch-'));
    write('main.strata', good);
    write('base.strata', base);
});
afterEach(() => {
    running?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

interface Watching {
    /** The next answer: all that is printed up to the line that ends a check, or a complaint. */
    readonly next: () => Promise<string>;
    readonly complaint: (words: string) => Promise<void>;
    readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

function watching(...given: readonly string[]): Watching {
    const program = spawn(process.execPath, [main, 'watch', ...given], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    running = program;
    let output = '';
    let complaints = '';
    program.stdout.on('data', (chunk) => {
        output += chunk;
    });
    program.stderr.on('data', (chunk) => {
        complaints += chunk;
    });
    return {
        next: async () => {
            await expect.poll(() => /watching \d+ files?\n/.test(output), { timeout: 25_000 }).toBe(true);
            const [whole = ''] = /^[\s\S]*?watching \d+ files?\n/.exec(output) ?? [];
            output = output.slice(whole.length);
            return whole;
        },
        complaint: async (words) => {
            await expect.poll(() => complaints, { timeout: 25_000 }).toContain(words);
        },
        end: async (signal) => {
            program.kill(signal);
            const [code] = await once(program, 'exit');
            return code;
        },
    };
}

test('checks again after a change of a file or of what it imports, and ends with the last exit code', async () => {
    const watch = watching('main.strata');
    expect(await watch.next()).toBe('strata: 0 errors, 0 warnings; watching 2 files\n');
    write('base.strata', base.replace('8 GiB', '8 Gib'));
    expect(await watch.next()).toMatch(/^base\.strata:1:\d+: error unknown-unit: .*\nstrata: 1 error, /);
    write('main.strata', 'host a { cpu 4  memory 8 GiB  os debian }\n');
    expect(await watch.next()).toBe('strata: 0 errors, 0 warnings; watching 1 file\n');
    write('main.strata', 'host a { cpu 4  memory 8 Gib }\n');
    expect(await watch.next()).toContain('strata: 1 error');
    expect(await watch.end('SIGINT')).toBe(1);
});

test('outlives a file that is gone, renamed, or a folder for a while', async () => {
    const watch = watching('main.strata', '--clear');
    expect(await watch.next()).toContain('\u001b[2J');
    renameSync(join(folder, 'main.strata'), join(folder, 'other.strata'));
    await watch.complaint('strata: main.strata: no such file');
    await watch.next();
    mkdirSync(join(folder, 'main.strata'));
    await watch.complaint('strata: main.strata: it is a directory');
    await watch.next();
    rmSync(join(folder, 'main.strata'), { recursive: true });
    await watch.next();
    renameSync(join(folder, 'other.strata'), join(folder, 'main.strata'));
    expect(await watch.next()).toContain('strata: 0 errors, 0 warnings; watching 2 files\n');
    unlinkSync(join(folder, 'base.strata'));
    expect(await watch.next()).toContain('error import-missing');
    write('base.strata', base);
    expect(await watch.next()).toContain('strata: 0 errors');
    expect(await watch.end('SIGTERM')).toBe(0);
});

test('waits for a file that is not there yet, and says with its exit code that it never came', async () => {
    const watch = watching('later.strata');
    await watch.complaint('strata: later.strata: no such file');
    expect(await watch.end('SIGINT')).toBe(2);
});
