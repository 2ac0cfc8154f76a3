/** Hover says what the result says, and nothing in a text can make it markup. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { type Editor, openEditor, withCursor } from './language-client.ts';

let editor: Editor;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

let opened = 0;
async function hover(marked: string): Promise<string> {
    const { text, position } = withCursor(marked);
    opened += 1;
    const uri = editor.open(`hover-${opened}.strata`, text);
    const answer = await editor.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
    const contents = answer?.contents;
    return contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

const busy = `
/** Takes all it can get. */
host rack1 {
  cpu 2 cores
  memory 16 GiB
  os debian
  engine docker {
    container web[2] { image nginx  cpu limit 500 mcores  process nginx { cpu 1 core  memory 100 MiB } }
    container batch { process b { threads 4  cpu 4 cores  memory 1 GiB } }
  }
  hypervisor kvm {
    overcommit cpu 4
    vm small { vcpus 1  memory 2 GiB  os debian  process p { threads 4  cpu 4 cores } }
  }
}
`;

describe('of an element', () => {
    test('says what it is granted, and what holds it back', async () => {
        const text = await hover(busy.replace('container web', 'container w<|>eb'));
        expect(text).toContain('**container** `rack1.docker.web` × 2, each');
        expect(text).toMatch(/\*\*0\.\d+ cores\*\* granted of 1 core wanted/);
        expect(text).toMatch(/Memory: \*\*1\d\d(\.\d)? MiB\*\* used/);
        expect(text).toMatch(/Kernel: \[`rack1`\]\(.*\)’s \(linux\)/);
    });

    test('names its own limit where that is what holds it', async () => {
        const alone = busy.replace('cpu 4 cores  memory 1 GiB', 'cpu 0.1 cores  memory 1 GiB').replace('threads 4  cpu 4 cores }', 'cpu 0.1 cores }');
        expect(await hover(alone.replace('container web', 'container w<|>eb'))).toMatch(/held by its \[CPU limit\]\(.*\) of 0\.5 cores/);
        expect(await hover(alone.replace('process nginx', 'process ng<|>inx'))).toMatch(
            /held by \[`rack1\.docker\.web`\]\(.*\)’s \[CPU limit\]\(.*\) of 0\.5 cores/,
        );
    });

    test('names who takes the rest where CPU is short', async () => {
        const text = await hover(busy.replace('container batch', 'container ba<|>tch'));
        expect(text).toMatch(/the rest goes to others: \[`rack1\.[a-z.]+`\]\([^)]*\) \([\d.]+ cores?\)/);
        expect(text).toContain('weight 100');
    });

    test('adds up its memory, its parts largest first', async () => {
        const text = await hover(busy.replace('host rack1', 'host ra<|>ck1'));
        expect(text).toContain('Takes all it can get\\.');
        const parts = [...text.matchAll(/^ {2}- ([\d.]+ [KMG]iB) (?!free)/gm)].map(([, figure]) => figure);
        expect(parts.length).toBeGreaterThanOrEqual(3);
    });

    test('says the same wherever the element is named', async () => {
        const named = `${busy}expect small.cpu.granted <= 1 core\n`;
        const [use, declaration] = [await hover(named.replace('expect small', 'expect sm<|>all')), await hover(named.replace('vm small', 'vm sm<|>all'))];
        // Each is asked of a file of its own.
        expect(use.replaceAll(/hover-\d+/g, 'hover')).toBe(declaration.replaceAll(/hover-\d+/g, 'hover'));
    });
});

describe('of an element with scenarios', () => {
    const scenarios = [
        'scenario outage { duration 4 min  at 2 min fail rack1.kvm.small  at 3 min recover rack1.kvm.small }',
        'scenario calm { duration 10 min }',
    ].join('\n');

    test('draws CPU and memory over each scenario, with a gap while it is down', async () => {
        const text = await hover(`${busy.replace('vm small', 'vm sm<|>all')}${scenarios}\n`);
        expect(text).toMatch(
            /- In outage: .*down for .*\n {2}- `CPU [▁-█]{12}\u00a0{6}[▁-█]{6} 0 … [\d.]+ cores? over 4 min`\n {2}- `Memory [▁-█]{12}\u00a0{6}[▁-█]{6} 0 … [\d.]+ [MG]iB over 4 min`/,
        );
        expect(text).toMatch(/- In calm: .*\n {2}- `CPU [▁-█]{24} 0 … [\d.]+ cores? over 10 min`/);
    });

    test('leaves out of replicas all but the first', async () => {
        const text = await hover(`${busy.replace('container web', 'container w<|>eb')}scenario calm { duration 10 min }\n`);
        expect(text.match(/`CPU /g)).toHaveLength(1);
    });

    test('draws nothing of a run that is too large to be recorded at once', async () => {
        const many = 'host big { cpu 64 cores  memory 512 GiB  os debian  engine docker { container w[100] { process p { cpu 0.1 cores  memory 1 MiB } } } }';
        const steps = Array.from({ length: 150 }, (_, second) => `at ${second + 100} s load big.docker.w[${(second % 100) + 1}] by ${(second % 7) + 2}`).join(
            '\n',
        );
        const text = await hover(`${many.replace('host big', 'host b<|>ig')}\nscenario long {\nduration 15 min\n${steps}\n}\n`);
        expect(text).toContain('In long: ready at');
        expect(text).not.toContain('`CPU ');
    });
});

describe('of anything else', () => {
    test.each([
        ['a figure in base units', busy.replace('16 GiB', '1<|>6 GiB'), '`16 GiB` = 17,179,869,184 bytes'],
        ['a statement and its default', busy.replace('overcommit cpu', 'over<|>commit cpu'), 'vCPUs that may be promised for each CPU'],
        ['a statement of two words', busy.replace('cpu limit', 'cpu li<|>mit'), 'no guarantee'],
        ['a built-in type with its source', busy.replace('hypervisor kvm', 'hypervisor k<|>vm'), 'part of the Linux kernel'],
        ['a built-in image', busy.replace('image nginx', 'image ngi<|>nx'), 'image nginx {'],
        ['a let', `/** Room for one. */\nlet room = 2 GiB\nhost a { cpu 1  memory ro<|>om  os debian }\n`, 'Room for one'],
    ])('says %s', async (_, marked, expected) => {
        expect(await hover(marked)).toContain(expected);
    });

    test('works in a text that is broken', async () => {
        expect(await hover('host a {\n  cpu 4\n  memory 1<|>6 GiB\n  engine docker {\n')).toContain('17,179,869,184 bytes');
    });

    test('is nothing in white space and comments', async () => {
        expect(await hover('// a comm<|>ent\nhost a { cpu 1  memory 1 GiB  os debian }\n')).toBe('');
    });
});

test('hostile texts stay text', async () => {
    const hostile = '<img src=x onerror=alert(1)> [click](command:evil) `code` **bold** https://evil.example/ <!-- $(rm) &lt;b&gt;';
    const text = await hover(
        `/** ${hostile} */\nhost a { cpu 1  memory 1 GiB  os debian  engine docker { container w<|>eb { image "${hostile}"  process p { cpu 1 core } } } }\n`.replace(
            'host a',
            `host a`,
        ),
    );
    const host = await hover(`/** ${hostile} */\nhost a<|> { cpu 1  memory 1 GiB  os debian }\n`);
    for (const shown of [text, host]) {
        expect(shown).not.toMatch(/<(?!$)/);
        // The only links are the product's own, into the texts themselves.
        expect(shown.replaceAll(/\]\((?:file|strata-catalog):\/[\w/.%-]+#L\d+,\d+\)/g, '')).not.toContain('](');
        expect(shown).not.toContain('https://');
        expect(shown).not.toContain('**bold**');
        expect(shown).not.toMatch(/(?<!\\)`code/);
    }
    expect(host).toContain('&lt;img src=x onerror=alert\\(1\\)&gt;');
});

describe('derivations', () => {
    /** Each link of a hover with the text of the line that it leads to, from the column on. */
    function targets(shown: string, text: string): Readonly<Record<string, string>> {
        const lines = text.split('\n');
        return Object.fromEntries(
            [...shown.matchAll(/\[`*([^\]`]+)`*\]\((file:[^)#]+)#L(\d+),(\d+)\)/g)].map(([, words = '', , line = '', column = '']) => [
                words,
                lines[Number(line) - 1]?.slice(Number(column) - 1) ?? '',
            ]),
        );
    }

    test('link each term to the line it comes from', async () => {
        const found = targets(await hover(busy.replace('host rack1', 'host ra<|>ck1')), busy);
        expect(found['16 GiB']).toBe('memory 16 GiB');
        expect(found['docker']).toBe('docker {');
        expect(found['kvm']).toBe('kvm {');
        const limited = busy.replace('cpu 4 cores  memory 1 GiB', 'cpu 0.1 cores  memory 1 GiB').replace('threads 4  cpu 4 cores }', 'cpu 0.1 cores }');
        const process = targets(await hover(limited.replace('process nginx', 'process ng<|>inx')), limited);
        expect(process['CPU limit']).toMatch(/^cpu limit 500 mcores/);
        expect(process['rack1.docker.web']).toMatch(/^web\[2\] \{/);
    });

    test('link what it is one of to the figures of the catalog', async () => {
        expect(await hover(busy.replace('container web', 'container we<|>b'))).toMatch(/image \[nginx\]\(strata-catalog:\/images\.strata#L\d+,\d+\)/);
        expect(await hover(busy.replace('host rack1', 'host rac<|>k1'))).toMatch(/\[debian\]\(strata-catalog:\/operating-systems\.strata#L\d+,\d+\)/);
    });
});

describe('in a condition', () => {
    const expecting = (condition: string): string => `${busy}expect ${condition}\n`;
    test.each([
        ['a metric has its value', 'rack1.memory.capa<|>city >= 1 GiB', /^`memory\.capacity` of \[`rack1`\]\(.*\): \*\*16 GiB\*\*$/],
        ['a share in percent, also at its end', 'small.memory.headroom<|> >= 1', /: \*\*[\d.]+ %\*\*$/],
        ['of replicas, for each', 'web.cpu.gran<|>ted >= 0.1', /\*\*0\.\d+ cores\*\*, each$/],
        ['what has no value says so', 'nginx.memory.headr<|>oom >= 0.1', /no value in the steady state/],
    ])('%s', async (_, condition, expected) => {
        expect(await hover(expecting(condition))).toMatch(expected);
    });

    test('the expectation itself says what became of it', async () => {
        const good = await hover(expecting('rack1.memory.capacity >= 1 GiB').replace('expect', 'exp<|>ect'));
        expect(good).toMatch(/^\*\*Holds\*\*: the value is \*\*16 GiB\*\*/);
        const bad = await hover(expecting('rack1.memory.capacity <<|>= 1 GiB'));
        expect(bad).toMatch(/^\*\*Fails\*\*: the value is \*\*16 GiB\*\*/);
    });
});

describe('of the catalog', () => {
    const names = [
        ['hypervisor', [...'kvm xen esxi hyper-v virtualbox vmware-workstation qemu firecracker cloud-hypervisor'.split(' ')]],
        ['engine', 'docker docker-desktop podman containerd cri-o lxc'.split(' ')],
        ['os', 'linux debian ubuntu alpine rhel windows windows-server macos freebsd'.split(' ')],
        ['image', 'nginx postgres redis alpine'.split(' ')],
        ['runtime', 'runc crun gvisor kata'.split(' ')],
    ] as const;

    test.each(names.flatMap(([kind, list]) => list.map((name) => [kind, name] as const)))(
        '%s %s shows its figures and where they come from',
        async (kind, name) => {
            const [first, rest] = [name.slice(0, 1), name.slice(1)];
            const text = await hover(
                kind === 'hypervisor' || kind === 'engine'
                    ? `host a { cpu 4 memory 8 GiB ${kind} ${first}<|>${rest} }`
                    : kind === 'os'
                      ? `host a { cpu 4 memory 8 GiB os ${first}<|>${rest} }`
                      : `host a { cpu 4 memory 8 GiB os linux engine docker { container c { ${kind} ${first}<|>${rest} } } }`,
            );
            expect(text).toMatch(new RegExp(`(type )?${kind} ${name} \\{`));
            if (name !== 'runc' && name !== 'crun') {
                expect(text).toMatch(/\d+(\.\d+)? (K|M|G)i?B|\d+(\.\d+)? m?s\b/);
                expect(text).toMatch(/Source(:|&#58;) |[Nn]o (\w+ )?published/);
            }
        },
    );

    test("gives way to one's own definition", async () => {
        const own = '/** Ours. */\ntype hypervisor kvm { memory 5 MiB }\n';
        const text = await hover(`${own}host a { cpu 4 memory 8 GiB os linux hypervisor k<|>vm { vm v { vcpus 1 memory 1 GiB } } }`);
        expect(text).toContain('Ours');
        expect(text).toContain('memory 5 MiB');
        expect(text).not.toContain('Agache');
    });
});

describe('of a statement', () => {
    test.each([
        ['cpu li<|>mit 2 cores', 'no limit'],
        ['cpu wei<|>ght 200', 'Without it: 100'],
        ['rest<|>art always', 'Without it: no'],
        ['memory sw<|>ap 1 GiB', 'Without it: 0'],
    ])('`%s` says what holds without it', async (statement, expected) => {
        expect(await hover(`host a { cpu 4 memory 8 GiB os linux engine docker { container c { ${statement} } } }`)).toContain(expected);
    });

    test('the keyword of an element says no more than the element', async () => {
        const text = await hover('host a { cpu 4 memory 8 GiB os linux engine docker { cont<|>ainer c { } } }');
        expect(text.split('\n').length).toBeLessThan(6);
    });
});
