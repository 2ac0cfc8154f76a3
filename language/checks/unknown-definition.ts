/** A type, operating system or image must be in the catalog or defined. */
import type { Check } from './check.ts';

export const unknownDefinition: Check = {
    code: 'unknown-definition',
    severity: 'error',
    title: 'A type, operating system or image must be in the catalog or defined',
    explanation: 'The name is neither in the catalog nor defined in this file or its imports. Define it with `os NAME { … }`, `image NAME { … }` or `type engine NAME { … }`, or correct it.',
    facts: { name: 'as written', candidates: 'what was probably meant, best first' },
};
