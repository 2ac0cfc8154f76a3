/** Kinds of libvirt domains: which hypervisor of the catalog each is, and what its host runs. Source: libvirt, formatdomain, "type". */
import { type DraftDefinition, statement, word } from '../draft.ts';
import type { CatalogSystem } from '../guest-system.ts';

export interface DomainType {
    readonly hypervisor: string;
    /** What the host runs; absent: nothing, because the hypervisor does. */
    readonly system?: CatalogSystem;
    /** What the host is called. */
    readonly host: string;
    /** The guest's instructions run as they are, so the host has its architecture. */
    readonly isHardware: boolean;
    /** Where the catalog has no such hypervisor. */
    readonly definition?: DraftDefinition;
}

const onLinux = { system: 'linux', host: 'libvirt', isHardware: true } as const;

export const domainTypes: ReadonlyMap<string, DomainType> = new Map<string, DomainType>([
    ['kvm', { hypervisor: 'kvm', ...onLinux }],
    ['qemu', { hypervisor: 'qemu', ...onLinux, isHardware: false }],
    ['xen', { hypervisor: 'xen', host: 'xen-host', isHardware: true }],
    ['vmware', { hypervisor: 'esxi', host: 'esxi-host', isHardware: true }],
    ['hyperv', { hypervisor: 'hyper-v', system: 'windows-server', host: 'hyper-v-host', isHardware: true }],
    ['vbox', { hypervisor: 'virtualbox', ...onLinux }],
    ['hvf', { ...undefinedType('hvf', 'kernel', "macOS' own"), system: 'macos', host: 'mac', isHardware: true }],
    ['bhyve', { ...undefinedType('bhyve', 'kernel', "FreeBSD's own"), system: 'freebsd', host: 'freebsd-host', isHardware: true }],
    ['vz', { ...undefinedType('vz', 'kernel', "Virtuozzo's"), ...onLinux }],
    ['parallels', { ...undefinedType('parallels', 'kernel', "Parallels'"), ...onLinux }],
    ['phyp', { ...undefinedType('phyp', 'native', "IBM's PowerVM"), host: 'phyp-host', isHardware: true }],
    ['uml', { ...undefinedType('uml', 'hosted', 'User-mode Linux'), ...onLinux }],
    ['test', { ...undefinedType('test', 'hosted', "libvirt's own for tests"), ...onLinux }],
]);

/** Kinds whose domains are containers. */
export const containerTypes: readonly string[] = ['lxc', 'openvz'];

function undefinedType(
    name: string,
    kind: 'native' | 'hosted' | 'kernel',
    what: string,
): { readonly hypervisor: string; readonly definition: DraftDefinition } {
    return {
        hypervisor: name,
        definition: {
            head: `type hypervisor ${name}`,
            comments: [`${what}: the catalog has no figures for it, so what it costs is counted as nothing.`],
            statements: [statement('class', word(kind))],
        },
    };
}
