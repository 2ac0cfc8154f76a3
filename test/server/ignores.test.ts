/** What a comment ignores is gone in the editor and on the command line alike. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyseFiles } from '#server/analyse-files.ts';
import { openEditor } from './language-client.ts';

const host = (comment: string): string => `host a {\n  cpu 1 core\n  memory 1 GiB${comment}\n  os debian\n  process p { cpu 0.5 cores  memory 2 GiB }\n}\n`;

async function inEditor(text: string): Promise<readonly unknown[]> {
    const editor = await openEditor();
    const found = await editor.diagnostics(editor.open('ignored.strata', text));
    await editor.shutdown();
    return found.map(({ code }) => code);
}

async function onCommandLine(text: string): Promise<readonly string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'strata-ignores-'));
    writeFileSync(join(folder, 'ignored.strata'), text);
    const analysed = await analyseFiles(['ignored.strata'], folder);
    rmSync(folder, { recursive: true });
    return analysed.kind === 'analysed' ? analysed.topologies.flatMap(({ analysis }) => analysis.findings.map(({ code }) => code)) : ['unreadable'];
}

test.each([
    ['nothing', '', ['memory-capacity']],
    ['the finding of its line', ' // strata-ignore memory-capacity it is a test', []],
    ['no other', ' // strata-ignore cpu-throttled', ['memory-capacity', 'unused-ignore']],
    ['nothing with a word that is no code', ' // strata-ignore memory-capacitty', ['memory-capacity', 'unknown-ignore']],
    ['nothing without a code', ' // strata-ignore', ['memory-capacity', 'unknown-ignore']],
    ['nothing of the next line, behind a statement', '\n  arch amd64 // strata-ignore memory-capacity', ['memory-capacity', 'unused-ignore']],
])('ignores %s', async (_, comment, codes) => {
    const text = host(comment);
    expect([...(await inEditor(text))].sort()).toEqual([...codes].sort());
    expect([...(await onCommandLine(text))].sort()).toEqual([...codes].sort());
});

test('a comment is for one line of one file only', async () => {
    const twice = `${host(' // strata-ignore memory-capacity')}${host('').replace('host a', 'host b')}`;
    expect(await onCommandLine(twice)).toEqual(['memory-capacity']);
});
