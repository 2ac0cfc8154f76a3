/** Inlay hints and code lenses: the result's figures beside the text, which can be switched off at any time. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeLens, InlayHint } from 'vscode-languageserver';
import { type Editor, openEditor } from './language-client.ts';

let editor: Editor;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

const shop = `template worker for process { threads 4  cpu 4 cores  memory 1 GiB }
host rack1 {
  cpu 4 cores
  memory 32 GiB
  os debian
  disk nvme { size 1 TB }
  engine docker {
    container web[3] { image nginx  memory limit 256 MiB  cpu limit 0.5 cores  process nginx { cpu 0.2 cores  memory 100 MiB } }
    container batch { process b { threads 2  cpu 0.7 cores  memory 1 GiB } }
  }
  hypervisor kvm {
    vm db {
      vcpus 2
      memory 8 GiB
      os debian
      engine docker { container postgres { process server { cpu 1 core  memory 2 GiB } } }
    }
  }
}
`;

let opened = 0;
const open = (text: string): string => {
    opened += 1;
    return editor.open(`figures-${opened}.strata`, text);
};
const everywhere = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
const hintsIn = (uri: string, range = everywhere): Promise<readonly InlayHint[]> => editor.request('textDocument/inlayHint', { textDocument: { uri }, range });
const lensesIn = (uri: string): Promise<readonly CodeLens[]> => editor.request('textDocument/codeLens', { textDocument: { uri } });

/** The text as an editor shows it. */
function shown(text: string, hints: readonly InlayHint[]): string {
    const lines = text.split('\n');
    for (const { position, label } of [...hints].sort((a, b) => b.position.character - a.position.character)) {
        const line = lines[position.line] ?? '';
        lines[position.line] = `${line.slice(0, position.character)} ${String(label)}${line.slice(position.character)}`;
    }
    return lines.join('\n');
}

describe('inlay hints', () => {
    test('say behind a size what is used of it, and behind a limit what is granted', async () => {
        const text = shown(shop, await hintsIn(open(shop)));
        expect(text).toMatch(/^ {2}cpu 4 cores ⟨\S+ cores granted⟩$/m);
        expect(text).toMatch(/^ {2}memory 32 GiB ⟨\S+ GiB used⟩$/m);
        expect(text).toMatch(/^ {6}vcpus 2 ⟨\S+ granted⟩$/m);
        expect(text).toMatch(/^ {6}memory 8 GiB ⟨\S+ GiB used⟩$/m);
        expect(text).toMatch(/memory limit 256 MiB ⟨1\d\d MiB used each⟩/);
        expect(text).toContain('cpu limit 0.5 cores ⟨0.2 cores granted each⟩');
        expect(text).toMatch(/size 1 TB ⟨.* used⟩/);
    });

    test('are silent where a process gets all it wants, and speak where it does not', async () => {
        const short = shop.replace('cpu 0.2 cores', 'cpu 0.9 cores');
        expect(shown(shop, await hintsIn(open(shop)))).not.toContain('cpu 0.2 cores ⟨');
        expect(shown(short, await hintsIn(open(short)))).toContain('cpu 0.9 cores ⟨0.5 cores granted⟩');
    });

    test('are of the current text', async () => {
        const uri = open(shop);
        await hintsIn(uri);
        const changed = shop.replace('cpu 0.2 cores', 'cpu 0.3 cores');
        editor.change(uri, changed);
        expect(shown(changed, await hintsIn(uri))).toContain('cpu limit 0.5 cores ⟨0.3 cores granted each⟩');
    });

    test('come for the lines that are asked for only', async () => {
        const uri = open(shop);
        const hints = await hintsIn(uri, { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } });
        expect(new Set(hints.map(({ position }) => position.line))).toEqual(new Set([2, 3]));
    });

    test('of a template say where its elements differ', async () => {
        const text = `template guest for vm {\n  vcpus 2\n  memory 2 GiB\n  os debian\n}\nhost a {\n  cpu 8\n  memory 32 GiB\n  os debian\n  hypervisor kvm {
    vm one extends guest { process p { cpu 1 core } }\n    vm two extends guest { process p { cpu 0.5 cores } }\n  }\n}\n`;
        expect(shown(text, await hintsIn(open(text)))).toContain('vcpus 2 ⟨differs among 2 elements⟩');
    });

    test('are there as far as possible in a broken text', async () => {
        const broken = `${shop}host b {\n  cpu 2\n  memory 4 GiB\n`;
        expect(shown(broken, await hintsIn(open(broken)))).toMatch(/memory 32 GiB ⟨\S+ GiB used⟩/);
    });
});

describe('code lenses', () => {
    test('say of hosts, virtual machines and engines how full they are and what they carry', async () => {
        const lenses = await lensesIn(open(shop));
        const byLine = new Map(lenses.map(({ range, command }) => [range.start.line, command?.title ?? '']));
        expect([...byLine.keys()].sort((a, b) => a - b)).toEqual([1, 6, 11, 15]);
        expect(byLine.get(1)).toMatch(/^CPU [\d.]+ % · memory [\d.]+ % · 5 containers · 2 kernels$/);
        expect(byLine.get(6)).toMatch(/^CPU [\d.]+ cores · memory [\d.]+ [MG]iB · 4 containers$/);
        expect(byLine.get(11)).toMatch(/^CPU [\d.]+ % · memory [\d.]+ % · 1 container · 1 kernel$/);
    });

    test('agree with the headroom that an expectation reads', async () => {
        const text = shop.replace(/^ {2}engine docker \{[\s\S]*?^ {2}\}\n/m, '').replace('cpu 1 core', 'cpu 0.5 cores');
        const uri = open(`${text}expect db.cpu.headroom >= 0.74\nexpect db.cpu.headroom <= 0.76\n`);
        expect((await editor.diagnostics(uri)).filter(({ code }) => code === 'expectation-failed')).toEqual([]);
        expect((await lensesIn(uri)).map(({ command }) => command?.title)).toContainEqual(expect.stringMatching(/^CPU 25 % .* 1 container · 1 kernel$/));
    });
});

test('settings switch both off and on without a restart', async () => {
    const uri = open(shop);
    expect(await hintsIn(uri)).not.toEqual([]);
    const asked = editor.refreshes.get('workspace/inlayHint/refresh') ?? 0;
    await editor.configure({ inlayHints: { enabled: false }, codeLens: { enabled: false } });
    expect(await hintsIn(uri)).toEqual([]);
    expect(await lensesIn(uri)).toEqual([]);
    await editor.until(() => (editor.refreshes.get('workspace/inlayHint/refresh') ?? 0) > asked, 'the editor to be asked to ask again');
    await editor.configure({ inlayHints: { enabled: true } });
    expect(await hintsIn(uri)).not.toEqual([]);
    expect(await lensesIn(uri)).not.toEqual([]);
    await editor.configure({ inlayHints: 'nonsense', codeLens: [1], diagnostics: { severity: 7 } });
    expect(await hintsIn(uri)).not.toEqual([]);
    expect(editor.log).toEqual([]);
});
