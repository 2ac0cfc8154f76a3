/** A statement must begin with its key. */
import type { Check } from './check.ts';

export const unknownStatement: Check = {
    code: 'unknown-statement',
    severity: 'error',
    title: 'A statement must begin with its key',
    explanation: 'The word is no key of a statement.',
    facts: { word: 'as written', candidates: 'what was probably meant, best first' },
};
