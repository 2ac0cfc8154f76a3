/** A `let` must not depend on itself. */
import type { Check } from './check.ts';

export const letCycle: Check = {
    code: 'let-cycle',
    severity: 'error',
    title: 'A `let` must not depend on itself',
    explanation: 'The value of this `let` is needed to compute it. Give one of them a value of its own.',
    facts: { names: 'the lets of the circle' },
};
