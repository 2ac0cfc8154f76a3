/** Imports a machine as a host with its real size, disks and network cards: this one, or one whose texts were kept. */
import { architectureNamed } from '#simulation/compatibility/architectures.ts';
import { commented, type Draft, type DraftStatement, quantity, statement, text, unknownSize, word } from '../draft.ts';
import type { CatalogSystem } from '../guest-system.ts';
import { ImportLog } from '../import-log.ts';
import type { Importer, ImportProject } from '../importer.ts';
import type { Fields } from '../yaml/yaml-fields.ts';
import { assignments } from './colon-lines.ts';
import { MachineReader } from './machine-reader.ts';
import { nodeFields, processorFields, readCpus, readMemory, readSwap, type Size } from './machine-size.ts';
import { disksFile, machineFiles, networkFile, processorsFile, systemFile } from './machine-texts.ts';

export const thisMachine: Importer = {
    name: 'this-machine',
    title: 'this machine',
    filesOf: (names) => machineFiles.filter((name) => names.includes(name)),
    read: ({ projects }) => {
        const log = new ImportLog();
        const hosts = projects.map((project) => readMachine(project, log));
        return log.errors.length > 0 ? { kind: 'refused', errors: log.errors } : { kind: 'imported', elements: hosts, report: log.report };
    },
};

function readMachine(project: ImportProject, log: ImportLog): Draft {
    const reader = new MachineReader(project, log);
    tellMissing(reader);
    const node = nodeFields(reader);
    const processors = processorFields(reader);
    const cpus = readCpus(reader, processors, node);
    const memory = readMemory(reader, node);
    const swap = readSwap(reader);
    const vendor = processors.get('Hypervisor vendor');
    if (vendor !== undefined) {
        log.note(
            reader.locate(processorsFile),
            'chosen',
            `The machine is a virtual one of ${vendor.slice(0, 60)}: what its own host gives it at worst is not known`,
            'Describe the host that carries it, if you know it.',
        );
    }
    return {
        kind: 'host',
        name: node?.text('hostname') ?? 'machine',
        statements: [
            ...(cpus === undefined || memory === undefined ? [unknownSize] : []),
            ...sized('cpu', cpus, 'cpu'),
            ...sized('memory', memory && { ...memory, amount: Math.floor(memory.amount / 2 ** 20) * 2 ** 20 }, 'memory'),
            ...(swap === 0 ? [] : [statement('swap', quantity(Math.floor(swap / 2 ** 20) * 2 ** 20, 'memory'))]),
            ...readSystem(reader, node),
            ...readArch(processors.get('Architecture') ?? node?.text('arch')),
        ],
        children: [...readDisks(reader), ...readNics(reader)],
    };
}

const sized = (key: 'cpu' | 'memory', size: Size | undefined, dimension: 'cpu' | 'memory'): readonly DraftStatement[] => {
    const written = size && statement(key, quantity(size.amount, dimension));
    return written === undefined ? [] : [size?.comment === undefined ? written : commented(size.comment, written)];
};

/** A machine without a program is none without CPUs: what is missing is told. */
function tellMissing(reader: MachineReader): void {
    const programs = [
        [processorsFile, 'lscpu', 'CPUs are counted by what else is known'],
        [disksFile, 'lsblk', 'disks are not known'],
        [networkFile, '/sys/class/net', 'network cards are not known'],
    ] as const;
    for (const [file, program, consequence] of programs.filter(([name]) => !reader.has(name))) {
        reader.log.note(reader.locate(file), 'not-carried-over', `There is no ${program}, so ${consequence}`, `Install ${program}, or write them by hand.`);
    }
}

const systems: ReadonlyMap<string, CatalogSystem> = new Map([
    ['debian', 'debian'],
    ['raspbian', 'debian'],
    ['ubuntu', 'ubuntu'],
    ['alpine', 'alpine'],
    ['rhel', 'rhel'],
    ['centos', 'rhel'],
    ['rocky', 'rhel'],
    ['almalinux', 'rhel'],
    ['darwin', 'macos'],
    ['win32', 'windows'],
    ['freebsd', 'freebsd'],
]);

/** By its name, or those it is like, as `/etc/os-release` has them. */
function readSystem(reader: MachineReader, node: Fields | undefined): readonly DraftStatement[] {
    const release = assignments(reader.text(systemFile) ?? '');
    const platform = node?.text('platform');
    const names = [release.get('ID'), ...(release.get('ID_LIKE')?.split(' ') ?? []), platform].filter((name) => name !== undefined && name !== '');
    const known = names.map((name) => systems.get(name ?? '')).find((system) => system !== undefined);
    const isOwn = known !== undefined && systems.get(release.get('ID') ?? '') === known;
    if (known === undefined && platform !== 'linux' && release.size === 0) {
        return [];
    }
    if (!isOwn && release.has('ID')) {
        reader.log.note(
            reader.locate(systemFile),
            'approximated',
            `The system is ${(release.get('PRETTY_NAME') ?? release.get('ID') ?? '').slice(0, 60)}: the text says ${known ?? 'linux'}`,
            'Define it if its own memory matters.',
        );
    }
    const version = isOwn ? release.get('VERSION_ID') : undefined;
    return [statement('os', word(known ?? 'linux'), ...(version === undefined || version === '' ? [] : [text(version)]))];
}

/** As the kernel names it, or Node.js. */
function readArch(written: string | undefined): readonly DraftStatement[] {
    const arch = written === undefined ? undefined : written === 'ia32' ? 'i386' : architectureNamed(written === 'armv7l' ? 'arm' : written);
    return arch === undefined || arch === 'amd64' ? [] : [statement('arch', word(arch))];
}

/** What is memory, or a part of another, is no disk. */
function readDisks(reader: MachineReader): readonly Draft[] {
    return reader.objects(disksFile, 'blockdevices').flatMap((device) => {
        const name = device.text('name') ?? '';
        const size = Number(sizeOf(device));
        const isDisk = device.text('type') === 'disk' && size > 0 && !/^(zram|ram|loop|fd|nbd)\d/.test(name);
        return isDisk ? [{ kind: 'disk', name, statements: [statement('size', quantity(size, 'memory'))], children: [] } as const] : [];
    });
}

/** Older versions of `lsblk` put numbers in quotes. */
function sizeOf(device: Fields): string {
    const value = device.value('size');
    return value?.kind === 'scalar' && /^\d{1,18}$/.test(value.source) ? value.source : '0';
}

/** Ethernet cards (ARPHRD_ETHER of `linux/if_arp.h`) that are no bridges, tunnels or the like. */
function readNics(reader: MachineReader): readonly Draft[] {
    return reader.objects(networkFile, undefined).flatMap((card) => {
        const name = card.text('name') ?? '';
        const speed = Number(card.text('speed') ?? '');
        if (card.text('type')?.trim() !== '1' || card.flag('isVirtual') === true) {
            return [];
        }
        const isKnown = Number.isInteger(speed) && speed > 0;
        if (!isKnown) {
            reader.log.note(
                card,
                'not-carried-over',
                `The speed of ${name.slice(0, 60)} is not known: it is down, or has none`,
                'Give the nic its `bandwidth`.',
            );
        }
        return [{ kind: 'nic', name, statements: isKnown ? [statement('bandwidth', quantity((speed * 1e6) / 8, 'rate'))] : [], children: [] } as const];
    });
}
