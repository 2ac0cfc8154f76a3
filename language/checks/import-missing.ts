/** An imported file must exist. */
import type { Check } from './check.ts';

export const importMissing: Check = {
    code: 'import-missing',
    severity: 'error',
    title: 'An imported file must exist',
    explanation: 'The path is relative to the file that imports.',
    facts: { file: 'as written', uri: 'where it was looked for' },
};
