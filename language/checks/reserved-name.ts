/** A name must not be taken by the product. */
import type { Check } from './check.ts';

export const reservedName: Check = {
    code: 'reserved-name',
    severity: 'error',
    title: 'A name must not be taken by the product',
    explanation: '`vm` under an engine is the virtual machine that the product adds itself where the engine needs one.',
    facts: { name: 'the name' },
};
