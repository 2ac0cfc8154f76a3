/** Prints what the core computes beside what a real Linux kernel did: `npm run truth`. */
import { compareWithKernel, kernelCasesAreThere, kernelCasesFile, loadKernelCases } from '../test/truth/kernel-cases.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
const cell = (value: number): string => value.toFixed(4).padStart(9);

if (kernelCasesAreThere) {
    const rows = loadKernelCases().flatMap(compareWithKernel);
    console.log(`${'case'.padEnd(26)}${'leaf'.padEnd(10)} ${'kernel'.padStart(8)} ${'ideal'.padStart(8)} ${'Strata'.padStart(8)}  (cores)`);
    for (const row of rows) {
        console.log(`${row.id.padEnd(26)}${row.leaf.padEnd(10)}${cell(row.measured)}${cell(row.ideal)}${cell(row.computed)}`);
    }
    const toKernel = rows.map((row) => Math.abs(row.computed - row.measured));
    const toIdeal = rows.map((row) => Math.abs(row.computed - row.ideal));
    console.log(
        `\n${rows.length} leaves. Error to the kernel: mean ${cell(mean(toKernel))}, largest ${cell(Math.max(...toKernel))}. To plain weighted max-min: largest ${cell(Math.max(...toIdeal))}.`,
    );
} else {
    console.log(`There are no reference cases at ${kernelCasesFile.pathname}: nothing to compare.`);
}
