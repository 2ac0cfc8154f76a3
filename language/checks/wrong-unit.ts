/** A unit must measure the right quantity. */
import type { Check } from './check.ts';

export const wrongUnit: Check = {
    code: 'wrong-unit',
    severity: 'error',
    title: 'A unit must measure the right quantity',
    explanation:
        'The statement takes another quantity, for instance memory where a time stands. Memory, time, rates and CPU work need a unit, unless they are zero; CPU may do without.',
    facts: { unit: 'as written, empty if there is none', wanted: 'the quantity that fits', units: 'units of that quantity, most usual first' },
};
