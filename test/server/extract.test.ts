/** A figure that is extracted keeps its meaning: the text stands for the same topology afterwards. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { type Editor, openEditor, withCursor } from './language-client.ts';
import { applyEdits, editsFor } from './text-edits.ts';

let editor: Editor;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

const shop = `let web-memory-limit = 1 GiB

/** The one rack. */
host rack1 {
  cpu 4
  memory 16 GiB
  os debian
  engine docker { container web { memory limit 256 MiB  cpu limit 0.5 cores  process nginx { cpu 0.2 cores  memory 100 MiB } } }
}
expect web.cpu.granted <= 1 core
`;

let opened = 0;
async function extract(marked: string): Promise<{ readonly title?: string; readonly text: string; readonly codes: readonly unknown[] }> {
    const { text, position } = withCursor(marked);
    opened += 1;
    const uri = editor.open(`extract-${opened}.strata`, text);
    const actions = await editor.request<readonly CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: position, end: position },
        context: { diagnostics: [], only: ['refactor.extract'] },
    });
    const [action] = actions;
    const changed = applyEdits(text, editsFor(uri, action?.edit ?? {}));
    editor.change(uri, changed);
    const codes = (await editor.diagnostics(uri)).map(({ code }) => code);
    return { text: changed, codes, ...(action !== undefined && { title: action.title }) };
}

test.each([
    ['16 G<|>iB', 'let rack1-memory = 16 GiB', 'memory rack1-memory'],
    ['cpu <|>4', 'let rack1-cpu = 4', 'cpu rack1-cpu'],
    ['limit 256<|> MiB', 'let web-memory-limit-2 = 256 MiB', 'memory limit web-memory-limit-2 '],
    ['0.2<|> cores', 'let nginx-cpu = 0.2 cores', 'process nginx { cpu nginx-cpu '],
])('%s', async (mark, definition, use) => {
    const { title, text, codes } = await extract(shop.replace(mark.replace('<|>', ''), mark));
    expect(title).toBe(`Extract \`${definition.split(' = ')[1]}\` as \`${definition.split(' = ')[0]}\``);
    expect(text).toContain(`${definition}\n\n/** The one rack. */\nhost rack1`);
    expect(text).toContain(use);
    expect(codes).toEqual([]);
});

test.each(['host ra<|>ck1', '<= 1<|> core', 'limit = 1<|> GiB'])('is not offered in %s', async (mark) => {
    expect((await extract(shop.replace(mark.replace('<|>', ''), mark))).title).toBeUndefined();
});
