/** Phases that repeat for ever must take time. */
import type { Phase } from '#simulation/model/topology.ts';
import type { Item } from '../generated/ast.ts';
import type { Report } from '../problems.ts';
import { rangeOf } from '../syntax/ranges.ts';
import type { Check } from './check.ts';
import { lengthOf } from './phase-length.ts';

export const repeatEndless: Check = {
    code: 'repeat-endless',
    severity: 'error',
    title: 'Phases that repeat for ever must take time',
    explanation: 'No phase of the process takes time or does work, so they would repeat without end at one instant. In a scenario such a process does nothing.',
    facts: {},
};

/** Of a process that says `repeat forever`. */
export function checkRepeat(item: Item, phases: readonly Phase[], report: Report): void {
    if (phases.length > 0 && phases.every(({ end }) => lengthOf(end) === 0)) {
        report(repeatEndless, {
            at: rangeOf(item),
            message: 'This would never end: none of its phases takes any time. Give one of them a time or work above zero.',
        });
    }
}
