/** Texts that want to be markup, commands or links stay text, in whatever answers with Markdown and in whatever is printed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { strataIn } from '../helpers/command-line.ts';
import { files, read } from '../helpers/repository.ts';
import { recordFeatures } from '../server/conformance/recorded-features.ts';
import { wellFormed } from '../server/conformance/request-maker.ts';
import { connectEditor, serveHere } from '../server/language-client.ts';

const home = mkdtempSync(join(tmpdir(), 'strata-hostile-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const attacks = [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '[click](command:workbench.action.quit)',
    '![](https://evil.example/x.png)',
    '\u001b]0;evil\u0007\u001b[2J',
];
/** Wherever the language takes words that somebody chose: comments, references, labels, reasons, names of files. */
const text = attacks
    .map(
        (attack, index) => `/** ${attack} */
host h${index} {
  cpu 2 cores
  memory 1 GiB
  os debian // strata-ignore no-such-code ${attack}
  engine docker {
    container c {
      image ${JSON.stringify(attack).replaceAll('\\u001b', '').replaceAll('\\u0007', '')}
      process p { cpu 8 cores  memory 9 GiB }
    }
  }
}
`,
    )
    .join('');

/** What is left of Markdown when code is taken out, where nothing has a meaning. */
function prose(markdown: string): string {
    return markdown.replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
}

function* markdownIn(value: unknown): Generator<string> {
    if (typeof value === 'object' && value !== null) {
        if ('kind' in value && value.kind === 'markdown' && 'value' in value) {
            yield String(value.value);
        }
        for (const part of Object.values(value)) {
            yield* markdownIn(part);
        }
    }
}

test('no answer of the server has markup, a command or an address in it that a text brought along', { timeout: 120_000 }, async () => {
    const { features, methods } = recordFeatures();
    const editor = await connectEditor(serveHere({ features }), { ability: 'asks for findings' });
    const uri = editor.open('hostile.strata', text);
    let looked = 0;
    for (const [line, { length }] of text.split('\n').entries()) {
        for (const character of [2, 6, 10, 16].filter((each) => each <= length)) {
            for (const method of methods.filter((each) => each.startsWith('textDocument/'))) {
                const answer: unknown = await editor
                    .request(
                        method,
                        wellFormed({ uri, text }, { line, character }, () => 0.3),
                    )
                    .catch(() => null);
                for (const markdown of markdownIn(answer)) {
                    looked += 1;
                    expect(prose(markdown), `${method} at ${line}:${character}`).not.toMatch(/<img|<script|\]\(command:|\]\(https:\/\/evil/);
                }
                expect(JSON.stringify(answer) ?? '', method).not.toContain('"command":"workbench.');
            }
        }
    }
    expect(looked).toBeGreaterThan(10);
    await editor.shutdown();
});

describe('the command line', () => {
    const file = join(home, 'hostile.strata');
    writeFileSync(file, text);

    test.each([
        ['check', 'hostile.strata'],
        ['check', '--format', 'github', 'hostile.strata'],
        ['check', '--format', 'sarif', 'hostile.strata'],
        ['simulate', 'hostile.strata'],
        ['compare', 'hostile.strata', 'h0.docker.c'],
        ['render', 'hostile.strata'],
    ])('prints with %s nothing that a terminal obeys', async (...given) => {
        const { stdout, stderr } = await strataIn(home, given);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
        expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
    });

    test('draws no element that a text brought along', async () => {
        const { stdout } = await strataIn(home, ['render', 'hostile.strata']);
        expect(stdout).toContain('<svg');
        expect(stdout).not.toMatch(/<(img|script)|href=/);
    });
});

test('the extension trusts no Markdown, and runs no command that a message names', () => {
    const sources = files.filter((file) => file.startsWith('client/')).map((file) => ({ file, source: read(file) }));
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter(({ source }) => /isTrusted = true|isTrusted: true|supportHtml|enableCommandUris/.test(source)).map(({ file }) => file)).toEqual([]);
    const run = sources.flatMap(({ source }) => [...source.matchAll(/executeCommand\(\s*([^,)]+)/g)].map(([, command = '']) => command.trim()));
    expect(run.length).toBeGreaterThan(0);
    expect(run.filter((command) => !/^'[\w.]+'$/.test(command))).toEqual([]);
});
