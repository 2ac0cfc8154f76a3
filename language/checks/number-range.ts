/** A number must lie in the range of its statement. */
import type { Check } from './check.ts';

export const numberRange: Check = {
    code: 'number-range',
    severity: 'error',
    title: 'A number must lie in the range of its statement',
    explanation:
        'The value is below, above or between what the statement takes: a count must be whole, a capacity above zero. Only `oom-score-adj` takes a sign.',
    facts: { value: 'in base units', min: 'smallest value, if there is one', max: 'largest value, if there is one' },
};
