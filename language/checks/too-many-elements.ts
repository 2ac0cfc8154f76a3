/** Templates must not multiply without bound. */
import type { Check } from './check.ts';

export const tooManyElements: Check = {
    code: 'too-many-elements',
    severity: 'error',
    title: 'Templates must not multiply without bound',
    explanation:
        'Templates inside templates make more elements than can be shown, or nest them too deep. What goes beyond is left out. Use replicas, as in `container web[1000]`, which cost nothing.',
    facts: { limit: 'how many there may be' },
};
