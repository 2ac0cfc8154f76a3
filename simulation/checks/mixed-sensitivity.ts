/** One kernel should carry workloads of one sensitivity. */

import { kernelGroups } from '../isolation/kernels.ts';
import { at, none } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { systemMemory } from '../resources/memory.ts';
import { type Check, subjectOf } from './check.ts';

/** Facts: `sensitivities`, the values of the label; `kernel`, the id of what they share; `system`, the memory of one more operating system. */
export const mixedSensitivity: Check = {
    code: 'mixed-sensitivity',
    severity: 'warning',
    title: 'One kernel should carry workloads of one sensitivity',
    explanation:
        '"Only group containers with the same purpose, sensitivity, and threat posture on a single host OS kernel" (NIST SP 800-190, §4): a shared kernel is a larger surface between them than a hypervisor. ' +
        'Say `label sensitivity "…"` on workloads, or on an engine, a VM or a host for all in it; what has no label is not compared.',
    *run({ index }) {
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
            const system = machine.kind === 'host' || machine.kind === 'vm' ? systemMemory(index, machine) : 0;
            const cost = system > 0 ? `, which costs the ${memoryFigure(system)} of one more operating system and makes the wall a \`kernel\`` : '';
            yield {
                code: mixedSensitivity.code,
                severity: 'warning',
                subject: there.id,
                message: `${subjectOf(there)} (${value}) shares ${machine.implicit ? machine.id : machine.name}'s kernel with ${here.name} (${[...first.keys()][0]}): whoever breaks out of one is in the other. Move it to a VM${cost}.`,
                facts: { sensitivities: [...first.keys()], kernel, system },
                related: [{ subject: here.id, message: `${here.name} is ${[...first.keys()][0]}` }],
            };
        }
    },
};

/** Its own, or that of the nearest thing around it that has one. */
function sensitivityOf(index: TopologyIndex, number: number): string | undefined {
    for (let step = number; step !== none; step = at(index.parent, step)) {
        const sensitivity = index.elements[step]?.labels['sensitivity'];
        if (sensitivity !== undefined) return sensitivity;
    }
    return undefined;
}
