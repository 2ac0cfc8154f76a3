/** The page of the command line is true: its examples print what it says, and it leaves out no command and no option. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, strataIn } from '../helpers/command-line.ts';
import { read } from '../helpers/repository.ts';

const page = read('docs/command-line.md');
const sections = new Map(page.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section] as const));
const examples = [...sections].flatMap(([title, text]) => [...text.matchAll(/^```text\n(\$ [\s\S]*?)^```$/gm)].map(([, example = '']) => ({ title, example })));

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-page-'));
    for (const [, name = '', text = ''] of page.matchAll(/^`([\w.-]+)`[^\n]*:\n\n```\w*\n([\s\S]*?)^```$/gm)) {
        writeFileSync(join(folder, name), text);
    }
});
afterAll(() => rmSync(folder, { recursive: true }));

const strata = (...given: readonly string[]): Promise<Outcome> => strataIn(folder, given);

test('the page has examples', () => {
    expect(examples.length).toBeGreaterThan(6);
});

describe.each(examples)('$title', ({ example }) => {
    test('prints what its example says', async () => {
        let last: Outcome = { status: 0, stdout: '', stderr: '' };
        for (const [, command = '', expected = ''] of example.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
            last = command === 'echo $?' ? { ...last, stdout: `${last.status}\n`, stderr: '' } : await strata(...command.replace(/^strata /, '').split(' '));
            expect(`${command}\n${last.stdout + last.stderr}`).toMatch(patternOf(`${command}\n${expected}`));
        }
    });
});

/** `…` stands for the rest of a line, alone on a line for any number of them. */
function patternOf(text: string): RegExp {
    const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${escaped.replaceAll(/^…$\n/gm, '[\\s\\S]*').replaceAll('…', '[^\\n]*')}$`);
}

test('no command is left out, and no option of any', async () => {
    const { stdout } = await strata('--help');
    const commands = [...(stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z-]+) /gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((name) => !sections.has(`strata ${name}`))).toEqual([]);
    for (const name of commands) {
        const help = await strata(name, '--help');
        expect({ status: help.status, stderr: help.stderr }).toEqual({ status: 0, stderr: '' });
        const options = [...help.stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option).filter((option) => option !== '--help');
        expect([name, options.filter((option) => sections.get(`strata ${name}`)?.includes(option) !== true)]).toEqual([name, []]);
    }
});

test('the version is that of the manifest', async () => {
    expect(await strata('--version')).toEqual({ status: 0, stdout: `${JSON.parse(read('package.json')).version}\n`, stderr: '' });
});
