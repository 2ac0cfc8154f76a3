/** A path must mean one element. */
import type { Check } from './check.ts';

export const ambiguousPath: Check = {
    code: 'ambiguous-path',
    severity: 'error',
    title: 'A path must mean one element',
    explanation: 'Several elements fit. Put the name of an ancestor in front, as in `db.postgres`.',
    facts: { path: 'as written', candidates: 'the shortest paths that mean one of them each' },
};
