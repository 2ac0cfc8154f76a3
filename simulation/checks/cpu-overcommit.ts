/** A hypervisor must not promise more vCPUs than its host has CPUs, by its overcommit factor. */

import { at, listAt } from '../model/columns.ts';
import { coresFigure, countOf } from '../model/figures.ts';
import { finite } from '../model/finite.ts';
import { type Check, rounding, running } from './check.ts';

/** Facts: `vcpus`, `capacity`, `allowed`; `overcommit`, the factor that would do. */
export const cpuOvercommit: Check = {
    code: 'cpu-overcommit',
    severity: 'error',
    title: 'VMs must not be promised more vCPUs than their host has logical CPUs, times `overcommit cpu`',
    explanation:
        'The vCPUs of the VMs that start by themselves exceed the logical CPUs of the host times `overcommit cpu` (1 where nothing is said). Ratios of 2 to 4 are usual for mixed work, 1 for databases; ' +
        'say the one you mean, and the simulation shows what the guests are granted.',
    *run({ index }) {
        for (const [number, element] of running(index)) {
            const carrier = index.elements[at(index.carrier, number)];
            if (element.kind !== 'hypervisor') continue;
            const capacity = carrier?.kind === 'host' ? carrier.cpu : carrier?.kind === 'vm' ? carrier.vcpus : undefined;
            if (carrier === undefined || capacity === undefined) continue;
            let vcpus = 0;
            for (const child of listAt(index.carried, number)) {
                const vm = index.elements[child];
                if (vm?.kind === 'vm' && at(index.running, child) === 1) vcpus = finite(vcpus + at(index.count, child) * (vm.vcpus ?? 0));
            }
            const allowed = finite(capacity * element.overcommitCpu);
            if (vcpus <= allowed * rounding) continue;
            const overcommit = capacity > 0 ? finite(Math.ceil((vcpus / capacity) * 100) / 100) : 0;
            yield {
                code: cpuOvercommit.code,
                severity: 'error',
                subject: element.id,
                statement: 'overcommit cpu',
                message:
                    `${element.name} promises ${countOf(vcpus, 'vCPU')} on ${carrier.name}, which has ${coresFigure(capacity)}${element.overcommitCpu === 1 ? '' : ` and may promise ${countOf(allowed, 'vCPU')}`}. ` +
                    (capacity > 0 ? `Give the VMs fewer, or allow it with \`overcommit cpu ${overcommit}\`.` : 'Give the host CPUs.'),
                facts: { vcpus, capacity, allowed, overcommit },
                related: [...listAt(index.carried, number)].slice(0, 5).flatMap((child) => {
                    const vm = index.elements[child];
                    return vm?.kind !== 'vm' || vm.vcpus === undefined
                        ? []
                        : [{ subject: vm.id, statement: 'vcpus', message: `${vm.name} has ${countOf(at(index.count, child) * vm.vcpus, 'vCPU')}` }];
                }),
            };
        }
    },
};
