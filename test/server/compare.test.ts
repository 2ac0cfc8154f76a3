/** `strata compare`: its table, its JSON, its exit codes; and the ways agree with the hosts that the example describes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { strataIn } from '../helpers/command-line.ts';
import { type Editor, openEditor, rootFolder, withCursor } from './language-client.ts';

const small = `host h {
  cpu 8 cores
  memory 16 GiB
  os debian
  disk ssd { size 100 GB }
  engine docker {
    container web[3] { image nginx  process p { cpu 1 core  memory 1 GiB } }
    container dark { image redis }
  }
  hypervisor kvm { vm v { vcpus 2  memory 4 GiB  os debian  process web { cpu 1 core  memory 1 GiB } } }
}
`;
let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-compare-'));
    writeFileSync(join(folder, 'small.strata'), small);
    writeFileSync(join(folder, 'wrong.strata'), small.replace('16 GiB', '1 GiB'));
    writeFileSync(
        join(folder, 'own.strata'),
        `/** Ours. */\ntype runtime gvisor { class sandbox  /** Measured here. */ memory per-container 50 MiB }\n${small}`,
    );
    writeFileSync(join(folder, 'windows.strata'), small.replace('image nginx', 'image windows-servercore'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const strata = (directory: string, ...given: readonly string[]) => strataIn(directory, given);

const compareJson = async (directory: string, ...given: readonly string[]) => JSON.parse((await strata(directory, 'compare', '--json', ...given)).stdout);
const wayOf = (comparison: { readonly ways: readonly { readonly way: string }[] }, name: string): Record<string, never> =>
    comparison.ways.find(({ way }) => way === name) as never;

describe('the ways agree with the hosts that docker-vs-vm.strata describes', () => {
    const example = 'examples/docker-vs-vm.strata';
    const described = async (name: string) => {
        const { elements } = JSON.parse((await strata(rootFolder, 'simulate', '--json', example)).stdout);
        return elements.find(({ path }: { readonly path: string }) => path === name);
    };

    test.each([
        ['containers', 'containers'],
        ['vms', 'vms'],
    ])('%s to the byte', async (host, way) => {
        const { memory, cpu, disk } = await described(host);
        const compared = wayOf(await compareJson(rootFolder, example, host), way) as Record<string, unknown>;
        expect(compared['memory']).toMatchObject({ used: memory.used, committed: memory.committed });
        expect(compared['cpu']).toMatchObject({ granted: cpu.granted, overhead: cpu.overhead });
        expect(compared['disk']).toMatchObject({ used: disk.used });
    });

    test('bare hosts to the byte, all three together', async () => {
        const names = ['bare-web', 'bare-api', 'bare-db'];
        const hosts = await Promise.all(names.map(described));
        const compared = wayOf(await compareJson(rootFolder, example, ...names), 'bare');
        expect(compared['memory']).toMatchObject({ used: hosts.reduce((sum, { memory }) => sum + memory.used, 0) });
    });

    test('whatever of the selection is chosen, the processes are the same', async () => {
        for (const selection of [['bare-web', 'bare-api', 'bare-db'], ['vms'], ['containers'], ['mac']]) {
            const { ways } = await compareJson(rootFolder, example, ...selection);
            for (const { way, possible, memory } of ways) {
                expect(possible ? memory.workloads : 1130 * 2 ** 20, `${selection} as ${way}`).toBe(1130 * 2 ** 20);
            }
        }
    });
});

describe('the command', () => {
    test('prints a table for people, with what the usual tutorial leaves out and where the figures come from', async () => {
        const { status, stdout, stderr } = await strata(folder, 'compare', 'small.strata', 'docker.web');
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        const lines = stdout.split('\n');
        expect(lines[0]).toBe('web × 3 on h');
        expect(lines[1]).toMatch(/^ +bare hosts +VMs +containers +gVisor +Kata +Firecracker$/);
        expect(stdout).toMatch(/^ {2}wall between any two +machine +kernel +namespace +sandbox +kernel +kernel$/m);
        expect(stdout).toMatch(/^ {2}fall with a kernel +1 of 3 +1 of 3 +3 of 3 +3 of 3 +1 of 3 +1 of 3$/m);
        expect(stdout).toContain('Containers share one kernel; none is allocated to each.');
        expect(stdout).toMatch(/^- runtime gvisor: memory per-container 19\.6 MB\. .*Source: gVisor/m);
    });

    test('prints JSON with the same bytes each time', async () => {
        const one = await strata(folder, 'compare', '--json', 'small.strata', 'docker.web[2..3]');
        expect(await strata(folder, 'compare', '--json', 'small.strata', 'docker.web[2..3]')).toEqual(one);
        const comparison = JSON.parse(one.stdout);
        expect(Object.keys(comparison)).toEqual(['format', 'file', 'selection', 'host', 'workloads', 'ways', 'sources']);
        expect(comparison).toMatchObject({
            format: 1,
            file: 'small.strata',
            selection: ['h.docker.web[2..3]'],
            host: 'h',
            workloads: [{ path: 'h.docker.web', name: 'web', replicas: 2, family: 'linux', known: true }],
        });
        expect(Object.keys(wayOf(comparison, 'vms'))).toEqual([
            'way',
            'possible',
            'hosts',
            'memory',
            'disk',
            'cpu',
            'ready',
            'fit',
            'idle',
            'kernels',
            'boundary',
            'because',
            'crash',
        ]);
        expect(wayOf(comparison, 'bare')).not.toHaveProperty('fit');
    });

    test('leaves out what is unknown, and what has no bound', async () => {
        const comparison = await compareJson(folder, 'small.strata', 'dark');
        expect(wayOf(comparison, 'containers')).toMatchObject({ memory: { containers: 4_090_000 }, fit: { memory: {}, cpu: {} }, idle: {} });
        expect(wayOf(comparison, 'containers')['memory']).not.toHaveProperty('used');
        const { stdout } = await strata(folder, 'compare', 'small.strata', 'dark');
        expect(stdout).toMatch(/^ {2}memory used in all( +\?){6}$/m);
        expect(stdout).toContain('Nothing says what dark uses');
    });

    test('takes figures of the file before those of the catalog', async () => {
        const comparison = await compareJson(folder, 'own.strata', 'docker.web');
        expect(wayOf(comparison, 'gvisor')).toMatchObject({ memory: { containers: 3 * (4_090_000 + 50 * 2 ** 20) } });
        expect(comparison.sources).toContainEqual({ figure: 'runtime gvisor: memory per-container 50 MiB', source: 'Measured here.' });
    });

    test('says why programs of another system can not run, in place of a number', async () => {
        const { status, stdout } = await strata(folder, 'compare', 'windows.strata', 'docker.web');
        expect(stdout).toMatch(/^ {2}memory used in all +\S+ GiB +\S+ GiB( +cannot run){4}$/m);
        expect(stdout).toContain('gVisor: web consists of Windows programs, and gVisor runs Linux ones only');
        // The text itself is wrong as well: a Windows image on a Linux host.
        expect(status).toBe(1);
    });

    test('answers with 1 where the text has errors, and compares all the same', async () => {
        const { status, stdout } = await strata(folder, 'compare', 'wrong.strata', 'docker.web');
        expect(status).toBe(1);
        expect(stdout).toContain('memory used in all');
    });

    test.each([
        [['small.strata', 'web'], 'strata: web may be h.docker.web or h.kvm.v.web; write more of the path'],
        [['small.strata', 'nope'], 'strata: nothing is called nope'],
        [['small.strata', 'docker.web[4]'], 'strata: docker.web[4]: web has the replicas 1 to 3'],
        [['small.strata', 'dark[1]'], 'strata: dark[1]: dark has no replicas'],
        [['small.strata', 'a..b'], 'strata: a..b is no path; a path is written as in rack1.docker.web or web[1..2]'],
        [['small.strata', 'ssd'], 'strata: nothing to compare: ssd holds neither a container nor a process'],
        [['small.strata'], "strata: missing required argument 'paths'"],
        [['nowhere.strata', 'web'], 'strata: nowhere.strata: no such file'],
    ])('says of %j in one line why not', async (given, line) => {
        expect(await strata(folder, 'compare', ...given)).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
    });
});

describe('the editor', () => {
    let editor: Editor;
    beforeAll(async () => {
        editor = await openEditor();
    });
    afterAll(() => editor.shutdown());

    const actionsAt = async (marked: string, only?: readonly string[]) => {
        const { text, position } = withCursor(marked);
        const uri = editor.open(`compare-${marked.length}-${only ?? 'any'}.strata`, text);
        const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
        return await editor.request<readonly CodeAction[]>('textDocument/codeAction', {
            textDocument: { uri },
            range: { start: position, end: position },
            context,
        });
    };
    const run = (action: CodeAction | undefined) => editor.request<string | null>('workspace/executeCommand', action?.command);

    test('offers on the name of an element to compare the ways to run it, as Markdown', async () => {
        const [action, ...others] = await actionsAt(small.replace('container web', 'container w<|>eb'));
        expect([action?.title, others]).toEqual(['Compare ways to run web', []]);
        const markdown = (await run(action)) ?? '';
        expect(markdown).toContain('# Ways to run web × 3 on h');
        expect(markdown).toContain('|  | bare hosts | VMs | containers | gVisor | Kata | Firecracker |');
        expect(markdown).toMatch(/^\| fall with a kernel \| 1 of 3 \| 1 of 3 \| 3 of 3 \| 3 of 3 \| 1 of 3 \| 1 of 3 \|$/m);
        expect(editor.capabilities.executeCommandProvider?.commands).toEqual(['strata.compare']);
    });

    test('offers it on hosts and engines as well, but not where nothing runs, nor where only fixes are asked for', async () => {
        expect((await actionsAt(small.replace('host h', 'host <|>h'))).map(({ title }) => title)).toEqual(['Compare ways to run h']);
        expect(await actionsAt(small.replace('disk ssd', 'disk s<|>sd'))).toEqual([]);
        expect(await actionsAt(small.replace('cpu 8 cores', 'c<|>pu 8 cores'))).toEqual([]);
        expect(await actionsAt(small.replace('container web', 'container we<|>b'), ['quickfix'])).toEqual([]);
        expect(await actionsAt(small.replace('container web', 'container we<|>b'), ['refactor'])).toHaveLength(1);
    });

    test('has no answer for what is gone, or for another command', async () => {
        const uri = editor.open('gone.strata', small);
        expect(await run({ title: '', command: { title: '', command: 'strata.compare', arguments: [uri, 'h.docker.gone'] } })).toBeNull();
        expect(await run({ title: '', command: { title: '', command: 'strata.compare' } })).toBeNull();
        expect(await run({ title: '', command: { title: '', command: 'other', arguments: [uri, 'h'] } })).toBeNull();
    });

    test('lets no text of a file become markup', async () => {
        const hostile = small
            .replace('image nginx', 'image "x"')
            .replace('host h', 'type runtime gvisor { class sandbox  /** <img src=x> [a](b) */ memory per-container 1 MiB }\nhost h');
        const markdown = (await run((await actionsAt(hostile.replace('container web', 'container we<|>b')))[0])) ?? '';
        expect(markdown).toContain('&lt;img src');
        expect(markdown).not.toContain('<img');
        expect(markdown).not.toContain('[a](b)');
    });
});
