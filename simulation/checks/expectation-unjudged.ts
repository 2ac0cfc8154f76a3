/** What is not simulated is not judged, and says so. */
import type { Check } from './check.ts';

/** Facts: none. */
export const expectationUnjudged: Check = {
    code: 'expectation-unjudged',
    severity: 'information',
    title: 'An `expect` about what is not simulated is not judged',
    explanation: 'The condition asks about something that is not computed, so it neither holds nor fails.',
    *run({ judgements }) {
        for (const judgement of judgements) {
            if (judgement.unjudged !== true) continue;
            yield {
                code: expectationUnjudged.code,
                severity: 'information',
                expectation: judgement.index,
                message: `Not judged: ${judgement.because ?? judgement.text}.`,
                facts: {},
                related: [],
            };
        }
    },
};
