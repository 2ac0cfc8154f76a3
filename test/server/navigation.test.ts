/** Definition, references, rename, highlight, symbols and folding over the protocol. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentHighlight, DocumentSymbol, FoldingRange, Location, WorkspaceEdit } from 'vscode-languageserver';
import { type Editor, openEditor, withCursor } from './language-client.ts';
import { applyEdits, editsFor, textIn } from './text-edits.ts';

let editor: Editor;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

const shop = `
let room = 2 GiB
template small for vm {
  vcpus 2
  memory room
}
host rack1 {
  cpu 8
  memory 32 GiB
  os debian
  hypervisor kvm {
    vm db extends small {
      os debian
      engine docker {
        container postgres { image postgres process server { cpu 1  memory 1 GiB } }
      }
    }
  }
}
expect postgres.cpu.granted >= 0.5
expect rack1.kvm.db.memory.used < room
`;

/** Opens the text with the first `name` replaced by the marked one, and asks at the mark. */
async function at<Answer>(
    method: string,
    marked: string,
    more: object = {},
): Promise<{ readonly uri: string; readonly text: string; readonly answer: Answer }> {
    const { text, position } = withCursor(marked);
    const uri = editor.open(`${Math.random().toString(36).slice(2)}.strata`, text);
    const answer = await editor.request<Answer>(method, { textDocument: { uri }, position, ...more });
    return { uri, text, answer };
}

describe('definition', () => {
    test.each([
        ['an element by its short path', shop.replace('expect postgres', 'expect post<|>gres'), 'postgres', 14],
        ['a step of a longer path', shop.replace('rack1.kvm.db', 'rack1.kvm.d<|>b'), 'db', 11],
        ['a let', shop.replace('memory room', 'memory ro<|>om'), 'room', 1],
        ['a template', shop.replace('extends small', 'extends sm<|>all'), 'small', 2],
    ])('finds %s', async (_, marked, name, line) => {
        const { text, answer } = await at<Location[]>('textDocument/definition', marked);
        expect(answer.map((location) => [textIn(text, location.range), location.range.start.line])).toEqual([[name, line]]);
    });

    test('opens the catalog for a built-in name', async () => {
        const { answer } = await at<Location[]>('textDocument/definition', shop.replace('hypervisor kvm', 'hypervisor kv<|>m'));
        // First, before the place itself, so that an editor goes there.
        const [location] = answer;
        const text = await editor.request<string>('strata/catalogText', { uri: location?.uri });
        expect(text.split('\n')[location?.range.start.line ?? 0]).toContain('type hypervisor kvm');
    });

    test("goes to one's own definition of a name of the catalog, and to no other", async () => {
        const own = `type hypervisor kvm { memory 5 MiB }\nos debian { family linux }\n${shop}`;
        const { text, uri, answer } = await at<Location[]>('textDocument/definition', own.replace('hypervisor kvm {\n', 'hypervisor kv<|>m {\n'));
        expect(answer[0]).toMatchObject({ uri, range: { start: { line: 0 } } });
        expect(answer.filter((location) => location.uri !== uri)).toEqual([]);
        expect(textIn(text, answer[0]?.range ?? { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } })).toBe('kvm');
    });
});

describe('references and highlight', () => {
    test('list every place that means an element', async () => {
        const { text, answer } = await at<Location[]>('textDocument/references', shop.replace('vm db', 'vm d<|>b'), { context: { includeDeclaration: true } });
        expect(answer.map((location) => [textIn(text, location.range), location.range.start.line])).toEqual([
            ['db', 11],
            ['db', 20],
        ]);
    });

    test('tell a definition from a use', async () => {
        const { answer } = await at<DocumentHighlight[]>('textDocument/documentHighlight', shop.replace('let room', 'let ro<|>om'));
        expect(answer.map(({ kind }) => kind)).toEqual([3, 2, 2]);
    });
});

describe('rename', () => {
    test('changes a name wherever it stands', async () => {
        const { text, uri, answer } = await at<WorkspaceEdit>('textDocument/rename', shop.replace('vm db', 'vm d<|>b'), { newName: 'store' });
        expect(applyEdits(text, editsFor(uri, answer))).toBe(shop.replaceAll('db', 'store'));
    });

    test('reaches every file of the topology', async () => {
        const base = editor.open('base.strata', 'template small for host {\n  cpu 2\n  memory 4 GiB\n  os debian\n}\n');
        const { text, position } = withCursor('import "base.strata"\nhost a extends sm<|>all\n');
        const uri = editor.open('user.strata', text);
        const answer = await editor.request<WorkspaceEdit>('textDocument/rename', { textDocument: { uri }, position, newName: 'tiny' });
        expect(new Set(answer.documentChanges?.map((change) => ('textDocument' in change ? change.textDocument.uri : '')))).toEqual(new Set([base, uri]));
    });

    test('is not offered for names of the catalog', async () => {
        const { answer } = await at<unknown>('textDocument/prepareRename', shop.replace('hypervisor kvm', 'hypervisor kv<|>m'));
        expect(answer).toBeNull();
    });

    test.each(['2nd', 'a b', '', 'x-'])('refuses %j, which is no name', async (newName) => {
        await expect(at('textDocument/rename', shop.replace('vm db', 'vm d<|>b'), { newName })).rejects.toThrow('is no name');
    });

    test('reaches the other topologies that share the file', async () => {
        const base = editor.open('shared.strata', 'template room for host {\n  cpu 2\n  memory 4 GiB\n  os debian\n}\n');
        const other = editor.open('second.strata', 'import "shared.strata"\nhost b extends room\n');
        const { text, position } = withCursor('import "shared.strata"\nhost a extends ro<|>om\n');
        const uri = editor.open('first.strata', text);
        const answer = await editor.request<WorkspaceEdit>('textDocument/rename', { textDocument: { uri }, position, newName: 'tiny' });
        expect([base, other, uri].map((file) => editsFor(file, answer).length)).toEqual([1, 1, 1]);
    });

    test('refuses a name that something beside it has', async () => {
        const twins = 'host a<|> { cpu 1  memory 1 GiB  os debian }\nhost b { cpu 1  memory 1 GiB  os debian }\n';
        await expect(at('textDocument/rename', twins, { newName: 'b' })).rejects.toThrow('can not be the name');
    });

    test('refuses a name with which a path would mean something else', async () => {
        const process = (name: string): string => `  process ${name} { cpu 1 core }\n`;
        const racks = `host a {\n  cpu 4\n  memory 1 GiB\n  os debian\n${process('p')}${process('q<|>')}}\nhost b {\n  cpu 4\n  memory 1 GiB\n  os debian\n${process('r')}}\nexpect r.cpu.granted >= 1 core\n`;
        await expect(at('textDocument/rename', racks, { newName: 'r' })).rejects.toThrow('`r` can not be the name');
    });

    test('refuses a name with which a path would mean what holds the thing that it means now', async () => {
        const inner = 'host oute<|>r {\n  cpu 4\n  memory 1 GiB\n  os debian\n  process x { cpu 1 core }\n}\nexpect x.cpu.granted >= 1 core\n';
        await expect(at('textDocument/rename', inner, { newName: 'x' })).rejects.toThrow('`x` can not be the name');
    });
});

test('the outline nests as the text does', async () => {
    const { answer } = await at<DocumentSymbol[]>('textDocument/documentSymbol', `<|>${shop}`);
    expect(outline(answer)).toEqual([
        'room',
        'small',
        ['rack1', ['kvm', ['db', ['docker', ['postgres', 'server']]]]],
        'expect postgres.cpu.granted >= 0.5',
        'expect rack1.kvm.db.memory.used < room',
    ]);
});

test('bodies and block comments fold', async () => {
    const { answer } = await at<FoldingRange[]>('textDocument/foldingRange', '<|>/*\n a\n*/\nhost a {\n  cpu 1\n  memory 1 GiB\n}\nhost b { cpu 1 }\n');
    expect(answer.map(({ startLine, endLine, kind }) => [startLine, endLine, kind])).toEqual([
        [3, 5, undefined],
        [0, 2, 'comment'],
    ]);
});

test('workspace symbols find elements by some of their letters', async () => {
    editor.open('symbols.strata', 'host zebra-rack { cpu 1  memory 1 GiB  os debian }\n');
    const found = await editor.request<readonly { readonly name: string }[]>('workspace/symbol', { query: 'zbrk' });
    expect(found.map(({ name }) => name)).toEqual(['zebra-rack']);
});

test('workspace symbols find elements of the same path in every topology that is open', async () => {
    for (const name of ['one', 'two']) {
        editor.open(`twin-${name}.strata`, 'host quagga { cpu 1  memory 1 GiB  os debian }\n');
    }
    const found = await editor.request<readonly { readonly location: Location }[]>('workspace/symbol', { query: 'quagga' });
    expect(found.map(({ location }) => location.uri)).toEqual(['file:///test/twin-one.strata', 'file:///test/twin-two.strata']);
});

type Nested = string | readonly Nested[];
function outline(symbols: readonly DocumentSymbol[]): Nested[] {
    return symbols.map(({ name, children }) => (children === undefined ? name : [name, ...(children.length === 0 ? [] : outline(children))]));
}
