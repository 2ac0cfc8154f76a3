/** A statement must stand where it has a meaning. */
import type { Check } from './check.ts';

export const misplacedStatement: Check = {
    code: 'misplaced-statement',
    severity: 'error',
    title: 'A statement must stand where it has a meaning',
    explanation: 'Not every statement belongs everywhere: `vcpus` sizes a vm, `cpu limit` holds a container back.',
    facts: { key: 'the statement', in: 'the kind of body it stands in', kinds: 'kinds of body it belongs in', instead: 'statements of this body that may be meant' },
};
