/** A name must be defined. */
import type { Check } from './check.ts';

export const unknownName: Check = {
    code: 'unknown-name',
    severity: 'error',
    title: 'A name must be defined',
    explanation: 'Nothing in this file or its imports has this name. A path names an element by as many of its ancestors as are needed, as in `db.postgres`.',
    facts: { name: 'as written', candidates: 'what was probably meant, best first' },
};
