/** Imports the guests of a Proxmox VE host: the files of `/etc/pve/qemu-server` and `/etc/pve/lxc`. */
import { commented, type Draft, statement, unknownSize, word } from '../draft.ts';
import { ImportLog, makesNoDifference } from '../import-log.ts';
import type { Importer } from '../importer.ts';
import { readSourceFiles, type SourceFile } from '../source-files.ts';
import { type ConfigSection, readConfigLines } from './config-lines.ts';
import { isKnownSetting } from './known-settings.ts';
import { Settings } from './settings.ts';
import { isContainer, readSystemContainer } from './system-container.ts';
import { type ReadVm, readVm } from './virtual-machine.ts';

export const proxmox: Importer = {
    name: 'proxmox',
    title: 'Proxmox VE',
    filesOf: (names) => names.filter((name) => name.endsWith('.conf')),
    read: ({ projects }) => {
        const log = new ImportLog();
        const guests = readSourceFiles(projects, log).map((file) => readGuest(file, log));
        if (log.errors.length > 0) {
            return { kind: 'refused', errors: log.errors };
        }
        const vms = guests.flatMap((guest) => guest?.vm ?? []);
        const containers = guests.flatMap((guest) => guest?.container ?? []);
        return { kind: 'imported', elements: [host(vms, containers)], definitions: vms.flatMap(({ definitions }) => definitions), report: log.report };
    },
};

type Guest = { readonly vm: ReadVm; readonly container?: never } | { readonly container: Draft; readonly vm?: never };

function readGuest({ project, path, text, whole }: SourceFile, log: ImportLog): Guest | undefined {
    const [current, ...others] = readConfigLines(text, whole.at.file, log);
    if (current === undefined || !isRecognised(current, log)) {
        return undefined;
    }
    tellSections(others, log);
    const settings = new Settings(current, log);
    const id = /(?:^|\/)(\d+)\.conf$/.exec(path)?.[1];
    const isInLxc = project.name === 'lxc' || path.split('/').includes('lxc');
    const guest: Guest = isInLxc || isContainer(settings) ? { container: readSystemContainer(settings, id) } : { vm: readVm(settings, id) };
    tellRest(settings, log);
    return guest;
}

/** Proxmox VE passes over what it does not know; a file of nothing else is some other file. */
function isRecognised({ lines, at }: ConfigSection, log: ImportLog): boolean {
    const isGuest = lines.length === 0 || lines.some(({ key }) => isKnownSetting(key));
    if (!isGuest) {
        log.refuse({ at, path: '' }, 'proxmox-file', 'None of its settings is one of Proxmox VE', 'Name a file of /etc/pve/qemu-server or /etc/pve/lxc.');
    }
    return isGuest;
}

function tellSections(sections: readonly ConfigSection[], log: ImportLog): void {
    for (const section of sections) {
        const what =
            section.kind === 'pending'
                ? `Changes that wait for the next start: ${section.lines.map(({ key, value }) => `${key}: ${value}`).join(', ')}`
                : section.kind === 'snapshot'
                  ? `The snapshot ${section.name}`
                  : `The section ${section.name}`;
        log.note(
            section,
            'not-carried-over',
            what,
            section.kind === 'pending' ? 'Restart the guest, and import it again.' : 'Nothing to do: the text says the guest as it is.',
        );
    }
}

function tellRest(settings: Settings, log: ImportLog): void {
    for (const line of settings.rest()) {
        if (isKnownSetting(line.key)) {
            log.note(line, 'not-carried-over', secrets.has(line.key) ? `${line.key} is set` : `${line.key} is ${line.value}`, makesNoDifference);
        } else {
            log.note(line, 'not-carried-over', `${line.key} is no setting of Proxmox VE, which passes over it`, 'Look whether it is misspelt.');
        }
    }
}

/** A report goes into logs and mails. */
const secrets: ReadonlySet<string> = new Set(['args', 'cipassword', 'sshkeys', 'env']);

/** Proxmox VE is a Debian with its own kernel, KVM and LXC. */
function host(vms: readonly ReadVm[], containers: readonly Draft[]): Draft {
    const hypervisors = (['kvm', 'qemu'] as const).flatMap((type): readonly Draft[] => {
        const guests = vms.filter(({ hypervisor }) => hypervisor === type);
        const balloon = guests.some(({ balloons }) => balloons)
            ? [commented('some guests have a minimum below their memory', statement('balloon', word('on')))]
            : [];
        return guests.length === 0 ? [] : [{ kind: 'hypervisor', name: type, type, statements: balloon, children: guests.map(({ draft }) => draft) }];
    });
    return {
        kind: 'host',
        name: 'proxmox',
        comments: ['The files of guests do not say how large their host is: give it its `cpu` and `memory`.'],
        statements: [unknownSize, statement('os', word('debian'))],
        children: [
            ...hypervisors,
            ...(containers.length === 0 ? [] : [{ kind: 'engine', name: 'lxc', type: 'lxc', statements: [], children: containers } as const]),
        ],
    };
}
