/** What runs must fit into the memory of its machine. */

import { at } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import type { ElementId } from '../model/ids.ts';
import type { MemoryPart } from '../model/result.ts';
import type { Element } from '../model/topology.ts';
import { type Check, type CheckContext, rounding, running, subjectOf } from './check.ts';

/** Facts: `capacity`, `used`, `missing` in bytes; `swap` where the host has some. */
export const memoryCapacity: Check = {
    code: 'memory-capacity',
    severity: 'error',
    title: 'What runs must fit into the memory of its host or VM',
    explanation:
        'Working sets, idle operating systems and what virtualisation costs add up to more memory than the machine has. A host would swap and then kill its largest process, ' +
        'which can be a whole VM; a guest kills inside itself. With enough swap on the host it is a warning: everything stays up, slowly.',
    *run(context) {
        for (const [number, element] of running(context.index)) {
            if (element.kind !== 'host' && element.kind !== 'vm') continue;
            const used = at(context.memory.inside, number);
            if (element.memory === undefined || used <= element.memory * rounding) continue;
            const swap = element.kind === 'host' ? (element.swap ?? 0) : 0;
            yield finding(context, element, used, element.memory, swap);
        }
    },
};

function finding(context: CheckContext, element: Element, used: number, capacity: number, swap: number): Finding {
    const missing = used - capacity;
    const fits = missing <= swap;
    const problem = `${subjectOf(element)} has ${memoryFigure(capacity)} of memory, but what runs on it holds ${memoryFigure(used)}`;
    const remedy = fits
        ? `; ${memoryFigure(missing)} would lie in swap. Raise its memory to ${memoryFigure(used)} to keep everything in memory.`
        : `. Raise its memory by ${memoryFigure(missing)}, or move something elsewhere.`;
    return {
        code: memoryCapacity.code,
        severity: fits ? 'warning' : 'error',
        subject: element.id,
        statement: 'memory',
        message: problem + remedy,
        facts: { capacity, used, missing, ...(swap > 0 ? { swap } : {}) },
        related: largest(context, element.id),
    };
}

/** The largest summands of an element's memory, as the chain of causes. */
function largest(context: CheckContext, id: ElementId): Finding['related'] {
    const parts = context.results.get(id)?.memory?.parts ?? [];
    return parts
        .filter((part) => part.bytes > 0)
        .slice(0, 5)
        .map((part: MemoryPart) => ({ subject: part.element ?? id, message: `${part.label} holds ${memoryFigure(part.bytes)}` }));
}
