/** The core's CPU shares against measurements of a real kernel, through the language, where the measurements are at hand. */
import { describe, expect, test } from 'vitest';
import { compareWithKernel, kernelCasesAreThere, type LeafComparison, loadKernelCases } from './kernel-cases.ts';

describe('shares of a real Linux kernel', () => {
    const rows = kernelCasesAreThere ? loadKernelCases().flatMap(compareWithKernel) : [];
    const mean = (error: (row: LeafComparison) => number): number => rows.reduce((sum, row) => sum + Math.abs(error(row)), 0) / rows.length;

    test('are met within 0.01 cores on average', ({ skip }) => {
        skip(!kernelCasesAreThere, 'the measurements of a real kernel are not beside this checkout');
        expect(rows.length).toBeGreaterThan(0);
        expect(mean((row) => row.computed - row.measured)).toBeLessThanOrEqual(0.01);
    });

    test.each(rows.map((row) => [`${row.id} ${row.leaf}`, row] as const))('%s is plain weighted max-min', (_name, row) => {
        expect(Math.abs(row.computed - row.ideal)).toBeLessThanOrEqual(0.003);
    });
});
