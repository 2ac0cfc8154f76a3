/** Completion offers what may stand at the cursor, also where the text around it is broken. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { type Editor, openEditor, withCursor } from './language-client.ts';
import { applyEdits } from './text-edits.ts';

let editor: Editor;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

let opened = 0;
async function complete(
    marked: string,
    context?: object,
): Promise<{ readonly text: string; readonly items: readonly CompletionItem[]; readonly labels: readonly string[] }> {
    const { text, position } = withCursor(marked);
    opened += 1;
    const uri = editor.open(`completion-${opened}.strata`, text);
    const items =
        (await editor.request<CompletionList | null>('textDocument/completion', { textDocument: { uri }, position, ...(context && { context }) }))?.items ?? [];
    return { text, items, labels: items.map(({ label }) => label) };
}

/** The text after one item was taken. */
async function take(marked: string, label: string): Promise<string> {
    const { text, items } = await complete(marked);
    const edit = items.find((item) => item.label === label)?.textEdit;
    expect(items.map((item) => item.label)).toContain(label);
    return edit !== undefined && 'range' in edit ? applyEdits(text, [edit]) : text;
}

const shop = `
template small for vm { vcpus 1  memory 1 GiB }
let room = 2 GiB
host rack1 {
  cpu 8
  memory 32 GiB
  os debian
  hypervisor kvm { vm db extends small { os debian  engine docker { container postgres { image postgres } } } }
  engine docker { container web[3] { image nginx } }
}
`;

describe('statements', () => {
    test('those of the body that are not there yet', async () => {
        const { labels } = await complete('host a {\n  cpu 4\n  <|>\n}\n');
        expect(labels).toEqual(expect.arrayContaining(['memory', 'os', 'arch', 'label', 'disk', 'engine', 'hypervisor', 'process']));
        expect(labels).not.toContain('cpu');
        expect(labels).not.toContain('vcpus');
        expect(labels).not.toContain('container');
    });

    test.each([
        ['a vm', 'host a { hypervisor kvm { vm v {\n <|>', 'vcpus', 'overcommit cpu'],
        ['an engine', 'host a { engine docker {\n <|>', 'container', 'vm'],
        ['the vm of an engine', 'host a { engine docker { vm {\n <|>', 'vcpus', 'os'],
        ['a container', 'host a { engine docker { container c[3] extends t {\n <|>', 'memory limit', 'vcpus'],
        ['a process', 'host a { process p {\n <|>', 'threads', 'memory limit'],
        ['a phase', 'host a { process p { phase one {\n <|>', 'for', 'oom-score-adj'],
        ['a template', 'template t for container {\n <|>', 'image', 'vcpus'],
        ['an os', 'os mine {\n <|>', 'family', 'cpu'],
        ['a hypervisor type', 'type hypervisor mine {\n <|>', 'class', 'daemon'],
        ['an engine type', 'type engine mine {\n <|>', 'daemon', 'class'],
        ['a runtime type', 'type runtime mine {\n <|>', 'memory per-container', 'vm'],
        ['a scenario', 'scenario s {\n <|>', 'duration', 'cpu'],
        ['the file', '<|>', 'host', 'cpu'],
    ])('in %s whose braces are not closed', async (_, marked, wanted, unwanted) => {
        const { labels } = await complete(marked);
        expect(labels).toContain(wanted);
        expect(labels).not.toContain(unwanted);
    });

    test('after a closed body, those of the body around it', async () => {
        expect((await complete('host a { engine docker { container c { image nginx } }\n  <|>\n}')).labels).toContain('hypervisor');
    });

    test('the second word of a key', async () => {
        const { labels } = await complete('host a { engine docker { container c {\n  cpu <|>\n} } }');
        expect(labels).toEqual(expect.arrayContaining(['limit', 'weight', 'reserve', 'set']));
        expect(await take('host a { engine docker { container c {\n  cpu li<|>\n} } }', 'limit')).toContain('cpu limit\n');
    });

    test('say what they mean and what holds without them', async () => {
        const { items } = await complete('host a {\n  ar<|>\n}');
        expect(items.find(({ label }) => label === 'arch')).toMatchObject({
            detail: 'NAME (default: amd64)',
            documentation: { value: 'The CPU architecture\\.' },
        });
    });
});

describe('values', () => {
    test.each([
        ['memory', 'host a {\n  memory 4 <|>\n}', ['GiB', 'MiB', 'KiB', 'TiB', 'GB', 'MB', 'KB', 'TB', 'B']],
        ['memory without a space', 'host a {\n  memory 4G<|>\n}', ['GiB', 'MiB', 'KiB', 'TiB', 'GB', 'MB', 'KB', 'TB', 'B']],
        ['time', 'host a {\n  boot 4 <|>\n}', ['s', 'ms', 'min', 'h', 'd']],
        ['a limit of two words', 'host a { engine docker { container c { memory limit 4 <|>', ['GiB', 'MiB', 'KiB', 'TiB', 'GB', 'MB', 'KB', 'TB', 'B']],
    ])('units of %s', async (_, marked, units) => {
        expect((await complete(marked)).labels).toEqual(units);
    });

    test("runtimes, of the catalog and one's own", async () => {
        const { labels } = await complete('type runtime cell { class sandbox }\nhost a { engine docker {\n  runtime <|>\n} }');
        expect(labels).toEqual(expect.arrayContaining(['runc', 'crun', 'gvisor', 'kata', 'cell']));
    });

    test('the unit of CPU may be left out, so the next statement is offered as well', async () => {
        const { labels } = await complete('host a { process p { threads 2  cpu 4 <|>');
        expect(labels.slice(0, 2)).toEqual(['cores', 'mcores']);
        expect(labels).toContain('memory');
        expect((await complete('host a { process p { threads 2 <|>')).labels.slice(0, 2)).toEqual(['k', 'M']);
    });

    test('a space that was typed asks only for what must follow', async () => {
        const asked = { triggerKind: 2, triggerCharacter: ' ' };
        expect((await complete('host a { process p { memory 4 <|>', asked)).labels).toContain('GiB');
        expect((await complete('host a { process p { memory 4 GiB <|>', asked)).labels).toEqual([]);
        expect((await complete('host a { process p { threads 4 <|>', asked)).labels).toEqual([]);
        expect((await complete('host a { os <|>', asked)).labels).toContain('debian');
    });

    test('a unit replaces what is there of it', async () => {
        expect(await take('host a {\n  memory 4 Gi<|>\n}', 'GiB')).toContain('memory 4 GiB\n');
        expect(await take('host a {\n  memory 4<|>\n}', 'GiB')).toMatch(/memory 4 ?GiB\n/);
    });

    test('words of a choice', async () => {
        expect((await complete('host a { engine docker { container c { restart <|>')).labels).toEqual(['always', 'on-failure', 'no']);
    });

    test('names of the catalog and of the file, with their figures', async () => {
        const { items, labels } = await complete(`os mine { family linux }\n${shop}host b { os <|> }`);
        expect(labels).toEqual(expect.arrayContaining(['mine', 'debian', 'windows-server', 'alpine']));
        const debian = items.find(({ label }) => label === 'debian');
        expect(debian).toMatchObject({ detail: 'built-in catalog' });
        const resolved = await editor.request<CompletionItem>('completionItem/resolve', debian);
        expect(resolved).toMatchObject({ documentation: { value: expect.stringMatching(/Debian without a desktop[\s\S]*Source: [\s\S]*memory 111 MB/) } });
        const mine = await editor.request<CompletionItem>(
            'completionItem/resolve',
            items.find(({ label }) => label === 'mine'),
        );
        expect(mine).toMatchObject({ documentation: { value: expect.stringContaining('os mine { family linux }') } });
        expect((await complete('host b { engine docker { container c { image <|>')).labels).toContain('nginx');
        expect((await complete('host b { hypervisor <|>')).labels).toContain('kvm');
        expect((await complete('host b { engine <|>')).labels).toContain('docker-desktop');
    });

    test('templates and lets', async () => {
        expect((await complete(shop.replace('extends small', 'extends <|>'))).labels).toEqual(['small']);
        expect((await complete(shop.replace('memory 32 GiB', 'memory <|>'))).labels).toContain('room');
    });
});

describe('paths', () => {
    test('the shortest that mean one element', async () => {
        const { labels } = await complete(`${shop}expect <|>`);
        expect(labels).toEqual(expect.arrayContaining(['rack1', 'kvm', 'db', 'postgres', 'web', 'db.docker', 'boundary', 'sum', 'kernel']));
        expect(labels).not.toContain('docker');
    });

    test('what may follow a dot: children and metrics', async () => {
        const { labels } = await complete(`${shop}expect rack1.<|>`);
        expect(labels).toEqual(expect.arrayContaining(['kvm', 'docker', 'cpu.granted', 'memory.headroom', 'ready-at']));
        expect(labels).not.toContain('postgres');
        expect(await take(`${shop}expect rack1.kv<|>`, 'kvm')).toContain('expect rack1.kvm');
        expect(await take(`${shop}expect web[2].memory.he<|>`, 'memory.headroom')).toContain('expect web[2].memory.headroom');
    });

    test('containers after `after`', async () => {
        expect((await complete(shop.replace('{ image nginx }', '{ after <|> }'))).labels).toEqual(expect.arrayContaining(['postgres', 'web']));
    });
});

test.each(['// a com<|>ment', '/* a com<|>ment */', 'host a { label x "te<|>xt" }', 'import "fi<|>le"'])('nothing in %s', async (marked) => {
    expect((await complete(marked)).labels).toEqual([]);
});

test('an element comes as a snippet that is a whole one', async () => {
    const { items } = await complete('host a { hypervisor kvm { v<|> } }');
    expect(items.find(({ label }) => label === 'vm')).toMatchObject({ insertTextFormat: 2, textEdit: { newText: expect.stringContaining('vcpus ${2:2}') } });
});

test('functions come with their arguments, in conditions all, in values those of values', async () => {
    expect(await take(`${shop}expect bound<|>`, 'boundary')).toContain('expect boundary(${1:a}, ${2:b})');
    expect((await complete(`${shop}expect <|>`)).labels).toEqual(expect.arrayContaining(['reaches', 'survives', 'at', 'over-time-mean']));
    const { labels } = await complete(shop.replace('memory 32 GiB', 'memory <|>'));
    expect(labels).toEqual(expect.arrayContaining(['min', 'max']));
    expect(labels).not.toContain('boundary');
});

test.each([null, 7, { uri: 'file:///nowhere.strata' }, { uri: 'x', line: -1, character: 1e9 }])(
    'an item that comes back with %j stays as it is',
    async (data) => {
        const item = { label: 'debian', data };
        expect(await editor.request('completionItem/resolve', item)).toEqual(item);
    },
);

test('any prefix of a text can be completed at its end', async () => {
    for (let length = 0; length <= shop.length; length += 7) {
        await complete(`${shop.slice(0, length)}<|>`);
    }
    expect(editor.log).toEqual([]);
});
