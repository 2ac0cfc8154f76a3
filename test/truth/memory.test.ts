/** Victims of the kernel's out-of-memory killer against measurements of a real Linux, where they are at hand. */
import { describe, expect, test } from 'vitest';
import { compareKills, memoryCasesAreThere } from './memory-cases.ts';

describe('victims of a real Linux kernel', () => {
    const rows = memoryCasesAreThere ? compareKills() : [];

    test('are known for the cases that the language can say', ({ skip }) => {
        skip(!memoryCasesAreThere, 'the measurements of a real Linux are not beside this checkout');
        expect(rows.length).toBeGreaterThanOrEqual(6);
    });

    test.each(rows.map((row) => [row.id, row] as const))('%s', (_id, { measured, computed }) => {
        expect(computed).toEqual(measured);
    });
});
