/** An expression must not mix quantities. */
import type { Check } from './check.ts';

export const dimensionMismatch: Check = {
    code: 'dimension-mismatch',
    severity: 'error',
    title: 'An expression must not mix quantities',
    explanation:
        'Only values of one quantity can be added, subtracted or compared; a value can be multiplied or divided by a number. Shares, ratios and counts are all numbers.',
    facts: { left: 'quantity on the left', right: 'quantity on the right' },
};
