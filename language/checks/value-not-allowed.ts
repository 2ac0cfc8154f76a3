/** A word must be one of those the statement takes. */
import { didYouMean, listOr } from '../names/did-you-mean.ts';
import type { SourceRange } from '../origins.ts';
import type { Report } from '../problems.ts';
import type { Check } from './check.ts';

export const valueNotAllowed: Check = {
    code: 'value-not-allowed',
    severity: 'error',
    title: 'A word must be one of those the statement takes',
    explanation: 'The statement takes one of a few words.',
    facts: { value: 'as written', values: 'the words it takes, best first' },
};

export function checkWord(key: string, value: string, words: readonly string[], at: SourceRange, report: Report): void {
    if (!words.includes(value)) {
        const near = didYouMean(value, words);
        const values = [...near, ...words.filter((word) => !near.includes(word))];
        report(valueNotAllowed, { at, message: `\`${key}\` takes ${listOr(words)}, not \`${value}\`. Write one of these.`, facts: { value, values } });
    }
}
