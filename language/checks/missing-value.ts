/** A statement must have its value. */
import type { Check } from './check.ts';

export const missingValue: Check = {
    code: 'missing-value',
    severity: 'error',
    title: 'A statement must have its value',
    explanation: 'The statement lacks what belongs behind its key.',
    facts: { key: 'the statement', form: 'how it is written' },
};
