/** A unit must exist. */
import type { Check } from './check.ts';

export const unknownUnit: Check = {
    code: 'unknown-unit',
    severity: 'error',
    title: 'A unit must exist',
    explanation: 'The word behind the number is no unit of Strata. Units are spelt exactly: `GiB` is 1024³ bytes, `GB` is 1000³.',
    facts: { unit: 'as written', units: 'what to write instead, best first' },
};
