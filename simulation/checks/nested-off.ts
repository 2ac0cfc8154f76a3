/** A VM must expose virtualisation to carry virtual machines. */
import { at } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { type Check, running } from './check.ts';

/** Facts: `vm`, the id of the VM that has to expose it. */
export const nestedOff: Check = {
    code: 'nested-off',
    severity: 'error',
    title: 'A VM must have `nested on` to carry virtual machines of its own',
    explanation:
        'A hypervisor inside a VM, an engine that brings its own virtual machine, and the runtime `kata` need the virtualisation features of the CPU, which a VM shows its guest only with `nested on`. ' +
        'In a chain of VMs every one that carries another must show them.',
    *run({ index }) {
        for (const [number, element] of running(index)) {
            const outer = index.elements[at(index.kernel, at(index.carrier, number))];
            if (outer?.kind !== 'vm' || outer.nested || !needsVirtualisation(index, number)) continue;
            const subject = element.kind === 'vm' ? (element.parent ?? element.id) : element.id;
            const name = index.elements[index.numbers.get(subject) ?? number]?.name ?? element.name;
            yield {
                code: nestedOff.code,
                severity: 'error',
                subject,
                ...(element.kind === 'container' && element.runtime !== undefined ? { statement: 'runtime' } : {}),
                message: `${name} needs virtualisation inside ${outer.implicit ? 'the virtual machine of its engine' : outer.name}, which does not expose it. ${outer.implicit ? 'Use another runtime.' : `Say \`nested on\` in ${outer.name}.`}`,
                facts: { vm: outer.id },
                related: outer.implicit ? [] : [{ subject: outer.id, statement: 'nested', message: `${outer.name} does not expose virtualisation` }],
            };
        }
    },
};

/** Hypervisors, the virtual machines that engines bring, and containers with a kernel of their own. */
function needsVirtualisation(index: TopologyIndex, number: number): boolean {
    const element = index.elements[number];
    if (element?.kind === 'container') return at(index.kernel, number) === number;
    return element?.kind === 'hypervisor' || (element?.kind === 'vm' && element.implicit);
}
