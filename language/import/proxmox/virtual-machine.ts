/** A virtual machine of Proxmox VE as a draft. Defaults and ranges: qm.conf(5). */
import { commented, type Draft, type DraftDefinition, type DraftStatement, quantity, statement, text, word } from '../draft.ts';
import { type CatalogSystem, type GuestRoom, type GuestSystem, guestSystem } from '../guest-system.ts';
import { shortened } from './config-lines.ts';
import { readDrives } from './drives.ts';
import type { Settings } from './settings.ts';

const mebibyte = 2 ** 20;
const count = (value: number) => quantity(value, 'number');
const bytes = (value: number) => quantity(value, 'memory');

export interface ReadVm {
    readonly draft: Draft;
    readonly definitions: readonly DraftDefinition[];
    /** Without hardware help every instruction is translated. */
    readonly hypervisor: 'kvm' | 'qemu';
    /** It may give memory back, down to its minimum. */
    readonly balloons: boolean;
}

export function readVm(settings: Settings, id: string | undefined): ReadVm {
    const memory = (readMemory(settings) ?? 512) * mebibyte;
    const balloon = readBalloon(settings, memory);
    const vcpus = readVcpus(settings);
    const disks = readDrives(settings);
    const system = readSystem(settings, roomOf(memory, disks));
    const arch = readArch(settings);
    const isTranslated = settings.flag('kvm') === false || arch === 'arm64';
    return {
        hypervisor: isTranslated ? 'qemu' : 'kvm',
        balloons: balloon !== undefined,
        definitions: system?.definitions ?? [],
        draft: {
            kind: 'vm',
            name: settings.line('name')?.value ?? `vm-${id ?? 'unnamed'}`,
            statements: [
                ...(id === undefined ? [] : [statement('label vmid', text(id))]),
                statement('vcpus', count(vcpus)),
                statement('memory', bytes(memory)),
                ...(balloon === undefined ? [] : [balloon]),
                ...readCpuShares(settings),
                ...readCpuLimit(settings),
                ...(system?.statements ?? []),
                ...(arch === undefined ? [] : [statement('arch', word(arch))]),
                ...readNesting(settings),
                ...readStart(settings),
            ],
            children: disks,
        },
    };
}

/** The room for a system is known where every disk has a size. */
function roomOf(memory: number, disks: readonly Draft[]): GuestRoom {
    const sizes = disks.map(({ statements }) => statements.find(({ key }) => key === 'size')?.values[0]);
    const disk = sizes.reduce((sum, size) => sum + (size?.kind === 'quantity' ? size.value : Number.NaN), 0);
    return sizes.length === 0 || Number.isNaN(disk) ? { memory } : { memory, disk };
}

/** In MiB: a number, or `current=` and a number. */
function readMemory(settings: Settings): number | undefined {
    const line = settings.line('memory');
    return line && settings.number(line, settings.parts(line, 'current').get('current') ?? '', /^\d+$/, 'a number of MiB', { min: 16, max: 2 ** 32 });
}

/** With a minimum below the memory, the host takes back what stands between where it runs short. */
function readBalloon(settings: Settings, memory: number): DraftStatement | undefined {
    const minimum = settings.whole('balloon', { min: 0, max: 2 ** 32 });
    const line = settings.line('balloon');
    settings.whole('shares', { min: 0, max: 50_000 });
    if (line === undefined || minimum === undefined || minimum === 0) {
        return undefined;
    }
    if (minimum * mebibyte > memory) {
        settings.refuse(line, `balloon is ${minimum} MiB, more than the memory of ${memory / mebibyte} MiB`, 'Lower the one or raise the other.');
    }
    const shares = settings.line('shares');
    if (shares !== undefined) {
        settings.note(shares, 'not-carried-over', `shares is ${shares.value}: who gives memory back first`, 'Nothing to do: the language has no order for it.');
    }
    return minimum * mebibyte >= memory ? undefined : statement('memory reserve', bytes(minimum * mebibyte));
}

function readVcpus(settings: Settings): number {
    const cores = settings.whole('cores', { min: 1, max: 8192 }) ?? 1;
    const sockets = settings.whole('sockets', { min: 1, max: 8192 }) ?? settings.whole('smp', { min: 1, max: 8192 }) ?? 1;
    const vcpus = settings.whole('vcpus', { min: 1, max: 8192 });
    const line = settings.line('vcpus');
    if (line !== undefined && vcpus !== undefined && vcpus > cores * sockets) {
        settings.refuse(
            line,
            `vcpus is ${vcpus}, more than the ${cores * sockets} of ${sockets} × ${cores} sockets and cores`,
            'Lower it, or raise the cores.',
        );
    } else if (line !== undefined && vcpus !== undefined && vcpus < cores * sockets) {
        settings.note(
            line,
            'chosen',
            `vcpus is ${vcpus} of ${cores * sockets} at most: the text says those that are plugged in`,
            'Raise `vcpus` to see the machine with all of them.',
        );
    }
    return vcpus ?? cores * sockets;
}

/** As the kernel's control groups of version 2 take it: 1 to 10000, 100 without it. */
export function readCpuShares(settings: Settings): readonly DraftStatement[] {
    const units = settings.whole('cpuunits', { min: 0, max: 500_000 });
    const line = settings.line('cpuunits');
    if (line === undefined || units === undefined || units === 0) {
        return [];
    }
    const weight = Math.min(units, 10_000);
    if (units !== weight) {
        settings.note(line, 'approximated', `cpuunits is ${units}, and a weight at most 10000`, 'Look whether the other guests are weighed on the same scale.');
    } else if (units === 1024) {
        settings.note(
            line,
            'approximated',
            'cpuunits is 1024, which was the default before control groups of version 2, and is ten times the default of 100 now',
            'Remove the weight if nobody meant it.',
        );
    }
    return weight === 100 ? [] : [statement('cpu weight', count(weight))];
}

function readCpuLimit(settings: Settings): readonly DraftStatement[] {
    const limit = settings.decimal('cpulimit', { min: 0, max: 128 });
    return limit === undefined || limit === 0 ? [] : [statement('cpu limit', quantity(limit, 'cpu'))];
}

function readArch(settings: Settings): 'amd64' | 'arm64' | undefined {
    const line = settings.line('arch');
    if (line === undefined || line.value === 'x86_64') {
        return undefined;
    }
    if (line.value === 'aarch64') {
        settings.note(
            line,
            'chosen',
            'The guest is written under `hypervisor qemu`: hosts of Proxmox VE have x86-64 CPUs, which translate it',
            'Move it under `hypervisor kvm` on a host with `arch arm64`.',
        );
        return 'arm64';
    }
    settings.refuse(line, `arch is ${JSON.stringify(line.value)}`, 'Write x86_64 or aarch64.');
    return undefined;
}

const systems: ReadonlyMap<string, readonly [CatalogSystem, string?]> = new Map([
    ['l24', ['linux']],
    ['l26', ['linux']],
    ['wxp', ['windows', 'XP']],
    ['w2k', ['windows', '2000']],
    ['w2k3', ['windows-server', '2003']],
    ['w2k8', ['windows-server', '2008']],
    ['wvista', ['windows', 'Vista']],
    ['win7', ['windows', '7']],
    ['win8', ['windows', '8']],
    ['win10', ['windows', '10']],
    ['win11', ['windows', '11']],
]);

function readSystem(settings: Settings, room: GuestRoom): GuestSystem | undefined {
    const line = settings.line('ostype');
    const type = line?.value ?? 'other';
    const [name, version] = systems.get(type) ?? [];
    if (line === undefined || type === 'other') {
        return undefined;
    }
    if (type === 'solaris') {
        settings.note(line, 'not-carried-over', 'The system is Solaris, which the catalog has not', 'Define it: `os solaris { … }`.');
        return undefined;
    }
    if (name === undefined) {
        settings.refuse(line, `ostype is ${shortened(type)}`, `Write one of other, solaris, ${[...systems.keys()].join(', ')}.`);
        return undefined;
    }
    const system = guestSystem(name, version, room);
    for (const { why, what, remedy } of system.notes) {
        settings.note(line, why, what, remedy);
    }
    return system;
}

/** The CPU type `host` shows the guest all that the host's CPU has. */
function readNesting(settings: Settings): readonly DraftStatement[] {
    const line = settings.line('cpu');
    if (line === undefined) {
        return [];
    }
    const parts = settings.parts(line, 'cputype');
    const flags = (parts.get('flags') ?? '').split(';');
    const isShown = (sign: string) => ['vmx', 'svm', 'nested-virt'].some((flag) => flags.includes(`${sign}${flag}`));
    if (isShown('+')) {
        return [statement('nested', word('on'))];
    }
    settings.note(line, 'not-carried-over', `The CPU type is ${line.value}`, 'Nothing to do: all types compute alike here.');
    return parts.get('cputype') === 'host' && !isShown('-')
        ? [commented('the CPU type `host` shows the guest the CPU’s virtualisation', statement('nested', word('on')))]
        : [];
}

/** Without `onboot` a guest starts by hand only, and a template never. */
export function readStart(settings: Settings): readonly DraftStatement[] {
    const isTemplate = settings.flag('template') === true;
    const starts = settings.flag('onboot') ?? settings.flag('autostart') ?? false;
    const why = isTemplate ? 'a template: never started itself' : 'no `onboot`: started by hand, so it takes nothing here';
    return starts && !isTemplate ? [] : [commented(why, statement('autostart', word('off')))];
}
