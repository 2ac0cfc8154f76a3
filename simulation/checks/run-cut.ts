/** A run should come to its end. */
import { countOf, timeFigure } from '../model/figures.ts';
import type { Check } from './check.ts';

/** Facts: `at` in seconds, `events` until then. */
export const runCut: Check = {
    code: 'run-cut',
    severity: 'warning',
    title: 'A scenario should come to its end',
    explanation:
        'So much happened in the scenario that it was not run to its end, and what is said of it holds until the time in the message only. ' +
        'Phases that repeat within milliseconds are the usual cause: sum them up into one that lasts, shorten the `duration`, or use replicas in place of copies. ' +
        'Thousands of replicas that are killed one after the other are another: raise the memory limit, or have fewer of them.',
    *run({ runs }) {
        for (const { scenario, duration, cut } of runs) {
            if (cut === undefined) continue;
            const { at, events } = cut;
            yield {
                code: runCut.code,
                severity: runCut.severity,
                scenario,
                at,
                message: `${scenario} was run until ${timeFigure(at)} of its ${timeFigure(duration)}: by then ${countOf(events, 'event')} had happened. Make phases longer, or the \`duration\` shorter.`,
                facts: { at, events },
                related: [],
            };
        }
    },
};
