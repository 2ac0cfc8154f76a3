/** A VM should not have more vCPUs than its host has CPUs. */

import { at } from '../model/columns.ts';
import { coresFigure, countOf } from '../model/figures.ts';
import { type Check, rounding, running, subjectOf } from './check.ts';

/** Facts: `vcpus` and `cpus`. */
export const vcpusAboveHost: Check = {
    code: 'vcpus-above-host',
    severity: 'warning',
    title: 'A VM should not have more vCPUs than its host has logical CPUs',
    explanation:
        'A VM with more vCPUs than there are CPUs competes with itself: its vCPUs take turns, and a lock held by one that waits stops the others. Some products refuse to start it.',
    *run({ index }) {
        for (const [number, element] of running(index)) {
            if (element.kind !== 'vm' || element.vcpus === undefined) continue;
            const machine = index.elements[at(index.kernel, at(index.carrier, number))];
            const cpus = machine?.kind === 'host' ? machine.cpu : machine?.kind === 'vm' ? machine.vcpus : undefined;
            if (machine === undefined || cpus === undefined || element.vcpus <= cpus * rounding) continue;
            yield {
                code: vcpusAboveHost.code,
                severity: 'warning',
                subject: element.id,
                statement: 'vcpus',
                message: `${subjectOf(element)} has ${countOf(element.vcpus, 'vCPU')}, but ${machine.name} has ${coresFigure(cpus)}. More than ${coresFigure(cpus)} can never run at once: give it at most as many.`,
                facts: { vcpus: element.vcpus, cpus },
                related: [{ subject: machine.id, statement: machine.kind === 'host' ? 'cpu' : 'vcpus', message: `${machine.name} has ${coresFigure(cpus)}` }],
            };
        }
    },
};
