/** A VM must expose virtualisation to carry virtual machines. */
import { at } from '../model/columns.ts';
import { type Check, running } from './check.ts';

/** Facts: `vm`, the id of the VM that has to expose it. */
export const nestedOff: Check = {
    code: 'nested-off',
    severity: 'error',
    title: 'A VM must have `nested on` to carry virtual machines of its own',
    explanation:
        'A hypervisor inside a VM, and an engine that brings its own virtual machine, need the virtualisation features of the CPU, which a VM shows its guest only with `nested on`.',
    *run({ index }) {
        for (const [number, element] of running(index)) {
            const outer = index.elements[at(index.kernel, at(index.carrier, number))];
            if (outer?.kind !== 'vm' || outer.nested || (element.kind !== 'hypervisor' && !(element.kind === 'vm' && element.implicit))) continue;
            const subject = element.kind === 'hypervisor' ? element.id : (element.parent ?? element.id);
            yield {
                code: nestedOff.code,
                severity: 'error',
                subject,
                message: `${index.elements[index.numbers.get(subject) ?? number]?.name ?? element.name} needs virtualisation inside ${outer.name}, which does not expose it. Say \`nested on\` in ${outer.name}.`,
                facts: { vm: outer.id },
                related: [{ subject: outer.id, statement: 'nested', message: `${outer.name} does not expose virtualisation` }],
            };
        }
    },
};
