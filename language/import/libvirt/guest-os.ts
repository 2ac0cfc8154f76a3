/** The operating system of a domain, of what virt-install wrote about it: libosinfo's identifiers. */
import { type CatalogSystem, type GuestSystem, guestSystem } from '../guest-system.ts';
import { localName, type XmlElement } from '../xml/xml-element.ts';
import type { DomainReader } from './domain-reader.ts';

/** By the first part of an identifier's path, as `debian` of `http://debian.org/debian/12`. */
const systems: ReadonlyMap<string, CatalogSystem> = new Map<string, CatalogSystem>([
    ['debian', 'debian'],
    ['ubuntu', 'ubuntu'],
    ['rhel', 'rhel'],
    ['centos', 'rhel'],
    ['centos-stream', 'rhel'],
    ['almalinux', 'rhel'],
    ['rocky', 'rhel'],
    ['alpinelinux', 'alpine'],
    ['freebsd', 'freebsd'],
    ['macosx', 'macos'],
    ...[
        'fedora',
        'fedora-coreos',
        'opensuse',
        'sle',
        'sles',
        'sled',
        'archlinux',
        'gentoo',
        'linux',
        'ol',
        'mageia',
        'nixos',
        'manjaro',
        'slackware',
        'silverblue',
    ].map((name) => [name, 'linux'] as const),
]);

export function readGuestOs(reader: DomainReader, memory: number): GuestSystem | undefined {
    const element = osinfoOf(reader, reader.at('metadata'));
    const id = reader.walk.attribute(element, 'id');
    if (element === undefined || id === undefined) {
        return undefined;
    }
    const [name = '', version] = id.replace(/^[a-z]+:\/\/[^/]*\//, '').split('/');
    const known = name === 'win' ? windows(version ?? '') : systemOf(name, version);
    if (known === undefined) {
        reader.note(element, 'not-carried-over', `The guest runs ${id.slice(0, 80)}, which the catalog has not`, 'Define the system: `os NAME { family … }`.');
        return undefined;
    }
    if (known.system === 'linux' && name !== 'linux') {
        reader.note(
            element,
            'approximated',
            `The guest runs ${name}, which the catalog has not: the text says linux`,
            'Define the system if its own memory matters.',
        );
    }
    const system = guestSystem(known.system, known.version, { memory: memory === 0 ? Infinity : memory });
    for (const { why, what, remedy } of system.notes) {
        reader.note(element, why, what, remedy);
    }
    return system;
}

function osinfoOf(reader: DomainReader, metadata: XmlElement | undefined): XmlElement | undefined {
    const libosinfo = metadata?.children.find(({ name }) => localName(name) === 'libosinfo');
    const os = libosinfo?.children.find(({ name }) => localName(name) === 'os');
    reader.walk.child(metadata, libosinfo?.name ?? '');
    reader.walk.child(libosinfo, os?.name ?? '');
    for (const attribute of libosinfo?.attributes.keys() ?? []) {
        if (attribute.startsWith('xmlns')) reader.walk.attribute(libosinfo, attribute);
    }
    return os;
}

function systemOf(name: string, version: string | undefined): { readonly system: CatalogSystem; readonly version?: string } | undefined {
    const system = systems.get(name);
    const isVersion = system !== 'linux' && version !== undefined && /^\d/.test(version);
    return system === undefined ? undefined : { system, ...(isVersion ? { version } : {}) };
}

/** `win/10`, `win/2k22`. */
function windows(version: string): { readonly system: CatalogSystem; readonly version: string } {
    const server = /^2k(\d+)/.exec(version)?.[1];
    return server === undefined ? { system: 'windows', version } : { system: 'windows-server', version: `20${server.padStart(2, '0')}` };
}
