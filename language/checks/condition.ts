/** A condition must compare something. */
import type { Check } from './check.ts';

export const condition: Check = {
    code: 'condition',
    severity: 'error',
    title: 'A condition must compare something',
    explanation: '`expect` needs a comparison as in `web.cpu.throttled < 1 %`, or `reaches(A, B)`, or `survives(1 host)`.',
    facts: { candidates: 'what was probably meant, best first' },
};
