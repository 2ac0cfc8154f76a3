/** Expectations that hold or fail where they did not, whose value has changed, or that only one side has. */
import { append } from '#simulation/model/append.ts';
import type { Judgement } from '#simulation/model/expectation.ts';
import { type Change, isSameFigure } from './element-differences.ts';

export interface ExpectationDifference extends Change<Judgement> {
    readonly text: string;
}

/** An expectation is the same where it reads the same, but for its white space. */
export function expectationDifferences(before: readonly Judgement[], after: readonly Judgement[]): readonly ExpectationDifference[] {
    const earlier = new Map<string, Judgement[]>();
    for (const judgement of before) {
        append(earlier, wordsOf(judgement), judgement);
    }
    const differences: ExpectationDifference[] = [];
    for (const judgement of after) {
        const counterpart = earlier.get(wordsOf(judgement))?.shift();
        if (counterpart === undefined || !isSame(counterpart, judgement)) {
            differences.push({ text: judgement.text, ...(counterpart !== undefined && { before: counterpart }), after: judgement });
        }
    }
    return [...differences, ...[...earlier.values()].flat().map((judgement) => ({ text: judgement.text, before: judgement }))];
}

/** Whether it fails where it did not: what is not judged does not fail. */
export function failsNow({ before, after }: ExpectationDifference): boolean {
    return isFailing(after) && !isFailing(before);
}

function isFailing(judgement: Judgement | undefined): boolean {
    return judgement?.holds === false && judgement.unjudged !== true;
}

function wordsOf({ text }: Judgement): string {
    return text.replaceAll(/\s+/g, ' ').trim();
}

function isSame(before: Judgement, after: Judgement): boolean {
    const isNumber = typeof before.actual === 'number' && typeof after.actual === 'number';
    const isSameValue = isNumber ? isSameFigure({ before: Number(before.actual), after: Number(after.actual) }) : before.actual === after.actual;
    return before.holds === after.holds && before.unjudged === after.unjudged && isSameValue;
}
