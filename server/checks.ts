/** What the pipeline itself has to say: of a simulation that did not come to an end, and of what it leaves out. */
import type { Check } from '#language/checks/check.ts';

export const simulationLate: Check = {
    code: 'simulation-late',
    severity: 'error',
    title: 'A simulation must come to an end in time',
    explanation:
        'The simulation took longer than it may and was given up, so nothing is known of who gets what. Its time grows with the number of elements that differ, and hardly with replicas: ' +
        'use replicas in place of copies, or split the topology into files that do not import each other.',
    facts: {},
};

export const simulationFailed: Check = {
    code: 'simulation-failed',
    severity: 'error',
    title: 'The simulation must not break',
    explanation:
        'This is a bug in Strata and not in the text. What the language found is still shown. Undo the last change to go on, and report the text that did it.',
    facts: {},
};

export const unknownIgnore: Check = {
    code: 'unknown-ignore',
    severity: 'warning',
    title: 'What is ignored should be a finding',
    explanation:
        '`// strata-ignore CODE reason` takes findings of that code away: behind a statement those of its line, on a line of its own those of the next. Codes are the titles on this page. ' +
        'The command line honours it as the editor does.',
    facts: { candidates: 'codes like the one that is written' },
};

export const unusedIgnore: Check = {
    code: 'unused-ignore',
    severity: 'hint',
    title: 'What is ignored should be there',
    explanation: 'A `// strata-ignore` that no longer has a finding to take away hides the next one of its kind. Remove it.',
    facts: {},
};

export const serverChecks: readonly Check[] = [simulationLate, simulationFailed, unknownIgnore, unusedIgnore];
