/** Imports libvirt's domains: what `virsh dumpxml` prints, and the files of `/etc/libvirt`. */
import { commented, type Draft, statement, unknownSize, word } from '../draft.ts';
import { ImportLog } from '../import-log.ts';
import type { Importer } from '../importer.ts';
import { readSourceFiles, type SourceFile } from '../source-files.ts';
import { readXml } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { readContainerDomain } from './container-domain.ts';
import { type ReadDomain, readDomain } from './domain.ts';
import { DomainReader } from './domain-reader.ts';
import { containerTypes, type DomainType, domainTypes } from './domain-types.ts';

export const libvirt: Importer = {
    name: 'libvirt',
    title: 'libvirt domain XML',
    filesOf: (names) => names.filter((name) => name.endsWith('.xml')),
    read: ({ projects }) => {
        const log = new ImportLog();
        const guests = readSourceFiles(projects, log).flatMap((file) => readFile(file, log) ?? []);
        if (log.errors.length > 0) {
            return { kind: 'refused', errors: log.errors };
        }
        const definitions = guests.flatMap((guest) =>
            guest.kind === 'vm' ? [...(guest.type.definition === undefined ? [] : [guest.type.definition]), ...guest.domain.definitions] : [],
        );
        return { kind: 'imported', elements: hosts(guests), definitions, report: log.report };
    },
};

type Guest = { readonly kind: 'vm'; readonly type: DomainType; readonly domain: ReadDomain } | { readonly kind: 'container'; readonly draft: Draft };

function readFile({ text, whole }: SourceFile, log: ImportLog): Guest | undefined {
    const root = readXml(text, whole.at.file, log);
    const domain = root && domainOf(root, log);
    return domain && readGuest(domain, log);
}

/** What libvirt keeps of a running domain holds its description. */
function domainOf(root: XmlElement, log: ImportLog): XmlElement | undefined {
    if (root.name === 'domain') {
        return root;
    }
    const inside = root.name === 'domstatus' ? root.children.find(({ name }) => name === 'domain') : undefined;
    if (inside === undefined) {
        log.refuse(root, 'libvirt-kind', `This describes a ${root.name.slice(0, 60)}, and only a domain is a machine`, 'Name the output of `virsh dumpxml`.');
    }
    return inside;
}

function readGuest(root: XmlElement, log: ImportLog): Guest | undefined {
    const reader = new DomainReader(root, log);
    const name = reader.walk.attribute(root, 'type') ?? '';
    reader.walk.attribute(root, 'id');
    const type = domainTypes.get(name);
    if (type === undefined && !containerTypes.includes(name)) {
        const known = [...domainTypes.keys(), ...containerTypes].join(', ');
        reader.refuse(
            root,
            name === '' ? 'The domain has no type' : `The domain is of type ${JSON.stringify(name.slice(0, 60))}, which is unknown`,
            `Write one of ${known}.`,
        );
        return undefined;
    }
    const guest: Guest = type === undefined ? { kind: 'container', draft: readContainerDomain(reader) } : { kind: 'vm', type, domain: readDomain(reader) };
    reader.tellRest();
    return guest;
}

interface Platform {
    readonly name: string;
    readonly system?: string;
    readonly arch: string;
    readonly vms: { readonly type: DomainType; readonly domain: ReadDomain }[];
    readonly containers: Draft[];
}

/** One host for each system and architecture: what runs on a CPU as it is can't share a host with what runs on another. */
function hosts(guests: readonly Guest[]): readonly Draft[] {
    const platforms = new Map<string, Platform>();
    const platform = (name: string, system: string | undefined, arch: string): Platform => {
        const key = `${name} ${arch}`;
        const found = platforms.get(key) ?? { name, arch, vms: [], containers: [], ...(system === undefined ? {} : { system }) };
        platforms.set(key, found);
        return found;
    };
    for (const guest of guests) {
        if (guest.kind === 'container') {
            platform('libvirt', 'linux', 'amd64').containers.push(guest.draft);
        } else {
            const { type, domain } = guest;
            platform(type.host, type.system, type.isHardware ? hostArch(domain.arch) : 'amd64').vms.push(guest);
        }
    }
    return [...platforms.values()].map(writeHost);
}

/** 64-bit CPUs run the 32-bit code of their family. */
const hostArch = (arch: string | undefined): string => (arch === undefined || arch === 'i386' ? 'amd64' : arch === 'arm' ? 'arm64' : arch);

function writeHost({ name, system, arch, vms, containers }: Platform): Draft {
    const types = new Map(vms.map(({ type }) => [type.hypervisor, type]));
    const hypervisors = [...types.keys()].map((type): Draft => {
        const own = vms.filter((vm) => vm.type.hypervisor === type);
        const isBallooning = own.some(({ domain }) => domain.balloons);
        return {
            kind: 'hypervisor',
            name: type,
            type,
            statements: isBallooning ? [commented('some guests are asked to do with less', statement('balloon', word('on')))] : [],
            children: own.map(({ domain }) => withArch(domain, arch)),
        };
    });
    const engine: Draft = { kind: 'engine', name: 'lxc', type: 'lxc', statements: [], children: containers };
    return {
        kind: 'host',
        name,
        comments: ['Domains do not say how large their host is: give it its `cpu` and `memory`.'],
        statements: [
            unknownSize,
            ...(system === undefined ? [] : [statement('os', word(system))]),
            ...(arch === 'amd64' ? [] : [statement('arch', word(arch))]),
        ],
        children: [...hypervisors, ...(containers.length === 0 ? [] : [engine])],
    };
}

function withArch({ draft, arch }: ReadDomain, hostsArch: string): Draft {
    return arch === undefined || arch === hostsArch ? draft : { ...draft, statements: [...draft.statements, statement('arch', word(arch))] };
}
