/** A statement must stand once in a body. */
import type { Check } from './check.ts';

export const duplicateStatement: Check = {
    code: 'duplicate-statement',
    severity: 'error',
    title: 'A statement must stand once in a body',
    explanation: 'The statement stands twice in this body, so that it is open which one holds. The later one is ignored.',
    facts: { key: 'the statement' },
};
