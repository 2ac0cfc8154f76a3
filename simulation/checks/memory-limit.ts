/** A group's memory limit must hold the working sets in it. */

import { at, listAt } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import { type Check, type CheckContext, rounding, running, subjectOf } from './check.ts';

/** Facts: `limit` and `needed` in bytes. */
export const memoryLimit: Check = {
    code: 'memory-limit',
    severity: 'error',
    title: 'A memory limit must not be below the working sets that it limits',
    explanation:
        'The processes in a container, pod or slice hold more than its `memory limit`, so the kernel kills one of them as soon as they do. What limits further down already cut off counts at those limits. ' +
        "The runtime's share of a container is not in its control group and does not count.",
    *run(context) {
        const { index } = context;
        const held = heldWithinLimits(context);
        for (const [number, element] of running(index)) {
            if (!('memoryLimit' in element) || element.memoryLimit === undefined || at(held, number) <= element.memoryLimit * rounding) continue;
            const needed = at(held, number);
            yield {
                code: memoryLimit.code,
                severity: 'error',
                subject: element.id,
                statement: 'memory limit',
                message:
                    `${subjectOf(element)} may use ${memoryFigure(element.memoryLimit)} of memory, but its working set is ${memoryFigure(needed)}: the kernel would kill a process in it. ` +
                    `Raise the limit to ${memoryFigure(needed)} or more.`,
                facts: { limit: element.memoryLimit, needed },
                related: [...listAt(index.carried, number)]
                    .filter((child) => at(index.running, child) === 1)
                    .map((child) => ({ child, amount: at(index.count, child) * heldBelow(context, held, child) }))
                    .filter(({ amount }) => amount > 0)
                    .sort((a, b) => b.amount - a.amount)
                    .slice(0, 5)
                    .flatMap(({ child, amount }) => {
                        const one = index.elements[child];
                        return one === undefined ? [] : [{ subject: one.id, message: `${one.name} holds ${memoryFigure(amount)}` }];
                    }),
            };
        }
    },
};

/** By element: working sets inside it, where groups inside count at most their limits. */
function heldWithinLimits(context: CheckContext): Float64Array {
    const { index, memory } = context;
    const held = new Float64Array(index.elements.length);
    for (let number = held.length - 1; number >= 0; number--) {
        if (at(index.running, number) === 0) continue;
        if (index.elements[number]?.kind === 'process') held[number] = at(memory.workingSet, number);
        const carrier = at(index.carrier, number);
        if (carrier >= 0) held[carrier] = Math.min(at(held, carrier) + at(index.count, number) * heldBelow(context, held, number), Number.MAX_VALUE);
    }
    return held;
}

function heldBelow({ index }: CheckContext, held: Float64Array, number: number): number {
    const element = index.elements[number];
    const limit = element !== undefined && 'memoryLimit' in element ? element.memoryLimit : undefined;
    return Math.min(at(held, number), limit ?? Infinity);
}
