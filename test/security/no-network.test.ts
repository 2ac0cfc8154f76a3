/** Nothing is sent to another machine: every command and every request works where each way to one is refused. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { entries, root } from '../helpers/repository.ts';
import { spawnServer } from '../server/language-client.ts';

const home = mkdtempSync(join(tmpdir(), 'strata-no-network-'));
const log = join(home, 'tried.log');
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => rmSync(log, { force: true }));

const refusing = ['--import', join(root, 'test', 'security', 'refuse-network.ts')];
const tried = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');

function node(given: readonly string[]): { readonly status: number | null; readonly stderr: string } {
    const { status, stderr } = spawnSync(process.execPath, [...refusing, ...given], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, STRATA_NETWORK_LOG: log },
    });
    return { status, stderr };
}

describe('the refusal itself', { timeout: 120_000 }, () => {
    // TEST-NET-1 of RFC 5737: nobody's address.
    test.each([
        ['fetch', `await fetch('http://192.0.2.1/')`],
        ['a socket', `(await import('node:net')).connect(80, '192.0.2.1')`],
        ['a name', `(await import('node:dns')).lookup('example.invalid', () => undefined)`],
        ['a datagram', `(await import('node:dgram')).createSocket('udp4')`],
    ])('catches %s', (_, script) => {
        expect(node(['--input-type=module', '--eval', script]).status).not.toBe(0);
        expect(tried()).not.toBe('');
    });
});

test.each([
    ['check', 'examples/shop.strata'],
    ['simulate', 'examples/shop.strata', '--json'],
    ['compare', 'examples/shop.strata', 'web'],
    ['render', 'examples/shop.strata'],
    ['format', '--check', 'examples/shop.strata'],
])('strata %s asks nobody', { timeout: 120_000 }, (...given) => {
    expect(node(['server/cli/main.ts', ...given])).toEqual({ status: 0, stderr: '' });
    expect(tried()).toBe('');
});

test('a language server asks nobody, whatever it is asked', { timeout: 120_000 }, async () => {
    process.env['STRATA_NETWORK_LOG'] = log;
    const editor = await spawnServer([...refusing, 'server/cli/main.ts', 'language-server', '--stdio']);
    for (const example of entries('examples/')) {
        const uri = editor.open(example, readFileSync(join(root, 'examples', example), 'utf8'));
        await editor.diagnostics(uri);
        await editor.request('strata/view', { uri, view: 'strata', options: { resource: 'cpu', width: 800 } });
        await editor.request('textDocument/hover', { textDocument: { uri }, position: { line: 8, character: 7 } });
    }
    expect(await editor.shutdown()).toBe(0);
    expect(tried()).toBe('');
});
