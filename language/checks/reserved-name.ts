/** A name must be free. */
import type { Check } from './check.ts';

export const reservedName: Check = {
    code: 'reserved-name',
    severity: 'error',
    title: 'A name must be free',
    explanation:
        'Lets, templates and definitions can not be called by a word of the language, elements and scenarios can. `vm` under an engine is the virtual machine that the product adds itself where the engine needs one.',
    facts: { name: 'the name', instead: 'a name that is free, if there is one to offer' },
};
