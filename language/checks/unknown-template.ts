/** A template must be defined, for this kind. */
import type { Check } from './check.ts';

export const unknownTemplate: Check = {
    code: 'unknown-template',
    severity: 'error',
    title: 'A template must be defined, for this kind',
    explanation: '`extends` names a template of the same kind of element, in this file or its imports.',
    facts: { name: 'as written', candidates: 'what was probably meant, best first' },
};
