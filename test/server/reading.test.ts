/** What helps to read and to find one's way: meanings of names in colour, widening selections, links, signatures, types. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentLink, Location, Range, SelectionRange, SemanticTokens, SignatureHelp } from 'vscode-languageserver';
import { type Editor, openEditor, withCursor } from './language-client.ts';
import { textIn } from './text-edits.ts';

let editor: Editor;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

let opened = 0;
function open(text: string): string {
    opened += 1;
    return editor.open(`reading-${opened}.strata`, text);
}

const shop = `let room = 2 GiB
template small for vm { vcpus 2  memory room  os debian }
host memory {
  cpu 8
  memory 32 GiB
  os ubuntu
  hypervisor kvm {
    vm db extends small { engine docker { container postgres { image postgres  process server { cpu 1  memory 1 GiB } } } }
    vm web extends small { process server { cpu 1  memory 1 GiB } }
  }
}
expect boundary(postgres, web.server) >= kernel and memory.memory.headroom >= 0
`;

describe('semantic tokens', () => {
    /** Each token as an editor reads it: its text, type and modifiers. */
    async function tokens(text: string, range?: Range): Promise<readonly string[]> {
        const uri = open(text);
        const { legend } = editor.capabilities.semanticTokensProvider as { legend: { tokenTypes: string[]; tokenModifiers: string[] } };
        const method = range === undefined ? 'textDocument/semanticTokens/full' : 'textDocument/semanticTokens/range';
        const { data } = await editor.request<SemanticTokens>(method, { textDocument: { uri }, ...(range !== undefined && { range }) });
        const found: string[] = [];
        let [line, character] = [0, 0];
        for (let index = 0; index < data.length; index += 5) {
            const [lines = 0, characters = 0, length = 0, type = 0, bits = 0] = data.slice(index, index + 5);
            character = lines === 0 ? character + characters : characters;
            line += lines;
            const word = textIn(text, { start: { line, character }, end: { line, character: character + length } });
            const modifiers = legend.tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
            found.push([word, legend.tokenTypes[type], ...modifiers].join(' '));
        }
        return found;
    }

    test('tell what each name means, also where it is a keyword elsewhere', async () => {
        const found = await tokens(shop);
        expect(found.slice(0, 7)).toEqual([
            'room variable declaration readonly',
            'small class declaration',
            'room variable readonly',
            'debian type defaultLibrary',
            'memory variable declaration',
            'ubuntu type defaultLibrary',
            'kvm type defaultLibrary',
        ]);
        expect(found.slice(-7)).toEqual([
            'postgres variable',
            'web variable',
            'server variable',
            'kernel enumMember',
            'memory variable',
            'memory property',
            'headroom property',
        ]);
    });

    test('come for a range of lines', async () => {
        const line = { start: { line: 5, character: 0 }, end: { line: 5, character: 9 } };
        expect(await tokens(shop, line)).toEqual(['ubuntu type defaultLibrary']);
    });

    test('are there for every prefix of a text', async () => {
        for (let length = 0; length < shop.length; length += 11) {
            await tokens(shop.slice(0, length));
        }
        expect(editor.log).toEqual([]);
    });
});

describe('selection ranges', () => {
    async function widening(marked: string): Promise<readonly string[]> {
        const { text, position } = withCursor(marked);
        const uri = open(text);
        const [first] = await editor.request<readonly SelectionRange[]>('textDocument/selectionRange', { textDocument: { uri }, positions: [position] });
        const found: string[] = [];
        for (let next = first; next !== undefined; next = next.parent) {
            found.push(textIn(text, next.range));
        }
        return found;
    }

    test('widen from the word to the file', async () => {
        const text = 'host a {\n  cpu 4\n  engine docker { container web { memory limit 2<|>56 MiB } }\n}\n';
        expect((await widening(text)).map((part) => part.replaceAll(/\s+/g, ' '))).toEqual([
            '256 MiB',
            'memory limit 256 MiB',
            '{ memory limit 256 MiB }',
            'container web { memory limit 256 MiB }',
            '{ container web { memory limit 256 MiB } }',
            'engine docker { container web { memory limit 256 MiB } }',
            'cpu 4 engine docker { container web { memory limit 256 MiB } }',
            '{ cpu 4 engine docker { container web { memory limit 256 MiB } } }',
            'host a { cpu 4 engine docker { container web { memory limit 256 MiB } } }',
            'host a { cpu 4 engine docker { container web { memory limit 256 MiB } } } ',
        ]);
    });

    test.each(['<|>', 'host a {\n <|> \n', '// no<|>te\n', 'host a { cpu <|>'])('answer in %j', async (marked) => {
        expect((await widening(marked)).at(-1)).toBe(withCursor(marked).text);
    });
});

test('an import is a link to its file, a file that is missing none', async () => {
    const base = editor.open('linked.strata', 'let n = 1\n');
    const text = 'import "linked.strata"\nimport "nowhere.strata"\n';
    const uri = open(text);
    const links = await editor.request<readonly DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    expect(links.map(({ range, target }) => [textIn(text, range), target])).toEqual([['linked.strata', base]]);
});

describe('signature help', () => {
    async function help(marked: string): Promise<readonly [string, string] | undefined> {
        const { text, position } = withCursor(marked);
        const uri = open(text);
        const answer = await editor.request<SignatureHelp | null>('textDocument/signatureHelp', { textDocument: { uri }, position });
        const [signature] = answer?.signatures ?? [];
        const label = signature?.parameters?.[answer?.activeParameter ?? -1]?.label;
        return signature === undefined ? undefined : [signature.label, String(label ?? 'none')];
    }

    test.each([
        ['expect boundary(<|>', 'boundary(A, B)', 'A'],
        ['expect boundary(postgres, <|>', 'boundary(A, B)', 'B'],
        ['expect reaches(a[1], b.c, ker<|>)', 'reaches(A, B, WALL)', 'WALL'],
        ['expect at(30 s, max(web.cpu.granted)<|>', 'at(TIME, PATH.METRIC)', 'PATH.METRIC'],
        ['expect at(30 s, max(web.cpu.gr<|>', 'max(PATH.METRIC, …)', 'PATH.METRIC'],
        ['let a = max(1, (2 + 3), 4, <|>', 'max(PATH.METRIC, …)', '…'],
        ['expect survives(<|>)', 'survives(N hosts)', 'N hosts'],
    ])('in %s', async (marked, signature, parameter) => {
        expect(await help(marked)).toEqual([signature, parameter]);
    });

    test.each(['expect boundary(a, b) >= <|>', 'host a { cpu (2 <|>', 'expect <|>', '<|>', 'expect max(a\nhost b { <|>'])('is silent in %j', async (marked) => {
        expect(await help(marked)).toBeUndefined();
    });
});

describe('type definition', () => {
    async function types(marked: string): Promise<readonly string[]> {
        const { text, position } = withCursor(marked);
        const uri = open(text);
        const places = await editor.request<readonly Location[]>('textDocument/typeDefinition', { textDocument: { uri }, position });
        const found: string[] = [];
        for (const place of places) {
            const target = place.uri === uri ? text : await editor.request<string>('strata/catalogText', { uri: place.uri });
            found.push(textIn(target, { start: { ...place.range.start, character: 0 }, end: place.range.end }));
        }
        return found;
    }

    test.each([
        ['a virtual machine to its system and its template', shop.replace('vm db', 'vm d<|>b'), ['os debian', 'template small']],
        ['a host to its system', shop.replace('host memory', 'host me<|>mory'), ['os ubuntu']],
        ['a hypervisor to its type', shop.replace('hypervisor kvm', 'hypervisor k<|>vm'), ['type hypervisor kvm']],
        ['an engine to its type', shop.replace('engine docker', 'engine do<|>cker'), ['type engine docker']],
        ['a container to its image', shop.replace('container postgres', 'container post<|>gres'), ['image postgres']],
        ['a name in a condition as well', shop.replace('boundary(postgres', 'boundary(post<|>gres'), ['image postgres']],
        ['a process to nothing', shop.replace('process server', 'process ser<|>ver'), []],
    ])('leads from %s', async (_, marked, expected) => {
        expect(await types(marked)).toEqual(expected);
    });
});
