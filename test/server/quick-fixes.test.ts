/** Every quick fix is applied and the text judged again: the finding is gone, and nothing worse has come. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CodeAction, type Diagnostic, LSPErrorCodes, type Range } from 'vscode-languageserver';
import type { Fix } from '#server/fixes/fix.ts';
import { fixesFor, fixRules } from '#server/fixes/fixes.ts';
import { percentFigure } from '#simulation/model/figures.ts';
import { simulate } from '#simulation/simulate.ts';
import { analyseText } from '../helpers/analysis.ts';
import { lowerText } from '../helpers/strata.ts';
import { type Editor, openEditor } from './language-client.ts';
import { applyEdits, editsFor } from './text-edits.ts';

let editor: Editor;
beforeAll(async () => {
    editor = await openEditor();
});
afterAll(() => editor.shutdown());

interface Case {
    readonly code: string;
    readonly text: string;
    /** Titles of all fixes that are offered. */
    readonly offers: readonly string[];
    /** What the text holds after the first of them. */
    readonly becomes?: string;
}

const host = (body: string): string => `host rack1 {\n  cpu 8 cores\n  memory 32 GiB\n  os debian\n${body}}\n`;
const container = (body: string): string => host(`  engine docker {\n    container web {\n${body}    }\n  }\n`);
/** Two workloads on two machines. */
const apart = `${host('  process p { cpu 1 core }\n')}${host('  process q { cpu 1 core }\n').replace('rack1', 'rack2')}`;

/** One rack too full, one with room, one that is full as well. */
const racks = ['rack1', 'rack2', 'rack3']
    .map((name, index) => {
        const vms =
            [
                [
                    '  vm a { vcpus 1  memory 8 GiB  os debian  process p { memory 6 GiB } }',
                    '  vm b { vcpus 1  memory 6 GiB  os debian  process p { memory 5 GiB } }',
                    '  vm c { vcpus 1  memory 5 GiB  os debian  process p { memory 4 GiB } }',
                ],
                [],
                ['  vm d { vcpus 1  memory 14 GiB  os debian  process p { memory 13 GiB } }'],
            ][index] ?? [];
        return `host ${name} {\n  cpu 8 cores\n  memory ${index === 0 ? 14 : 16} GiB\n  os debian\n  hypervisor kvm {\n    overcommit memory 2\n${vms.map((vm) => `  ${vm}\n`).join('')}  }\n}\n`;
    })
    .join('');

const cases: readonly Case[] = [
    { code: 'unknown-unit', text: host('').replace('32 GiB', '32 Gib'), offers: ['Change the unit to `GiB`'], becomes: 'memory 32 GiB' },
    {
        code: 'wrong-unit',
        text: host('  boot 4 GiB\n'),
        offers: ['s', 'ms', 'min', 'h', 'd'].map((unit) => `Change the unit to \`${unit}\``),
        becomes: 'boot 4 s',
    },
    { code: 'wrong-unit', text: host('  boot 4\n'), offers: ['s', 'ms', 'min', 'h', 'd'].map((unit) => `Add the unit \`${unit}\``), becomes: 'boot 4 s' },
    { code: 'unknown-name', text: `${host('')}expect rack.cpu.capacity >= 1 core\n`, offers: ['Change to `rack1`'], becomes: 'expect rack1.cpu' },
    { code: 'unknown-name', text: `let n = 3\nlet m = n-1\n${host('')}`, offers: ['Change to `n - 1`'], becomes: 'let m = n - 1' },
    { code: 'unknown-definition', text: host('').replace('debian', 'debina'), offers: ['Change to `debian`'], becomes: 'os debian' },
    {
        code: 'unknown-template',
        text: `template small for host {\n  cpu 1\n  memory 4 GiB\n  os debian\n}\nhost a extends smal\n`,
        offers: ['Change to `small`'],
        becomes: 'extends small',
    },
    { code: 'unknown-statement', text: host('  archh arm64\n'), offers: ['Change to `arch`'], becomes: 'arch arm64' },
    {
        code: 'value-not-allowed',
        text: container('      image nginx\n      restart allways\n'),
        offers: ['always', 'on-failure', 'no'].map((word) => `Change to \`${word}\``),
        becomes: 'restart always',
    },
    {
        code: 'ambiguous-path',
        text: `${host('  process p { cpu 1 core }\n')}${host('  process p { cpu 1 core }\n').replace('rack1', 'rack2')}expect p.cpu.granted >= 1 core\n`,
        offers: ['Change to `rack1.p`', 'Change to `rack2.p`'],
        becomes: 'expect rack1.p.cpu',
    },
    { code: 'condition', text: `${apart}expect boundary(p, q) >= kernl\n`, offers: ['Change to `kernel`'], becomes: '>= kernel' },
    {
        code: 'condition',
        text: `${apart}expect boundary(p, q) >= 3\n`,
        offers: ['process', 'namespace', 'sandbox', 'kernel', 'machine'].map((wall) => `Change to \`${wall}\``),
        becomes: '>= process',
    },
    {
        code: 'missing-statement',
        text: 'host a {\n  cpu 4\n  os debian\n}\n',
        offers: [expect.stringMatching(/^Add `memory \d+ GiB`$/)],
        becomes: '\n  memory ',
    },
    { code: 'missing-statement', text: 'host a { cpu 4  os debian }\n', offers: [expect.stringMatching(/^Add `memory \d+ GiB`$/)], becomes: '{ memory ' },
    { code: 'misplaced-statement', text: host('  vcpus 2\n').replace('  cpu 8 cores\n', ''), offers: ['Change to `cpu`', 'Remove `vcpus`'], becomes: 'cpu 2' },
    { code: 'duplicate-statement', text: host('  arch amd64\n  arch arm64\n'), offers: ['Remove `arch`'], becomes: 'arch amd64\n}' },
    { code: 'syntax', text: host('  arch = amd64\n'), offers: ['Remove `=`'], becomes: 'arch amd64' },
    { code: 'syntax', text: host('}\n'), offers: ['Remove `}`'] },
    {
        code: 'syntax',
        text: `host a {\n  cpu 1\n  memory 4 GiB\n  os debian\n\nhost b { cpu 1  memory 4 GiB  os debian }\n`,
        offers: ['Add `}`'],
        becomes: 'os debian\n\n}\nhost b',
    },
    { code: 'syntax', text: host('  label note "high\n'), offers: ['Add `"`'], becomes: 'label note "high"\n' },
    {
        code: 'memory-limit',
        text: container('      image nginx\n      memory limit 100 MiB\n      process p { memory 200 MiB }\n'),
        offers: [expect.stringMatching(/^Raise memory limit to 200 MiB, the working set \(rack1 then has 9\d(\.\d)? % of its memory free\)$/)],
        becomes: 'memory limit 200 MiB',
    },
    {
        code: 'memory-capacity',
        text: host('  process p { memory 40 GiB }\n'),
        offers: [expect.stringMatching(/^Raise memory of rack1 to 41 GiB \(rack1 then has [\d.]+ % of its memory free\)$/)],
        becomes: 'memory 41 GiB',
    },
    {
        code: 'memory-capacity',
        text: racks,
        offers: [
            expect.stringMatching(/^Raise memory of rack1 to 1[5-7] GiB \(rack1 then has [\d.]+ % of its memory free\)$/),
            expect.stringMatching(/^Move c to rack2 \(fits, [\d.]+ % of its memory free\)$/),
            expect.stringMatching(/^Move b to rack2 \(fits, [\d.]+ % of its memory free\)$/),
        ],
    },
    {
        code: 'cpu-throttled',
        text: container('      cpu limit 0.5 cores\n      process p { threads 2  cpu 1.2 cores }\n'),
        offers: [expect.stringMatching(/^Raise CPU limit to 1\.2 cores, all it wants \(rack1 then has 8\d(\.\d)? % of its CPU free\)$/)],
        becomes: 'cpu limit 1.2 cores',
    },
    {
        code: 'cpu-throttled',
        text: host('  hypervisor kvm {\n    vm a { vcpus 1  memory 4 GiB  os debian  process p { threads 3  cpu 2.5 cores } }\n  }\n'),
        offers: [expect.stringMatching(/^Raise vCPUs to 3, all it wants \(rack1 then has 6\d(\.\d)? % of its CPU free\)$/)],
        becomes: 'vcpus 3',
    },
    {
        code: 'cpu-overcommit',
        text: host('  hypervisor kvm {\n    vm a[3] { vcpus 4  memory 4 GiB  os debian }\n  }\n'),
        offers: ['Allow it: `overcommit cpu 1.5`'],
        becomes: 'hypervisor kvm {\n    overcommit cpu 1.5\n',
    },
    {
        code: 'memory-overcommit',
        text: host('  hypervisor kvm {\n    overcommit memory 1.1\n    vm a[3] { vcpus 2  memory 16 GiB  os debian }\n  }\n'),
        offers: [expect.stringMatching(/^Allow it: `overcommit memory 1\.5\d?`$/)],
    },
    {
        code: 'vcpus-above-host',
        text: host('  hypervisor kvm {\n    overcommit cpu 4\n    vm a { vcpus 12  memory 4 GiB  os debian }\n  }\n'),
        offers: ['Lower vCPUs to 8, as many as the machine has'],
        becomes: 'vcpus 8',
    },
    {
        code: 'hypervisor-class',
        text: host('  hypervisor esxi {\n    vm a { vcpus 1  memory 4 GiB  os debian }\n  }\n'),
        offers: ['Make rack1 bare metal: remove its `os`', 'Use kvm in place of esxi'],
        becomes: 'memory 32 GiB\n  hypervisor esxi',
    },
    {
        code: 'hypervisor-class',
        text: host('  hypervisor virtualbox {\n    vm a { vcpus 1  memory 4 GiB  os debian }\n  }\n').replace('  os debian\n', ''),
        offers: ['Give rack1 the operating system debian', 'Use esxi in place of virtualbox'],
        becomes: 'host rack1 {\n  os debian\n',
    },
    { code: 'os-missing', text: host('  process p { cpu 1 core }\n').replace('  os debian\n', ''), offers: ['Give rack1 the operating system debian'] },
    {
        code: 'nested-off',
        text: host(
            '  hypervisor kvm {\n    vm a {\n      vcpus 2\n      memory 8 GiB\n      os debian\n      hypervisor kvm { vm b { vcpus 1  memory 1 GiB  os debian } }\n    }\n  }\n',
        ),
        offers: ['Expose virtualisation to a: `nested on`'],
        becomes: 'vm a {\n      nested on\n',
    },
    {
        code: 'unknown-ignore',
        text: host('  process p { cpu 1 core } // strata-ignore nested-of it is meant\n'),
        offers: ['Change to `nested-off`'],
        becomes: '// strata-ignore nested-off it is meant\n',
    },
    {
        code: 'unused-ignore',
        text: host('  process p { cpu 1 core } // strata-ignore nested-off it is meant\n'),
        offers: ['Remove the comment'],
        becomes: '  process p { cpu 1 core }\n',
    },
    {
        code: 'os-family',
        text: host(
            '  engine docker {\n    container web { image nginx }\n    /** The old one. */\n    container shop[2] {\n      image iis\n      process w3wp { cpu 1 core  memory 1 GiB }\n    }\n  }\n',
        ).replace('iis', 'windows-servercore'),
        offers: ['Put it in a Windows VM'],
        becomes:
            '  hypervisor kvm {\n    vm shop-vm {\n      vcpus 2\n      memory 7 GiB\n      os windows-server\n\n      engine docker {\n        /** The old one. */\n        container shop[2] {\n',
    },
    {
        code: 'os-family',
        text: host(
            '  hypervisor kvm {\n    overcommit cpu 2\n    vm shop-vm { vcpus 1  memory 4 GiB  os debian }\n  }\n  engine docker { container shop { image windows-servercore  process w3wp { cpu 1 core  memory 1 GiB } } }\n',
        ),
        offers: ['Put it in a Windows VM'],
        becomes: '    vm shop-vm-2 {\n      vcpus 1\n',
    },
    {
        code: 'mixed-sensitivity',
        text: host(
            '  engine docker {\n    label sensitivity "public"\n    container web { image nginx  process p { memory 20 MiB } }\n    // Cards.\n    container pay {\n      image debian\n      label sensitivity "cards"\n      process p { cpu 1 core  memory 300 MiB }\n    }\n  }\n',
        ),
        offers: [expect.stringMatching(/^Put pay in a VM of its own \(fits, 9\d(\.\d)? % of its memory free\)$/)],
        becomes: '  hypervisor kvm {\n    vm pay-vm {\n      vcpus 1\n      memory 2 GiB\n      os debian\n\n      engine docker {\n',
    },
    {
        code: 'mixed-sensitivity',
        text: host(
            '  hypervisor kvm { vm db { vcpus 1  memory 2 GiB  os debian } }\n  engine docker {\n    label sensitivity "public"\n    container pay { image debian  label sensitivity "cards"  process p { memory 1 GiB } }\n    container web { image nginx  process p { memory 20 MiB } }\n  }\n',
        ),
        offers: [expect.stringMatching(/^Put web in a VM of its own \(fits, /)],
        becomes: 'os debian\n      label sensitivity "public"\n',
    },
    {
        code: 'mixed-sensitivity',
        text: `${host(
            '  engine docker {\n    container pay { image debian  label sensitivity "cards"  process p { memory 1 GiB } }\n    container web { image nginx  label sensitivity "public"  process p { memory 20 MiB } }\n  }\n',
        )}expect rack1.memory.used <= 1.2 GiB\n`,
        offers: [],
    },
    {
        code: 'size-unknown',
        text: 'host rack1 {\n  label size "unknown"\n  memory 8 GiB\n  os debian\n}\n',
        offers: ['Add `cpu 4 cores`'],
        becomes: 'host rack1 {\n  cpu ',
    },
    {
        code: 'vm-for-one-process',
        text: host(
            '  hypervisor kvm {\n    /** Names. */\n    vm dns[2] {\n      vcpus 1\n      memory 1 GiB // Plenty.\n      os debian\n      label team "net"\n      process resolver {\n        memory 20 MiB\n      }\n    }\n  }\n',
        ),
        offers: [expect.stringMatching(/^Run resolver as a container \(fits, 9\d(\.\d)? % of its memory free\)$/)],
        becomes:
            '  engine docker {\n    /** Names. */\n    container dns[2] {\n      // Plenty.\n      label team "net"\n      process resolver {\n        memory 20 MiB\n      }\n    }\n  }\n\n  hypervisor kvm {\n  }\n',
    },
    {
        code: 'vm-for-one-process',
        text: host(
            '  engine podman {\n    container web { image nginx  process p { memory 20 MiB } }\n  }\n  hypervisor kvm {\n    vm dns { vcpus 1  memory 1 GiB  os debian  process resolver { memory 20 MiB } }\n  }\n',
        ),
        offers: [expect.stringMatching(/^Run resolver as a container \(fits, /)],
        becomes: '    container dns {\n      process resolver { memory 20 MiB }\n    }\n  }\n  hypervisor kvm {\n  }\n',
    },
    {
        code: 'vm-for-one-process',
        text: `template small for vm {\n  vcpus 1\n  memory 1 GiB\n  os debian\n  label team "net"\n}\n${host('  hypervisor kvm {\n    vm dns extends small { process resolver { memory 20 MiB } }\n  }\n')}`,
        offers: [],
    },
    {
        code: 'vm-for-one-process',
        text: `let n = 2\n${host('  hypervisor kvm {\n    vm dns[n] { vcpus 1  memory 1 GiB  os debian  restart always  process resolver { memory 20 MiB } }\n  }\n')}`,
        offers: [expect.stringMatching(/^Run resolver as a container \(fits, /)],
        becomes: '    container dns[n] {\n      restart always\n      process resolver { memory 20 MiB }\n',
    },
    {
        code: 'vm-for-one-process',
        text: `${host('  hypervisor kvm {\n    vm dns { vcpus 1  memory 1 GiB  os debian  process resolver { memory 20 MiB } }\n  }\n')}expect rack1.kvm.dns.memory.used <= 1 GiB\n`,
        offers: [],
    },
    {
        code: 'vm-for-one-process',
        text: host(
            '  hypervisor kvm {\n    vm dns { vcpus 1  memory 1 GiB  os debian  engine docker { container web { image nginx  process p { memory 20 MiB } } } }\n  }\n',
        ),
        offers: [],
    },
    {
        code: 'privileged-container',
        text: container('      image nginx\n      privileged on\n'),
        offers: [
            'Take `privileged` from web',
            'Give it NET_ADMIN in place of `privileged`, enough for a VPN or a firewall',
            'Give it SYS_PTRACE in place of `privileged`, enough for a debugger',
            'Give it SYS_TIME in place of `privileged`, enough for a time server',
        ],
        becomes: 'image nginx\n    }',
    },
    {
        code: 'privileged-container',
        text: container('      image nginx\n      privileged on\n      device "/dev/net/tun"\n'),
        offers: ['Give it NET_ADMIN in place of `privileged`, all that /dev/net/tun asks for', 'Take `privileged` from web: it keeps /dev/net/tun'],
        becomes: 'image nginx\n      capability add NET_ADMIN\n      device "/dev/net/tun"\n',
    },
    {
        code: 'engine-socket-mounted',
        text: container('      image nginx\n      mount "/var/run/docker.sock" ro\n'),
        offers: ['Take the mount from web'],
        becomes: 'image nginx\n    }',
    },
    { code: 'engine-socket-mounted', text: container('      image nginx\n      mount "/var/run/docker.sock"\n      mount "data" "/data"\n'), offers: [] },
    { code: 'device-access', text: container('      image nginx\n      device "/dev/sda"\n'), offers: ['Take the device from web'] },
    ...['seccomp default', 'user 1000', 'no-new-privileges on', 'read-only on', 'pids limit 100'].map((said, place) => ({
        code: ['seccomp-unconfined', 'root-user', 'no-new-privileges-missing', 'writable-root', 'missing-pids-limit'][place] ?? '',
        text: `policy cis-docker\n${container('      image nginx\n      seccomp unconfined\n')}`,
        offers: [`Say \`${said}\` of web`],
        becomes: said,
    })),
];

test.each(cases.map((one, number) => [`${number + 1} ${one.code}`, one] as const))('%s', async (name, { code, text, offers, becomes }) => {
    const { uri, found, actions } = await judge(`fix-${name.replaceAll(' ', '-')}`, text, code);
    expect(actions.map(({ title }) => title)).toEqual(offers);
    for (const [index, action] of actions.entries()) {
        const changed = applyEdits(text, editsFor(uri, action.edit ?? {}));
        if (index === 0 && becomes !== undefined) {
            expect(changed).toContain(becomes);
        }
        editor.change(uri, changed);
        const after = await editor.diagnostics(uri);
        expect(identities(after, code), `${action.title}:\n${changed}`).toHaveLength(identities(found, code).length - 1);
        expect(
            after.filter(isError).filter(({ code: other }) => !found.some((before) => before.code === other)),
            `${action.title}:\n${changed}`,
        ).toEqual([]);
    }
});

test.each(cases.map((one, number) => [`${number + 1} ${one.code}`, one] as const))(
    'the title of %s says what a simulation of the changed text finds',
    async (name, { code, text }) => {
        const { uri, found, actions } = await judge(`title-${name.replaceAll(' ', '-')}`, text, code);
        const promises = await promisesOf(uri, text, found.find((finding) => finding.code === code)?.range);
        for (const { title, edit } of actions) {
            const promised = promises.find((fix) => title.startsWith(fix.title));
            const after = simulate(lowerText(applyEdits(text, editsFor(uri, edit ?? {}))).topology);
            const { on, resource } = promised?.effect ?? {};
            const headroom = on === undefined || resource === undefined ? undefined : after.elements.get(on)?.[resource]?.headroom;
            // What is said of room, and of nothing else, stands in brackets behind a share.
            const said = /\((?:fits, |\S+ then (?:has|needs) )(?<share>[\d.]+ %)/.exec(title)?.groups?.['share'];
            expect(said, title).toBe(headroom === undefined ? undefined : percentFigure(Math.abs(headroom)));
        }
    },
);

/** The fixes themselves, with what each of them means to say. */
async function promisesOf(uri: string, text: string, range: Range | undefined): Promise<readonly Fix[]> {
    const { analysis, sourceOf } = await analyseText(uri, text);
    return analysis.findings
        .filter(({ at }) => at.start.line === range?.start.line && at.start.character === range.start.character)
        .flatMap((finding) => fixesFor({ finding, analysis, sourceOf }));
}

test('an editor that asks for edits gets titles first, and the edit of the text as it is then', async () => {
    const asking = await openEditor(undefined, 'asks for edits');
    const [fix] = cases.filter(({ code }) => code === 'memory-limit');
    const text = fix?.text ?? '';
    const uri = asking.open('resolve.strata', text);
    const range = (await asking.diagnostics(uri)).find(({ code }) => code === 'memory-limit')?.range;
    const [action] = await asking.request<readonly CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
    expect(action).toMatchObject({ title: fix?.offers[0], kind: 'quickfix' });
    expect(action?.edit).toBeUndefined();
    const resolved = await asking.request<CodeAction>('codeAction/resolve', action);
    const changed = applyEdits(text, editsFor(uri, resolved.edit ?? {}));
    asking.change(uri, changed);
    expect(await asking.diagnostics(uri)).not.toContainEqual(expect.objectContaining({ code: 'memory-limit' }));
    await expect(asking.request('codeAction/resolve', action)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    await asking.shutdown();
});

test('a title says what a simulation of the changed text finds', async () => {
    const { uri, actions } = await judge('fix-effects', racks, 'memory-capacity');
    let compared = 0;
    for (const { title, edit } of actions) {
        const promise = /(?:to (?<target>\w+) \(fits,|\((?<machine>\w+) then has) (?<share>[\d.]+ %) of its memory free\)$/.exec(title)?.groups;
        const machine = promise?.['target'] ?? promise?.['machine'];
        const changed = `${applyEdits(racks, editsFor(uri, edit ?? {}))}expect ${machine}.memory.headroom >= 200 %\n`;
        editor.change(uri, changed);
        const failed = (await editor.diagnostics(uri)).find(({ code }) => code === 'expectation-failed');
        expect(String(failed?.message)).toContain(promise?.['share'] ?? 'a share in the title');
        compared += 1;
    }
    expect(compared).toBe(3);
});

test('what would not fit is not offered', async () => {
    const { actions } = await judge(
        'fix-nowhere',
        racks.replace('host rack2 {\n  cpu 8 cores\n  memory 16 GiB', 'host rack2 {\n  cpu 8 cores\n  memory 4 GiB'),
        'memory-capacity',
    );
    expect(actions.map(({ title }) => title.replace(/ \(.*/, ''))).toEqual(['Raise memory of rack1 to 16 GiB']);
});

test('every code that has a fix has a case here', () => {
    const tested = new Set(cases.map(({ code }) => code));
    const untested = fixRules.flatMap(({ codes }) => codes).filter((code) => !tested.has(code));
    expect(untested).toEqual([]);
});

async function judge(
    name: string,
    text: string,
    code: string,
): Promise<{ readonly uri: string; readonly found: readonly Diagnostic[]; readonly actions: readonly CodeAction[] }> {
    const uri = editor.open(`${name}.strata`, text);
    const found = await editor.diagnostics(uri);
    const finding = found.find((candidate) => candidate.code === code);
    expect(found.map((candidate) => candidate.code)).toContain(code);
    const actions = await editor.request<readonly CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: finding?.range,
        context: { diagnostics: [finding] },
    });
    return { uri, found, actions: actions.filter(({ diagnostics }) => diagnostics?.some((solved) => solved.code === code)) };
}

function identities(found: readonly Diagnostic[], code: string): readonly string[] {
    return found.filter((candidate) => candidate.code === code).map(({ message }) => String(message));
}

function isError({ severity }: Diagnostic): boolean {
    return severity === 1;
}
