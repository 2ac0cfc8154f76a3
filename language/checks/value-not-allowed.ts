/** A word must be one of those the statement takes. */
import type { Check } from './check.ts';

export const valueNotAllowed: Check = {
    code: 'value-not-allowed',
    severity: 'error',
    title: 'A word must be one of those the statement takes',
    explanation: 'The statement takes one of a few words.',
    facts: { value: 'as written', values: 'the words it takes, best first' },
};
