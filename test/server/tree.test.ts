/** The tree of the topology and its summary: opened step by step, with the figures of the one result. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SummaryAnswer, TreeAnswer, TreeNode } from '#server/protocol.ts';
import { type Editor, openEditor } from './language-client.ts';

const text = `host rack {
  cpu 4 cores
  memory 8 GiB
  disk ssd { size 100 GB }
  os debian
  engine docker {
    container web[3] {
      memory limit 256 MiB
      process nginx { threads 2  cpu 0.5 cores  memory 192 MiB }
    }
    container lazy { autostart off  process work { cpu 1 cores  memory 1 GiB } }
  }
}
host mac {
  cpu 8 cores
  memory 16 GiB
  os macos
  engine docker { container api { process node { cpu 1 cores  memory 500 MiB } } }
}
`;

let editor: Editor;
let uri: string;
beforeAll(async () => {
    editor = await openEditor();
    uri = editor.open('tree.strata', text);
});
afterAll(() => editor.shutdown());

async function below(element?: string): Promise<readonly TreeNode[]> {
    const nodes = await editor.request<TreeAnswer>('strata/tree', { uri, ...(element !== undefined && { element }) });
    return nodes ?? [];
}

describe('the tree', () => {
    test('begins with the hosts, and tells how full they are', async () => {
        const [rack, mac] = await below();
        expect([rack?.label, mac?.label]).toEqual(['rack', 'mac']);
        expect(rack?.uses.map((use) => use.text)[0]).toBe('CPU 37.5 %');
        expect(rack?.uses.map((use) => use.share)[0]).toBeCloseTo(0.375, 9);
        expect(rack?.carriesMore).toBe(true);
    });

    test('goes on with what stands on an element: devices first, then layers down to processes', async () => {
        expect((await below('rack')).map(({ kind, carriesMore }) => [kind, carriesMore])).toEqual([
            ['disk', false],
            ['engine', true],
        ]);
        expect((await below('rack.docker')).map(({ label, detail }) => [label, detail])).toEqual([
            ['web ×3', ''],
            ['lazy', 'not started'],
        ]);
        const [nginx] = await below('rack.docker.web');
        expect([nginx?.detail, nginx?.carriesMore]).toEqual(['0.5 cores · 192 MiB', false]);
    });

    test('shows what the product added, with what stands on it', async () => {
        expect((await below('mac.docker')).map(({ element }) => element)).toEqual(['mac.docker.vm']);
        expect((await below('mac.docker.vm')).map(({ element }) => element)).toEqual(['mac.docker.api']);
    });

    test('marks what is wrong, up to the host that carries it', async () => {
        editor.change(uri, text.replace('memory 192 MiB', 'memory 600 MiB'));
        const [rack, mac] = await below();
        expect([rack?.severity, mac?.severity]).toEqual(['error', undefined]);
        expect((await below('rack.docker')).map(({ severity }) => severity)).toEqual(['error', undefined]);
        editor.change(uri, text);
    });

    test('keeps the last good tree while the text is broken, and has none where there never was one', async () => {
        await below();
        editor.change(uri, `${text}\nhost = = {`);
        expect((await below()).map(({ label }) => label)).toEqual(['rack', 'mac']);
        editor.change(uri, text);
        const broken = editor.open('never.strata', 'host = = {');
        expect(await editor.request('strata/tree', { uri: broken })).toBeNull();
    });
});

describe('the summary', () => {
    const summary = (): Promise<SummaryAnswer> => editor.request('strata/summary', { uri });

    test('names the element that is nearest to its bound', async () => {
        expect((await summary())?.tightest).toBe('web memory 75 %');
        editor.change(uri, text.replace('memory 8 GiB', 'memory 512 MiB'));
        expect((await summary())?.tightest).toMatch(/^rack memory 1\d\d %$/);
        editor.change(uri, text);
    });

    test('has a line for each host, with the figures of the tree', async () => {
        const [rack] = await below();
        expect((await summary())?.hosts[0]).toBe(`rack: ${rack?.uses.map((use) => use.text).join(' · ')}`);
        expect((await summary())?.hosts).toHaveLength(2);
    });

    test('counts findings of the current text', async () => {
        editor.change(uri, text.replace('memory 192 MiB', 'memory 600 MiB'));
        const findings = await editor.diagnostics(uri);
        const errors = findings.filter(({ severity }) => severity === 1).length;
        expect(errors).toBeGreaterThan(0);
        expect((await summary())?.status).toMatchObject({ errors, stale: false });
        editor.change(uri, text);
    });
});
