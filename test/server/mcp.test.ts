/** `strata mcp`, driven by the protocol's own client over standard input and output. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importers } from '#language/import/importers.ts';
import { strataIn } from '../helpers/command-line.ts';

const main = fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url));
const text = `host a {
  cpu 4 cores
  memory 1 GiB
  os debian
  engine docker {
    container web[2] { image nginx  memory limit 256 MiB  process nginx { threads 1  cpu 0.5 cores  memory 100 MiB } }
    container db { image postgres  process server { threads 1  cpu 0.5 cores  memory 2 GiB } }
  }
}
expect a.memory.headroom >= 10 %
`;

/** Milliseconds for a program to start where others run too. */
const programStarts = 60_000;

let outside: string;
let client: Client;
beforeAll(async () => {
    outside = mkdtempSync(join(tmpdir(), 'strata-mcp-'));
    const folder = join(outside, 'inside');
    mkdirSync(folder);
    writeFileSync(join(outside, 'secret.strata'), 'host secret { cpu 1 }\n');
    writeFileSync(join(outside, 'compose.yaml'), 'services: { secret: { image: nginx } }\n');
    writeFileSync(join(folder, 'rack.strata'), text);
    writeFileSync(join(folder, 'spy.strata'), 'import "../secret.strata"\n');
    writeFileSync(join(folder, 'compose.yaml'), 'services: { web: { image: nginx, mem_limit: 256m } }\n');
    symlinkSync(join(outside, 'secret.strata'), join(folder, 'link.strata'));
    client = new Client({ name: 'test', version: '1' });
    await client.connect(
        new StdioClientTransport({
            command: process.execPath,
            args: [main, 'mcp'],
            cwd: folder,
            env: { STRATA_SECRET: 'hidden', PATH: process.env['PATH'] ?? '' },
            stderr: 'ignore',
        }),
    );
}, programStarts);
afterAll(async () => {
    await client.close();
    rmSync(outside, { recursive: true });
});

interface Answered {
    readonly isError: boolean;
    readonly said: string;
    // biome-ignore lint/suspicious/noExplicitAny: what a tool answers is held against its schema by the client.
    readonly data: any;
}

async function call(name: string, given: Record<string, unknown>): Promise<Answered> {
    const answer = await client.callTool({ name, arguments: given });
    const [first] = answer.content as readonly { readonly type: string; readonly text?: string }[];
    return { isError: answer.isError === true, said: first?.text ?? '', data: answer.structuredContent };
}

describe('the tools', () => {
    test('are five, read-only, and say what goes in and comes out', async () => {
        const { tools } = await client.listTools();
        expect(tools.map(({ name }) => name)).toEqual(['check', 'simulate', 'compare', 'explain', 'import']);
        const schemas = new Ajv2020({ strict: false });
        for (const { annotations, description, inputSchema, outputSchema } of tools) {
            expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
            expect(description?.length).toBeGreaterThan(60);
            for (const schema of [inputSchema, outputSchema]) {
                expect(schemas.validateSchema({ ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema' })).toBe(true);
                expect(schema).toMatchObject({ type: 'object' });
            }
        }
    });

    test('say what is wrong, worst first, as the command line does', async () => {
        const { data, said } = await call('check', { file: 'rack.strata' });
        expect(data).toMatchObject({ ok: false, omitted: 0 });
        expect(data.findings[0].severity).toBe('error');
        expect(JSON.parse(said)).toEqual(data);
        const { stdout } = await strataIn(join(outside, 'inside'), ['check', '--format', 'json', 'rack.strata']);
        expect(data.counts).toEqual(JSON.parse(stdout).counts);
    });

    test('take a text in place of a file, and bound what they send', async () => {
        const { data } = await call('check', { text, limit: 1 });
        expect(data.findings).toHaveLength(1);
        expect(data.omitted).toBeGreaterThan(0);
        expect(data.findings[0].file).toBe('inline.strata');
    });

    test('say who gets what, by declaration', async () => {
        const { data } = await call('simulate', { file: 'rack.strata', select: 'web' });
        expect(data.elements).toMatchObject([{ path: 'a.docker.web', count: 2, memory: { used: expect.any(Number) } }, { path: 'a.docker.web.nginx' }]);
        expect(data.expectations).toMatchObject([{ holds: false }]);
        const { data: few } = await call('simulate', { text: 'host a[1000000000] { cpu 1  memory 1 GiB }\n' });
        expect(few.elements).toMatchObject([{ path: 'a', count: 1_000_000_000 }]);
    });

    test('compare the ways to run a workload', async () => {
        const { data } = await call('compare', { file: 'rack.strata', paths: ['web'] });
        expect(data.ways.map(({ way }: { readonly way: string }) => way)).toEqual(['bare', 'vms', 'containers', 'gvisor', 'kata', 'firecracker']);
    });

    test('explain a code, an element, and what stands between two', async () => {
        expect((await call('explain', { code: 'memory-capacity' })).data.markdown).toContain('must');
        expect((await call('explain', { file: 'rack.strata', path: 'db' })).data.markdown).toContain('2 GiB');
        expect((await call('explain', { file: 'rack.strata', path: 'web', other: 'db' })).data.markdown).toMatch(/weakest wall .* is \*\*namespace\*\*/);
    });

    test('import what stands in another format, without looking at the environment', async () => {
        const { data } = await call('import', { format: 'compose', files: ['compose.yaml'] });
        expect(data.text).toContain('container web');
        const inline = await call('import', { format: 'compose', text: 'services: { web: { image: "nginx:${STRATA_SECRET:-none}" } }\n' });
        expect(inline.data.text).toContain('nginx:none');
        expect(JSON.stringify(inline.data)).not.toContain('hidden');
        expect((await call('check', { text: data.text })).data).toMatchObject({ ok: true });
    });

    test.each(importers.map(({ name }) => name))('refuse a text that is no %s with place and reason', async (format) => {
        const { isError, data, said } = await call('import', { format, text: '{"<' });
        const [first] = data?.errors ?? [];
        expect(isError ? said : `${first?.file}:${first?.line}`).toMatch(/^[\w.]+:\d+$|several files; give "files"$/);
        expect(data?.text).toBeUndefined();
    });
});

describe('what can not be done', () => {
    test.each([
        ['check', { file: 'nowhere.strata' }, 'nowhere.strata: no such file'],
        ['check', { file: '.' }, '.: it is a directory'],
        ['check', {}, 'give either "file" or "text"'],
        ['check', { file: 'rack.strata', text }, 'give either "file" or "text"'],
        ['check', { file: '../secret.strata' }, 'it lies outside of what this server may read'],
        ['check', { file: 'link.strata' }, 'it lies outside of what this server may read'],
        ['simulate', { file: '/etc/passwd' }, 'it lies outside of what this server may read'],
        ['simulate', { file: 'rack.strata', select: 'nobody' }, 'nothing is called nobody'],
        ['compare', { file: 'rack.strata', paths: ['web..x'] }, 'is no path'],
        ['explain', { code: 'no-such-code' }, 'no finding has the code no-such-code'],
        ['explain', { path: 'web' }, 'give either "file" or "text"'],
        ['import', { format: 'compose', files: ['../compose.yaml'] }, 'it lies outside of what this server may read'],
        ['import', { format: 'compose', files: ['..'] }, 'it lies outside of what this server may read'],
        ['import', { format: 'this-machine' }, 'give either "files" or "text"'],
    ])('%s %j is an error of the tool, with its remedy', async (name, given, because) => {
        const { isError, said } = await call(name, given);
        expect({ isError, said: said.includes(because) ? because : said }).toEqual({ isError: true, said: because });
    });

    test('an import that leads out of the folder is a finding, and shows nothing of the file', async () => {
        const { data } = await call('check', { file: 'spy.strata' });
        expect(data.findings).toMatchObject([{ code: 'import-missing' }]);
        const { data: simulated } = await call('simulate', { file: 'spy.strata' });
        expect(simulated.elements).toEqual([]);
    });

    test('an answer that nobody can read is refused, with what makes it shorter', async () => {
        const many = Array.from({ length: 500 }, (_, number) => `host ${'h'.repeat(300)}${number} { cpu 1  memory 1 GiB }`).join('\n');
        expect(await call('simulate', { text: many, limit: 500 })).toMatchObject({ isError: true, said: expect.stringContaining('"limit"') });
        expect((await call('simulate', { text: many })).data.omitted.elements).toBe(450);
    });

    test('a folder that is not there is said before anything is served', async () => {
        expect(await strataIn(outside, ['mcp', '--root', 'nowhere'])).toEqual({ status: 2, stdout: '', stderr: 'strata: nowhere: no such folder\n' });
    });
});
