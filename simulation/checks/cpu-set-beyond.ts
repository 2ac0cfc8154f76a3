/** A CPU set must name CPUs that there are. */

import { at } from '../model/columns.ts';
import { countOf } from '../model/figures.ts';
import { type Check, running, subjectOf } from './check.ts';

/** Facts: `cpus`, how many there are; `first`, the first number that is missing. */
export const cpuSetBeyond: Check = {
    code: 'cpu-set-beyond',
    severity: 'error',
    title: 'A CPU set must name CPUs that its machine has',
    explanation:
        'CPUs are numbered from 0. A kernel refuses a set with a number that the machine has no CPU for; inside a VM the numbers are those of its vCPUs.',
    *run({ index, cpu }) {
        for (const [number, element] of running(index)) {
            if (!('cpuSet' in element) || element.cpuSet === undefined) continue;
            const kernel = cpu.forest.kernels[at(cpu.forest.positions, at(index.kernel, at(index.carrier, number)))];
            const cpus = Math.ceil(kernel?.cpus ?? Infinity);
            const first = element.cpuSet.find((one) => one >= cpus);
            const machine = kernel === undefined ? undefined : index.elements[kernel.element];
            if (first === undefined || machine === undefined) continue;
            yield {
                code: cpuSetBeyond.code,
                severity: 'error',
                subject: element.id,
                statement: 'cpu set',
                message: `${subjectOf(element)} names CPU ${first}, but ${machine.name} has ${countOf(cpus, 'CPU')}, numbered from 0${cpus > 1 ? ` to ${cpus - 1}` : ''}. Leave the others out.`,
                facts: { cpus, first },
                related: [],
            };
        }
    },
};
