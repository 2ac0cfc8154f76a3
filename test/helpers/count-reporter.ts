/** A vitest reporter that writes the counts for `npm test` and lets no test be skipped without saying why. */
import * as fs from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

// vitest loads a reporter from a file through its default export.
export default class CountReporter implements Reporter {
    onTestRunEnd(modules: readonly TestModule[]): void {
        const tests = modules.flatMap((module) => [...module.children.allTests()]);
        const skipped = tests.filter((test) => test.result().state === 'skipped');
        const unexplained = skipped.filter((test) => explanationOf(test) === undefined);
        for (const test of skipped) {
            console.log(`Skipped: ${test.fullName} (${explanationOf(test) ?? 'WITHOUT A REASON, which counts as a failure'})`);
        }
        const brokenModules = modules.filter((module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0);
        const counts = {
            passed: tests.filter((test) => test.result().state === 'passed').length,
            failed: tests.filter((test) => test.result().state === 'failed').length + brokenModules.length + unexplained.length,
            skipped: skipped.length - unexplained.length,
        };
        const file = process.env['STRATA_TEST_COUNTS'];
        if (file !== undefined) {
            fs.writeFileSync(file, JSON.stringify(counts));
        }
    }
}

/** What the test gave as its reason: `context.skip('no kernel reference cases here')`. */
function explanationOf(test: TestCase): string | undefined {
    const result = test.result();
    return result.state === 'skipped' ? result.note : undefined;
}
