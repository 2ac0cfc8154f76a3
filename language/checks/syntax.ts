/** Text must follow the grammar. */
import type { Check } from './check.ts';

export const syntax: Check = {
    code: 'syntax',
    severity: 'error',
    title: 'Text must follow the grammar',
    explanation: 'The text does not follow the grammar at this place: a bracket is open, a name or a value is missing, or a character has no meaning here. The rest of the file is still read.',
    facts: { remove: 'text to leave out, if that is the remedy', missing: 'text to put in, if that is the remedy' },
};
