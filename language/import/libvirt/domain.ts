/** A libvirt domain as a draft: a virtual machine, or of LXC a container. */
import { type Draft, type DraftDefinition, type DraftStatement, statement, word } from '../draft.ts';
import { readNesting, readQuota, readShares, readVcpus } from './domain-cpu.ts';
import { readDisks } from './domain-disks.ts';
import { readDomainMemory } from './domain-memory.ts';
import type { DomainReader } from './domain-reader.ts';
import { readGuestOs } from './guest-os.ts';

export interface ReadDomain {
    readonly draft: Draft;
    readonly definitions: readonly DraftDefinition[];
    readonly arch?: string;
    readonly balloons: boolean;
}

/** By libvirt's names, which are the kernel's; the language takes those of container images. */
const architectures: ReadonlyMap<string, string> = new Map([
    ['x86_64', 'amd64'],
    ['i686', 'i386'],
    ['i586', 'i386'],
    ['i486', 'i386'],
    ['i386', 'i386'],
    ['aarch64', 'arm64'],
    ['armv7l', 'arm'],
    ['armv7b', 'arm'],
    ['armv6l', 'arm'],
    ['ppc64le', 'ppc64le'],
    ['riscv64', 'riscv64'],
    ['s390x', 's390x'],
    ['loongarch64', 'loong64'],
    ['mips64el', 'mips64le'],
]);

export function readDomain(reader: DomainReader): ReadDomain {
    const memory = readDomainMemory(reader);
    const system = readGuestOs(reader, memory.bytes);
    const vcpus = readVcpus(reader);
    const arch = readArch(reader);
    return {
        ...(arch === undefined ? {} : { arch }),
        balloons: memory.balloons,
        definitions: system?.definitions ?? [],
        draft: {
            kind: 'vm',
            name: readName(reader),
            statements: [
                statement('vcpus', { kind: 'quantity', value: vcpus, dimension: 'number' }),
                ...memory.statements,
                ...readShares(reader),
                ...readQuota(reader, vcpus),
                ...(system?.statements ?? []),
                ...readNesting(reader),
                ...readRestart(reader),
            ],
            children: readDisks(reader),
        },
    };
}

export function readName(reader: DomainReader): string {
    const element = reader.at('name');
    const name = element?.text.trim() ?? '';
    if (element === undefined) {
        reader.note(reader.root, 'chosen', 'The domain has no name: it is named by what it is', 'Rename it.');
    } else if (name === '' || /[/\n]/.test(name)) {
        reader.refuse(
            element,
            name === '' ? 'The name is empty' : `The name ${JSON.stringify(name.slice(0, 60))} holds a slash or a line feed`,
            'Write `<name>…</name>`.',
        );
    }
    const uuid = reader.at('uuid');
    // As libvirt reads it: 32 hexadecimal digits, with hyphens and spaces anywhere.
    if (uuid !== undefined && uuid.text.trim() !== '' && !/^[0-9a-f]{32}$/i.test(uuid.text.replace(/[-\s]/g, ''))) {
        reader.refuse(uuid, `The UUID ${JSON.stringify(uuid.text.trim().slice(0, 60))} is malformed`, 'Write 32 hexadecimal digits.');
    }
    return name === '' ? 'unnamed' : name;
}

function readArch(reader: DomainReader): string | undefined {
    const type = reader.at('os', 'type');
    const written = reader.walk.attribute(type, 'arch');
    const arch = architectures.get(written ?? '');
    if (type !== undefined && written !== undefined && arch === undefined) {
        reader.note(
            type,
            'not-carried-over',
            `The architecture ${written.slice(0, 60)} is none that the language knows`,
            'Nothing to do: the guest is taken to have that of its host.',
        );
    }
    return arch;
}

/** What happens when the guest ends by itself, and when it crashes. */
export function readRestart(reader: DomainReader): readonly DraftStatement[] {
    const onPowerOff = reader.at('on_poweroff')?.text.trim();
    const onCrash = reader.at('on_crash')?.text.trim();
    if (onPowerOff === 'restart') {
        return [statement('restart', word('always'))];
    }
    return onCrash === 'restart' || onCrash === 'coredump-restart' || onCrash === 'rename-restart' ? [statement('restart', word('on-failure'))] : [];
}
