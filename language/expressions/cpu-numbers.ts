/** The logical CPUs of a `cpu set`. */
import { numberRange } from '../checks/number-range.ts';
import type { CpuSet } from '../generated/ast.ts';
import { rangeOf } from '../syntax/ranges.ts';
import type { Scope } from './evaluate.ts';
import { plainValue } from './statement-value.ts';

/** CPU numbers end here: Linux is built for at most 8192 (NR_CPUS of the largest x86-64 configuration). */
export const maximumCpuNumber = 8191;

/** Ascending, without repeats; undefined where any part is wrong or missing. */
export function cpuNumbers(set: CpuSet, scope: Scope): readonly number[] | undefined {
    const numbers = new Set<number>();
    const range = { min: 0, max: maximumCpuNumber, whole: true } as const;
    let isComplete = set.ranges.length > 0;
    for (const part of set.ranges) {
        const first = plainValue('cpu set', 'number', part.first, scope, range);
        const last = part.last === undefined ? first : plainValue('cpu set', 'number', part.last, scope, range);
        if (first === undefined || last === undefined) {
            isComplete = false;
        } else if (last < first) {
            scope.report(numberRange, {
                at: rangeOf(part),
                message: `A range of CPUs goes from the smaller to the larger number. Write \`${last}-${first}\`.`,
                facts: { value: last, min: first },
            });
            isComplete = false;
        } else {
            for (let number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
    }
    return isComplete ? [...numbers].sort((a, b) => a - b) : undefined;
}
