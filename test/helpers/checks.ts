/** All that can be found, whichever layer finds it. */
import { languageChecks } from '#language/checks/checks.ts';
import { serverChecks, simulationFailed, simulationLate } from '#server/checks.ts';
import { checks } from '#simulation/checks/checks.ts';

const all = [...languageChecks, ...checks, ...serverChecks].map(({ code, severity }) => ({ code, severity }));

/** No text can bring these about on every machine: `test/server/publishing.test.ts` forces them with a simulator that is late or broken. */
const forced: ReadonlySet<string> = new Set([simulationLate.code, simulationFailed.code]);

export const findingCodes: readonly string[] = all.map(({ code }) => code);
export const checksWithFixtures = all.filter(({ code }) => !forced.has(code));
