/** All that can be found, whichever layer finds it. */
import { languageChecks } from '#language/checks/checks.ts';
import { serverChecks, simulationFailed, simulationLate } from '#server/checks.ts';
import { checks } from '#simulation/checks/checks.ts';
import { runCut } from '#simulation/checks/run-cut.ts';

const all = [...languageChecks, ...checks, ...serverChecks].map(({ code, severity }) => ({ code, severity }));

/**
 * No text can bring these about on every machine in a short time: `test/server/publishing.test.ts` forces them with a simulator that is late or broken,
 * `test/simulation/run-checks.test.ts` with a run that was cut.
 */
const forced: ReadonlySet<string> = new Set([simulationLate.code, simulationFailed.code, runCut.code]);

export const findingCodes: readonly string[] = all.map(({ code }) => code);
export const checksWithFixtures = all.filter(({ code }) => !forced.has(code));
