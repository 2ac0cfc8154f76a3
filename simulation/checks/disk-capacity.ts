/** What is stored, and what VM disks may grow to, must fit on the disks of its machine. */

import { at, listAt } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import { type Check, type CheckContext, rounding, subjectOf } from './check.ts';

/** Facts: `capacity`, `used`, `promised`, `missing` in bytes. */
export const diskCapacity: Check = {
    code: 'disk-capacity',
    severity: 'error',
    title: "What is stored on a machine, and what its VMs' disks may grow to, must fit on its disks",
    explanation:
        "A host's disks hold its operating system, each engine's images once, and the disks of its VMs at their full size: a thin disk takes less today, but nobody asks the host before a guest fills it. " +
        'A disk of a VM holds the guest installation and the images inside.',
    *run(context) {
        const { index, disk } = context;
        for (const [number, element] of index.elements.entries()) {
            if ((element.kind !== 'host' && element.kind !== 'vm') || at(index.multiplicity, number) === 0) continue;
            const capacity = at(disk.capacity, number);
            const used = at(disk.used, number);
            const promised = element.kind === 'host' ? at(disk.promised, number) : used;
            if (!(promised > capacity * rounding)) continue;
            const first = [...listAt(index.carried, number)].map((child) => index.elements[child]).find((child) => child?.kind === 'disk');
            const missing = promised - capacity;
            const what = promised > used ? `is promised ${memoryFigure(promised)} (${memoryFigure(used)} is used now)` : `has to hold ${memoryFigure(used)}`;
            yield {
                code: diskCapacity.code,
                severity: 'error',
                subject: first?.id ?? element.id,
                statement: 'size',
                message: `${subjectOf(element)}'s disks hold ${memoryFigure(capacity)}, but what stands on them ${what}. Add ${memoryFigure(missing)}, or shrink what stands on them.`,
                facts: { capacity, used, promised, missing },
                related: largest(context, number),
            };
        }
    },
};

function largest({ index, disk }: CheckContext, number: number): Finding['related'] {
    const parts: { readonly child: number; readonly amount: number }[] = [];
    const open = [...listAt(index.carried, number)];
    for (let child = open.pop(); child !== undefined; child = open.pop()) {
        const kind = index.elements[child]?.kind;
        if (kind === 'hypervisor') open.push(...listAt(index.carried, child));
        else if (kind === 'vm' || kind === 'engine') parts.push({ child, amount: at(index.count, child) * at(disk.promised, child) });
    }
    parts.sort((a, b) => b.amount - a.amount || a.child - b.child);
    return parts
        .filter(({ amount }) => amount > 0)
        .slice(0, 5)
        .flatMap(({ child, amount }) => {
            const element = index.elements[child];
            return element === undefined ? [] : [{ subject: element.id, message: `${element.name} takes up to ${memoryFigure(amount)}` }];
        });
}
