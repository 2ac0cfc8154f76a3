/** A step should happen while its scenario runs. */
import type { Step } from '../generated/ast.ts';
import type { Report } from '../problems.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';
import { writeQuantity } from '../units.ts';
import type { Check } from './check.ts';

export const stepAfterEnd: Check = {
    code: 'step-after-end',
    severity: 'warning',
    title: 'A step should happen while its scenario runs',
    explanation: 'The time of the step lies behind the `duration` of the scenario, so it never happens. Times count from the moment the hosts are switched on.',
    facts: { at: 'time of the step in seconds', duration: 'of the scenario in seconds' },
};

/** Times in seconds. */
export function checkStepTime(step: Step, at: number, duration: number | undefined, report: Report): void {
    if (duration !== undefined && at > duration) {
        const write = (value: number): string => writeQuantity({ value, dimension: 'time' });
        report(stepAfterEnd, {
            at: rangeOfProperty(step, 'time'),
            message: `This never happens: it comes at ${write(at)}, and the scenario ends after ${write(duration)}. Choose an earlier time, or a longer \`duration\`.`,
            facts: { at, duration },
        });
    }
}
