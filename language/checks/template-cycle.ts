/** A template must not extend or contain itself. */
import type { Check } from './check.ts';

export const templateCycle: Check = {
    code: 'template-cycle',
    severity: 'error',
    title: 'A template must not extend or contain itself',
    explanation: 'The template is needed to complete itself, so it would never end.',
    facts: { name: 'the template' },
};
