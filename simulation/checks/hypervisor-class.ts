/** A hypervisor must stand on what it needs: the bare machine, or an operating system. */
import { at } from '../model/columns.ts';
import { type Check, running } from './check.ts';

/** Facts: `class`, the type's; `os`, the host's system, where it has one; `host`, its id. */
export const hypervisorClass: Check = {
    code: 'hypervisor-class',
    severity: 'error',
    title: 'A native hypervisor must stand on the bare machine, any other on an operating system',
    explanation:
        'A native hypervisor (ESXi, Xen) is the first thing on the machine and brings its own kernel, so the host has no `os`. A hosted one (VirtualBox) is a program on a system, and one that is part of a kernel (KVM) needs that kernel.',
    *run({ index }) {
        for (const [number, element] of running(index)) {
            const host = index.elements[at(index.carrier, number)];
            const type = element.kind === 'hypervisor' ? index.topology.definitions.hypervisorTypes.get(element.type) : undefined;
            if (type === undefined || (host?.kind !== 'host' && host?.kind !== 'vm')) continue;
            const isNative = type.class === 'native';
            if (isNative === (host.os === undefined)) continue;
            yield {
                code: hypervisorClass.code,
                severity: 'error',
                subject: element.id,
                message: isNative
                    ? `${type.name} runs on the bare machine, but ${host.name} has the operating system ${host.os?.name ?? ''}. Remove \`os\` from ${host.name}, or use a hypervisor that runs on it.`
                    : `${type.name} needs an operating system, and ${host.name} has none. Give ${host.name} an \`os\`, or use a native hypervisor.`,
                facts: { class: type.class, host: host.id, ...(host.os === undefined ? {} : { os: host.os.name }) },
                related: host.os === undefined ? [] : [{ subject: host.id, statement: 'os', message: `${host.name} runs ${host.os.name}` }],
            };
        }
    },
};
