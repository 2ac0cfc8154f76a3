/** A phase should last. */
import type { Phase } from '#simulation/model/topology.ts';
import type { Item } from '../generated/ast.ts';
import type { Report } from '../problems.ts';
import { rangeOf } from '../syntax/ranges.ts';
import type { Check } from './check.ts';

export const phaseLength: Check = {
    code: 'phase-length',
    severity: 'warning',
    title: 'A phase should last',
    explanation: 'The phase takes no time and does no work, so it is over as soon as it begins, and nothing of what it wants is ever used.',
    facts: {},
};

/** `item` is the statement that ends the phase. */
export function checkPhaseLength({ name, end }: Phase, item: Item | undefined, report: Report): void {
    if (lengthOf(end) === 0 && item !== undefined) {
        report(phaseLength, {
            at: rangeOf(item),
            message: `The phase \`${name}\` is over as soon as it begins. Give it a time or work above zero, or remove it.`,
        });
    }
}

export function lengthOf(end: Phase['end']): number {
    return end.kind === 'for' ? end.time : end.work;
}
