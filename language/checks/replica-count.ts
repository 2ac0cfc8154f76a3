/** A number of replicas must be a whole number. */
import type { Check } from './check.ts';

export const replicaCount: Check = {
    code: 'replica-count',
    severity: 'error',
    title: 'A number of replicas must be a whole number',
    explanation: 'A count of replicas is a whole number from 0 to 1,000,000,000.',
    facts: { value: 'as computed' },
};
