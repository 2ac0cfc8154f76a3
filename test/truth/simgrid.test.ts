/** Finish times against another simulator's, through the language, where they are at hand. */
import { describe, expect, test } from 'vitest';
import { compareWithSimgrid, differsIn, loadSimgridCases, simgridCasesAreThere } from './simgrid-cases.ts';

describe('finish times by SimGrid', () => {
    const cases = simgridCasesAreThere ? loadSimgridCases() : [];
    const comparable = cases.filter((one) => differsIn(one) === undefined);

    test('are comparable in most cases', ({ skip }) => {
        skip(!simgridCasesAreThere, 'the finish times of SimGrid are not beside this checkout');
        expect(comparable.length).toBeGreaterThanOrEqual(20);
    });

    test.each(comparable.map((one) => [one.name, one] as const))('%s is equal', (_name, one) => {
        for (const { computed, expected } of compareWithSimgrid(one)) expect(Math.abs(computed - expected)).toBeLessThanOrEqual(1e-9 * expected);
    });
});
