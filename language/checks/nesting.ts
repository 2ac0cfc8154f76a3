/** Brackets must not nest too deep. */
import type { Check } from './check.ts';

export const nesting: Check = {
    code: 'nesting',
    severity: 'error',
    title: 'Brackets must not nest too deep',
    explanation:
        'Braces, parentheses and brackets nest at most 48 levels deep. What stands deeper is left out. Take a part out into an element, a template or a `let` of its own.',
    facts: {},
};
