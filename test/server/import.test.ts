/** `strata import` on files of the disk: where text and report go, what is refused, and that nothing outside of a project is read; and the same for an editor. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importers } from '#language/import/importers.ts';
import { features } from '#server/features/features.ts';
import { importing } from '#server/import/importing.ts';
import { type ImportAnswer, importFormatsRequest, importRequest } from '#server/protocol.ts';
import { strataIn } from '../helpers/command-line.ts';
import { connectEditor, serveHere } from './language-client.ts';

let folder: string;
const file = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
};
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-import-'));
    file('shop/compose.yaml', 'services: { web: { image: nginx, command: serve } }');
    file('shop/compose.override.yaml', 'services: { web: { cpus: 2 } }');
    file('wiki/docker-compose.yml', 'services: { web: { image: wiki } }');
    file('empty/readme.txt', 'nothing');
    file('wrong.yaml', 'services:\n  web: { imgae: nginx }\n');
    file('secret.yaml', 'services: { web: { image: secret } }');
    file('project/out.yaml', 'include: [link.yaml]');
    file('project/up.yaml', 'include: [../secret.yaml]');
    file('project/far.yaml', `include: ['${join(folder, 'secret.yaml')}']`);
    file('project/named.yaml', 'services: { web: { cpus: 1 } }');
    symlinkSync(join(folder, 'secret.yaml'), join(folder, 'project/link.yaml'));
    file('utf16.yaml', Buffer.from('\ufeffservices: {}', 'utf16le'));
    file('bom.yaml', '\ufeffservices: { web: { image: nginx } }');
    file('binary.yaml', Uint8Array.from([115, 0, 255]));
    file('huge.yaml', '');
    truncateSync(join(folder, 'huge.yaml'), 100_000_000);
});
afterAll(() => rmSync(folder, { recursive: true }));

const strata = (...given: readonly string[]) => strataIn(folder, ['import', ...given]);

describe('the command line', () => {
    test('writes the text to standard output, and the report to standard error', async () => {
        const { status, stdout, stderr } = await strata('compose', 'shop/compose.yaml');
        expect(status).toBe(0);
        expect(stdout).toContain('container web { image "nginx" }');
        expect(stderr).toContain('shop/compose.yaml:1:34: info not-carried-over: services.web.command: command. ');
    });

    test('with a file for the text, writes the report to standard output', async () => {
        const { status, stdout } = await strata('compose', 'shop/compose.yaml', '-o', 'shop.strata', '--report', 'json');
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({
            format: 1,
            importer: 'compose',
            imported: true,
            errors: [],
            report: [{ file: 'shop/compose.yaml', line: 1, column: 34, path: 'services.web.command', what: 'command', why: 'not-carried-over' }],
        });
        expect((await strataIn(folder, ['check', 'shop.strata'])).stdout).toMatch(/^shop.strata:\d+:\d+: hint size-unknown: /);
    });

    test('takes a folder for a project, with its override, and puts several on one host', async () => {
        const { stdout } = await strata('compose', 'shop', 'wiki');
        expect(stdout).toContain('container shop-web { image "nginx"  cpu limit 2 cores }');
        expect(stdout).toContain('container wiki-web { image "wiki" }');
        expect(stdout.match(/^host /gm)).toHaveLength(1);
    });

    test('refuses what is wrong with place, reason and remedy, and writes nothing', async () => {
        const { status, stdout, stderr } = await strata('compose', 'wrong.yaml');
        expect(status).toBe(1);
        expect(stdout).toBe('');
        expect(stderr).toContain('wrong.yaml:2:10: error compose-key: services.web.imgae: There is no "imgae" here. Did you mean image?');
    });

    test.each([
        ['a folder without such files', 'empty', 'strata: empty: there is no file of Docker Compose in this folder'],
        ['a file that is not there', 'nowhere.yaml', 'nowhere.yaml can not be read: no such file'],
        ['UTF-16', 'utf16.yaml', 'it is UTF-16; save it as UTF-8'],
        ['a binary file', 'binary.yaml', 'it is a binary file, not text'],
        ['a file of 100 MB', 'huge.yaml', 'it is larger than 1 MiB'],
        ['a link that leads out of the project', 'project/out.yaml', 'link.yaml can not be read: it lies outside the folder of the project'],
        ['a path that leads out of the project', 'project/up.yaml', '../secret.yaml can not be read: it lies outside the folder of the project'],
        ['an absolute path out of the project', 'project/far.yaml', 'secret.yaml can not be read: it lies outside the folder of the project'],
    ])('refuses %s', async (_, name, because) => {
        const { status, stderr } = await strata('compose', name);
        expect(status).toBeGreaterThan(0);
        expect(stderr).toContain(because);
    });

    test('reads what was named, wherever it lies, and a byte order mark is none of the text', async () => {
        expect((await strata('compose', 'project/named.yaml', 'secret.yaml')).stdout).toContain('image "secret"');
        expect((await strata('compose', 'bom.yaml')).status).toBe(0);
    });

    test('knows no other format', async () => {
        const { status, stderr } = await strata('terraform', 'shop');
        expect(status).toBe(2);
        expect(stderr).toContain(importers.map(({ name }) => name).join(', '));
    });
});

test('an editor is told the formats, and imports by URI', async () => {
    const editor = await connectEditor(serveHere({ features: [...features, importing] }));
    try {
        const formats = await editor.request(importFormatsRequest, {});
        expect(formats).toContainEqual({ name: 'compose', title: 'Docker Compose', needsFiles: true });
        expect(formats).toContainEqual({ name: 'this-machine', title: 'this machine', needsFiles: false });
        const uri = (name: string) => pathToFileURL(join(folder, name)).toString();
        const imported = await editor.request<ImportAnswer>(importRequest, { format: 'compose', uris: [uri('shop/compose.yaml')] });
        expect(imported.text).toContain('container web { image "nginx" }');
        expect(imported.report.at(-1)).toBe('1 place is not as in the source.');
        const refused = await editor.request<ImportAnswer>(importRequest, { format: 'compose', uris: [uri('wrong.yaml')] });
        expect(refused.text).toBeUndefined();
        expect(refused.report[0]).toContain('There is no "imgae" here');
        expect(await editor.request<ImportAnswer>(importRequest, { format: 'compose', uris: ['untitled:a'] })).toEqual({
            report: ['Only files on the disk of the language server can be imported.'],
        });
        const here = await editor.request<ImportAnswer>(importRequest, { format: 'this-machine', uris: [] });
        expect(here.text).toMatch(/\nhost \S+ \{\n {2}cpu \d/);
    } finally {
        await editor.shutdown();
    }
});
