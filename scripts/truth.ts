/** Prints what the core computes beside what a real Linux kernel did, another simulator says, and papers have measured: `npm run truth`. */

import { bootTimes } from '../test/truth/boot-times.ts';
import { compareWithKernel, kernelCasesAreThere, kernelCasesFile, loadKernelCases } from '../test/truth/kernel-cases.ts';
import { compareKills, memoryCasesAreThere, memoryCasesFile } from '../test/truth/memory-cases.ts';
import { compareWithSimgrid, differsIn, loadSimgridCases, simgridCasesAreThere, simgridCasesFile } from '../test/truth/simgrid-cases.ts';

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

if (simgridCasesAreThere) {
    console.log('\nFinish times by SimGrid: largest relative error of a case');
    for (const one of loadSimgridCases()) {
        const reason = differsIn(one);
        const errors = reason === undefined ? compareWithSimgrid(one).map(({ computed, expected }) => Math.abs(computed - expected) / expected) : [];
        console.log(
            `  ${one.name.padEnd(28)}${
                reason === undefined
                    ? Math.max(...errors)
                          .toExponential(1)
                          .padStart(9)
                    : `  not compared: ${reason}`
            }`,
        );
    }
} else {
    console.log(`There are no finish times at ${simgridCasesFile.pathname}: nothing to compare.`);
}

if (memoryCasesAreThere) {
    console.log('\nWho is killed under which limit');
    for (const { id, measured, computed } of compareKills())
        console.log(`  ${id.padEnd(32)}Linux: ${measured.join(', ').padEnd(10)} Strata: ${computed.join(', ')}`);
} else {
    console.log(`There are no victims at ${memoryCasesFile.pathname}: nothing to compare.`);
}

console.log('\nTime to ready, in seconds');
for (const { name, published, computed, source } of bootTimes())
    console.log(`  ${name.padEnd(18)}published ${published.toFixed(4)}  Strata ${computed.toFixed(4)}  (${source})`);
