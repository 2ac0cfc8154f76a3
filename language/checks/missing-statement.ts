/** A required statement must be given. */
import type { Check } from './check.ts';

export const missingStatement: Check = {
    code: 'missing-statement',
    severity: 'error',
    title: 'A required statement must be given',
    explanation: 'A host needs `cpu` and `memory`, a VM `vcpus` and `memory`, a disk its `size`; a phase ends by `for` or by `work`. What is not known bounds nothing until then.',
    facts: { key: 'the missing statement', insert: 'a line to put in' },
};
