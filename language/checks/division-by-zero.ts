/** A divisor must not be zero. */
import type { Check } from './check.ts';

export const divisionByZero: Check = {
    code: 'division-by-zero',
    severity: 'error',
    title: 'A divisor must not be zero',
    explanation: 'The right side of `/` is zero, so there is no value.',
    facts: {},
};
