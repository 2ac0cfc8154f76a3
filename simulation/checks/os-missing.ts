/** Only a hypervisor runs on a machine without an operating system. */
import { at } from '../model/columns.ts';
import { type Check, running, subjectOf } from './check.ts';

/** Facts: `host`, its id. */
export const osMissing: Check = {
    code: 'os-missing',
    severity: 'error',
    title: 'An engine, a slice or a process must stand on an operating system',
    explanation: 'Without `os` a host is bare metal and carries only a native hypervisor: there is no kernel that could run a process.',
    *run({ index }) {
        for (const [number, element] of running(index)) {
            const host = index.elements[at(index.carrier, number)];
            if (host?.kind !== 'host' || host.os !== undefined || (element.kind !== 'engine' && element.kind !== 'slice' && element.kind !== 'process'))
                continue;
            yield {
                code: osMissing.code,
                severity: 'error',
                subject: element.id,
                message: `${subjectOf(element)} needs a kernel, but ${host.name} has no operating system. Give ${host.name} an \`os\`, as in \`os linux\`.`,
                facts: { host: host.id },
                related: [{ subject: host.id, message: `${host.name} has no \`os\`` }],
            };
        }
    },
};
