/** A replica must exist. */
import type { Check } from './check.ts';

export const replicaIndex: Check = {
    code: 'replica-index',
    severity: 'error',
    title: 'A replica must exist',
    explanation: 'Replicas are counted from 1 to the number in the declaration; an element without `[n]` has no index.',
    facts: { count: 'number of replicas' },
};
