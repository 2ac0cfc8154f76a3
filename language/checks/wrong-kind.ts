/** A path must name the right kind of element. */
import type { Check } from './check.ts';

export const wrongKind: Check = {
    code: 'wrong-kind',
    severity: 'error',
    title: 'A path must name the right kind of element',
    explanation: 'The path names an element that can not stand here: `after` waits for a container, `migrate` moves a vm.',
    facts: { kind: 'kind of the element', wanted: 'kinds that fit' },
};
