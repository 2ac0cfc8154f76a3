/** One result, many readers: change one literal, and hover, JSON, picture and findings change together, to the same figures. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { runCommandLine } from '#server/cli/run-command-line.ts';
import type { ViewAnswer } from '#server/protocol.ts';
import { type Editor, openEditor } from './language-client.ts';

const text = (limit: string): string => `host rack1 {
  cpu 4 cores
  memory 8 GiB
  os debian
  engine docker {
    container web {
      cpu limit ${limit}
      process nginx { threads 2  cpu 1.5 cores  memory 100 MiB }
    }
  }
}
expect web.cpu.granted >= 1 core
`;

let folder: string;
let editor: Editor;
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata-'));
    editor = await openEditor();
});
afterAll(async () => {
    await editor.shutdown();
    rmSync(folder, { recursive: true });
});

async function everything(
    limit: string,
): Promise<{ readonly hovered: string; readonly granted: number; readonly drawn: string; readonly codes: readonly unknown[] }> {
    const file = join(folder, 'one.strata');
    writeFileSync(file, text(limit));
    const uri = pathToFileURL(file).href;
    if (editor.published.some((publish) => publish.uri === uri)) {
        editor.change(uri, text(limit));
    } else {
        editor.open(uri, text(limit));
    }
    const hover = await editor.request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 5, character: 15 } });
    const scene = await editor.request<ViewAnswer>('strata/view', { uri, view: 'strata', options: { resource: 'cpu', width: 1000 } });
    const codes = (await editor.diagnostics(uri)).map(({ code }) => code);
    const written: string[] = [];
    const terminal = { directory: folder, complain: () => undefined, write: async (chunks: Iterable<string>) => void written.push(...chunks) };
    await runCommandLine(['simulate', '--json', 'one.strata'], terminal);
    const json = JSON.parse(written.join('')) as { readonly elements: readonly { readonly path: string; readonly cpu: { readonly granted: number } }[] };
    const box =
        scene.kind === 'view' && 'scene' in scene.content
            ? scene.content.scene.boxes.find(({ element, role }) => element === 'rack1.docker.web' && role === 'container')
            : undefined;
    return {
        hovered: JSON.stringify(hover.contents),
        granted: json.elements.find(({ path }) => path === 'rack1.docker.web')?.cpu.granted ?? Number.NaN,
        drawn: `${box?.width} ${box?.description}`,
        codes,
    };
}

test('a CPU limit', async () => {
    const low = await everything('0.5 cores');
    const high = await everything('1.25 cores');
    expect([low.granted, high.granted]).toEqual([0.5, 1.25]);
    expect(low.hovered).toContain('**0.5 cores** granted of 1.5 cores wanted');
    expect(high.hovered).toContain('**1.25 cores** granted of 1.5 cores wanted');
    expect(low.drawn).toContain('0.5');
    expect(high.drawn).toContain('1.25');
    expect(low.drawn).not.toBe(high.drawn);
    expect([low.codes, high.codes]).toEqual([expect.arrayContaining(['expectation-failed']), expect.not.arrayContaining(['expectation-failed'])]);
});
