/** The entry that VS Code calls inside its extension host (`extensionTestsPath`): runs the suites and writes their counts to a report. */
import * as fs from 'node:fs';
import Mocha from 'mocha';

/** Longer than a first start of the language server on a busy machine takes. */
const limitMilliseconds = 60_000;

interface Report {
    passed: number;
    failed: number;
    skipped: number;
    readonly lines: string[];
}

export async function run(): Promise<void> {
    const mocha = new Mocha({ ui: 'tdd', timeout: limitMilliseconds });
    // `suite` and `test` belong to this instance from here on, so the suites load only now.
    mocha.suite.emit('pre-require', {}, '', mocha);
    await import('./language-features.suite.ts');
    await import('./preview.suite.ts');
    await import('./expectations.suite.ts');
    await import('./topology.suite.ts');
    await import('./first-steps.suite.ts');
    await import('./resilience.suite.ts');

    const report: Report = { passed: 0, failed: 0, skipped: 0, lines: [] };
    await new Promise<void>((resolve) => {
        const runner = mocha.run(() => resolve());
        runner.on('pass', (test) => {
            report.passed += 1;
            report.lines.push(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
        });
        runner.on('fail', (test, error: Error) => {
            report.failed += 1;
            report.lines.push(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`);
        });
        runner.on('pending', (test) => {
            report.skipped += 1;
            report.lines.push(`  - ${test.fullTitle()} (skipped)`);
        });
        // After each test, so that a run that hangs still tells where.
        runner.on('test end', () => publish({ ...report, failed: report.failed + 1, lines: [...report.lines, '  ✗ the run ended early'] }));
    });
    publish(report);
    if (report.failed > 0) {
        throw new Error(`${report.failed} tests failed.`);
    }
}

/** The launcher names the file; in a run by hand mocha's own output has to do. */
function publish(report: Report): void {
    const file = process.env['STRATA_TEST_REPORT'];
    if (file !== undefined) {
        fs.writeFileSync(file, JSON.stringify(report));
    }
}
