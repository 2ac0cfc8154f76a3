/** Every block of code in the documentation works: topologies stand up to the checks, commands run, data parses. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { simulate } from '#simulation/simulate.ts';
import { strataIn } from '../helpers/command-line.ts';
import { type Block, blocks, documents } from '../helpers/document-blocks.ts';
import { read, root } from '../helpers/repository.ts';
import { lowerText } from '../helpers/strata.ts';

/** What is done with a block, by the language that its fence names; a language that is not here fails. */
const judges: Readonly<Record<string, (block: Block) => void | Promise<void>>> = {
    strata: judgeTopology,
    sh: runCommands,
    json: ({ text }) => void JSON.parse(text),
    // Comments say what stands there; a string never holds two slashes before a blank.
    jsonc: ({ text }) => void JSON.parse(text.replaceAll(/\/\/ .*$/gm, '')),
    yaml: ({ text }) => expect(parseYaml(text)).toBeTypeOf('object'),
    xml: judgeXml,
    // Proxmox's own format, whose grammar is only in its reader: the block that follows shows what is read.
    ini: ({ text }) => expect(text).toMatch(/^\w+: /m),
    // The configuration of Neovim is run by test/editors/neovim.test.ts, where Neovim is.
    lua: ({ document }) => expect(document).toBe('docs/editor.md'),
    // What a program prints, or a sketch: nothing to run.
    text: () => undefined,
};

/** Commands that end only when they are told to: their own tests run them. */
const endless = ['language-server', 'mcp', 'preview', 'watch'];

/** Programs of other makers, which stand on the machines that their output is about. */
const elsewhere = ['docker', 'kubectl', 'pct', 'qm', 'scp', 'ssh', 'virsh'];

/** A folder as the reader of the page has it: the examples, and the files that the page's own blocks are. */
const homes = new Map<string, string>();
afterAll(() => {
    for (const home of homes.values()) {
        rmSync(home, { recursive: true, force: true });
    }
});

test('every page is looked at, and the README has a first topology', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/getting-started.md', 'docs/troubleshooting.md']));
    expect(blocks.filter(({ document, language }) => document === 'README.md' && language === 'strata')).toHaveLength(1);
});

describe.each(blocks)('$place', { timeout: 120_000 }, (block) => {
    test(`holds as ${block.language}`, async () => {
        expect(Object.keys(judges), `the language of the block at ${block.place}`).toContain(block.language);
        await judges[block.language]?.(block);
    });
});

/** A block marked as `fragment` is what stands in a host. */
function judgeTopology({ text, note }: Block): void {
    const topology = note === 'fragment' ? `host server {\n  cpu 16 cores\n  memory 64 GiB\n  disk ssd { size 1 TB }\n  os debian\n${text}}\n` : text;
    const lowered = lowerText(topology);
    // Hints and warnings may be what a page is about.
    expect(lowered.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
    const { findings } = simulate(lowered.topology);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
}

function judgeXml({ text }: Block): void {
    const parser = new SaxesParser();
    parser.on('error', (error) => expect(error.message).toBe(''));
    parser.write(text).close();
}

/** Line by line, as a reader types them; comments say what for. */
async function runCommands({ document, text }: Block): Promise<void> {
    for (const line of text.split('\n').map((each) => each.replace(/(^|\s+)# .*$/, '').trim())) {
        const commands = line.split(/ && | \| /).map((command) => command.trim().split(/\s+/));
        // What another program was to give is not there.
        const isWhole = commands.every(([program = '']) => !elsewhere.includes(program));
        for (const words of commands) {
            const [program = '', ...given] = words[0] === 'npx' ? words.slice(1) : words;
            if (program === 'strata') {
                await runStrata(isWhole ? given : [given[0] ?? '', '--help'], homeOf(document));
            } else if (program !== '') {
                expect(elsewhere.includes(program) || isOurs(words), `\`${line}\` is a command that the tests know to be there`).toBe(true);
            }
        }
    }
}

/** Findings are an answer; that it could not do its work is none. */
async function runStrata(given: readonly string[], home: string): Promise<void> {
    const [command = ''] = given;
    const redirected = given.indexOf('>');
    const plain = redirected < 0 ? given : given.slice(0, redirected);
    const { status, stderr } = await strataIn(home, endless.includes(command) ? [...plain, '--help'] : plain);
    expect({ given: given.join(' '), stderr: status === 2 ? stderr : '' }).toEqual({ given: given.join(' '), stderr: '' });
}

/** A script of the project, or a tool that every machine with Node or VS Code has. */
function isOurs([program, ...given]: readonly string[]): boolean {
    const [first = '', second = ''] = given;
    switch (program) {
        case 'npm':
            return ['ci', 'start', 'test'].includes(first) || (first === 'run' && second in JSON.parse(read('package.json')).scripts);
        case 'code':
            return first === '--install-extension';
        case 'cd':
            return true;
        default:
            return false;
    }
}

function homeOf(document: string): string {
    const known = homes.get(document);
    if (known !== undefined) {
        return known;
    }
    const home = mkdtempSync(join(tmpdir(), 'strata-docs-'));
    homes.set(document, home);
    cpSync(join(root, 'examples'), join(home, 'examples'), { recursive: true });
    for (const { note, text } of blocks.filter((block) => block.document === document)) {
        const [file] = /[\w./-]+\.\w+$/.exec(note) ?? [];
        if (file !== undefined) {
            mkdirSync(dirname(join(home, file)), { recursive: true });
            writeFileSync(join(home, file), text);
        }
    }
    expect(existsSync(join(home, 'examples', 'shop.strata'))).toBe(true);
    // Some commands compare with what was committed.
    const author = ['-c', 'user.name=Reader', '-c', 'user.email=reader@example.invalid'];
    for (const given of [
        ['init', '--quiet'],
        ['add', '--all'],
        [...author, 'commit', '--quiet', '--message', 'First'],
    ]) {
        execFileSync('git', given, { cwd: home });
    }
    return home;
}
