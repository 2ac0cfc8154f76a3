/** What the text expects must hold. */

import type { Judgement } from '../model/expectation.ts';
import { timeFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import { judgedFigure } from '../model/judged-figure.ts';
import type { Check } from './check.ts';

/** Facts: `actual`, the value on the left in base units or a wall, where there is one. */
export const expectationFailed: Check = {
    code: 'expectation-failed',
    severity: 'error',
    title: 'An `expect` must hold',
    explanation: 'The condition is false of the computed state. The message has the value on its left side, of the member of a set that is worst.',
    *run({ judgements, runs }) {
        yield* failures(judgements);
        for (const { scenario, expectations } of runs)
            for (const finding of failures(expectations)) yield { ...finding, scenario, message: `${scenario}: ${finding.message}` };
    },
};

function* failures(judgements: readonly Judgement[]): Generator<Finding> {
    for (const judgement of judgements) {
        if (judgement.holds || judgement.unjudged === true) continue;
        yield {
            code: expectationFailed.code,
            severity: 'error',
            expectation: judgement.index,
            message: messageOf(judgement),
            ...(judgement.member === undefined ? {} : { subject: judgement.member }),
            ...(judgement.at === undefined ? {} : { at: judgement.at }),
            facts: judgement.actual === undefined ? {} : { actual: judgement.actual },
            related: [],
        };
    }
}

function messageOf(judgement: Judgement): string {
    const { text, because, evidence, at } = judgement;
    const shown = judgedFigure(judgement);
    if (because !== undefined) return `\`${text}\` does not hold: ${because}.`;
    if (evidence !== undefined) return `\`${text}\` does not hold: ${evidence}.`;
    return shown === undefined ? `\`${text}\` does not hold.` : `\`${text}\` does not hold: it is ${shown}${at === undefined ? '' : ` at ${timeFigure(at)}`}.`;
}
