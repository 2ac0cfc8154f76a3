/** Names must be unique. */
import type { Check } from './check.ts';

export const duplicateName: Check = {
    code: 'duplicate-name',
    severity: 'error',
    title: 'Names must be unique',
    explanation: 'Two elements of one parent, two lets, two templates, two scenarios or two definitions share a name.',
    facts: { name: 'the name' },
};
