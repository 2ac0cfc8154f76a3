/** A hypervisor must not promise more memory than its host's, by its overcommit factor. */

import { at, listAt } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import { finite } from '../model/finite.ts';
import { type Check, rounding, running } from './check.ts';

/** Facts: `promised`, `capacity`, `allowed` in bytes; `overcommit`, the factor that would do. */
export const memoryOvercommit: Check = {
    code: 'memory-overcommit',
    severity: 'error',
    title: 'VMs must not be promised more memory than their host has, times `overcommit memory`',
    explanation:
        "The configured memory of the VMs that start by themselves, what each costs beside it, the hypervisor's own and the host's idle operating system exceed the host's memory times " +
        '`overcommit memory` (1 where nothing is said). All may be well today; it stops being so when the guests touch what they were promised.',
    *run({ index, memory }) {
        for (const [number, element] of running(index)) {
            const carrier = index.elements[at(index.carrier, number)];
            if (element.kind !== 'hypervisor' || (carrier?.kind !== 'host' && carrier?.kind !== 'vm') || carrier.memory === undefined) continue;
            const carrierNumber = at(index.carrier, number);
            const system = carrier.kind === 'host' ? at(memory.overhead, carrierNumber) : 0;
            const promised = at(memory.committed, number) + system;
            const allowed = finite(carrier.memory * element.overcommitMemory);
            const vms = [...listAt(index.carried, number)].filter((vm) => at(index.running, vm) === 1 && at(index.count, vm) > 0);
            if (promised <= allowed * rounding || vms.length === 0) continue;
            const needed = carrier.memory > 0 ? finite(Math.ceil((promised / carrier.memory) * 100) / 100) : 0;
            vms.sort((a, b) => at(memory.committed, b) * at(index.count, b) - at(memory.committed, a) * at(index.count, a));
            yield {
                code: memoryOvercommit.code,
                severity: 'error',
                subject: element.id,
                statement: 'overcommit memory',
                message:
                    `${element.name} promises ${memoryFigure(promised)} on ${carrier.name}, which has ${memoryFigure(carrier.memory)}` +
                    `${element.overcommitMemory === 1 ? '' : ` and may promise ${memoryFigure(allowed)}`}. Give the VMs less${needed > 0 ? `, or allow it with \`overcommit memory ${needed}\`` : ''}.`,
                facts: { promised, capacity: carrier.memory, allowed, overcommit: needed },
                related: vms.slice(0, 5).flatMap((vm) => {
                    const one = index.elements[vm];
                    const copies = at(index.count, vm) === 1 ? '' : ` × ${at(index.count, vm)}`;
                    return one === undefined
                        ? []
                        : [
                              {
                                  subject: one.id,
                                  statement: 'memory',
                                  message: `${one.name}${copies} is promised ${memoryFigure(at(memory.committed, vm) * at(index.count, vm))}`,
                              },
                          ];
                }),
            };
        }
    },
};
