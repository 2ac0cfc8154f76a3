/** Expectations that hold or fail where they did not, whose value has changed, or that only one side has. */
import { append } from '#simulation/model/append.ts';
import type { Judgement } from '#simulation/model/expectation.ts';
import type { Result } from '#simulation/model/result.ts';
import { type Change, isSameFigure } from './element-differences.ts';

export interface ExpectationDifference extends Change<Judgement> {
    readonly text: string;
    /** What it is expected of, where that is not the steady state. */
    readonly scenario?: string;
}

/** Those of the steady state first, then scenario by scenario; what only the side before has run stands last. */
export function expectationDifferences(before: Result, after: Result): readonly ExpectationDifference[] {
    const judgementsOf = ({ runs }: Result, name: string): readonly Judgement[] => runs.find(({ scenario }) => scenario === name)?.expectations ?? [];
    const scenarios = new Set([...after.runs, ...before.runs].map(({ scenario }) => scenario));
    return [
        ...differencesBetween(before.expectations, after.expectations),
        ...[...scenarios].flatMap((scenario) =>
            differencesBetween(judgementsOf(before, scenario), judgementsOf(after, scenario)).map((difference) => ({ ...difference, scenario })),
        ),
    ];
}

/** An expectation is the same where it reads the same, but for its white space. */
function differencesBetween(before: readonly Judgement[], after: readonly Judgement[]): readonly ExpectationDifference[] {
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
