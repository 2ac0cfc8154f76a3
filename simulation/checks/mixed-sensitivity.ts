/** One kernel should carry workloads of one sensitivity. */

import { type CarryingCost, carryingCost, costClause } from '../comparison/carrying-cost.ts';
import { kernelGroups } from '../isolation/kernels.ts';
import { none } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import type { Element } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { systemMemory } from '../resources/memory.ts';
import { type Check, subjectOf } from './check.ts';
import { sensitivityOf } from './sensitivity.ts';

/**
 * Facts: `sensitivities`, the values of the label; `kernel`, the id of what they share; `memory`, what that holds now;
 * `apart`, `apartCpu`, `apartStart`: bytes, share of CPU and seconds that a VM of its own would take.
 */
export const mixedSensitivity: Check = {
    code: 'mixed-sensitivity',
    severity: 'warning',
    title: 'One kernel should carry workloads of one sensitivity',
    explanation:
        '"Only group containers with the same purpose, sensitivity, and threat posture on a single host OS kernel" (NIST SP 800-190, §4): a shared kernel is a larger surface between them than a hypervisor. ' +
        'Say `label sensitivity "…"` on workloads, or on an engine, a VM or a host for all in it; what has no label is not compared.',
    *run({ index, results }) {
        for (const { kernel, members } of kernelGroups(index)) {
            const first = new Map<string, number>();
            for (const member of members) {
                const number = index.numbers.get(member) ?? none;
                const sensitivity = sensitivityOf(index, number);
                if (sensitivity !== undefined && !first.has(sensitivity)) first.set(sensitivity, number);
            }
            const [[, one] = [], [value, other] = []] = first;
            const [here, there] = [index.elements[one ?? none], index.elements[other ?? none]];
            const machine = index.topology.elements.get(kernel);
            if (here === undefined || there === undefined || machine === undefined) continue;
            const place = machine.implicit ? machine.id : machine.name;
            const memory = results.get(machine.id)?.memory?.used;
            const cost = carryingCost(index, other ?? none, 'vms');
            yield {
                code: mixedSensitivity.code,
                severity: 'warning',
                subject: there.id,
                message:
                    `${subjectOf(there)} (${value}) shares ${place}'s kernel with ${here.name} (${[...first.keys()][0]}): whoever breaks out of one is in the other. ` +
                    `Together: 1 kernel${memory === undefined ? '' : `, ${place} holds ${memoryFigure(memory)}`}. ${apartClause(index, machine, cost)}`,
                facts: {
                    sensitivities: [...first.keys()],
                    kernel,
                    ...(memory === undefined ? {} : { memory }),
                    ...(cost === undefined ? {} : { apart: cost.memory }),
                    ...(cost?.cpuShare === undefined ? {} : { apartCpu: cost.cpuShare }),
                    ...(cost?.start === undefined ? {} : { apartStart: cost.start }),
                },
                related: [{ subject: here.id, message: `${here.name} is ${[...first.keys()][0]}` }],
            };
        }
    },
};

/** Of a hypervisor type that the text does not name only the guest's system is known. */
function apartClause(index: TopologyIndex, machine: Element, cost: CarryingCost | undefined): string {
    if (cost !== undefined) return `In a VM of its own: 2 kernels, ${costClause(cost)}; the wall would be a \`kernel\`.`;
    const system = machine.kind === 'host' || machine.kind === 'vm' ? systemMemory(index, machine) : 0;
    return `In a VM of its own: 2 kernels${system > 0 ? `, ${memoryFigure(system)} for one more operating system` : ''}; the wall would be a \`kernel\`.`;
}
