/** `npm test`: sets up what is missing, runs every kind of test, and closes with one line of counts. Option: --no-ui (nothing that needs Chromium). */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { tryTool } from './run-tool.ts';
import { setUpChromium } from './setup-chromium.ts';
import { setUpNeovim } from './setup-neovim.ts';
import { setUpVsCode } from './setup-vscode.ts';
import { type Counts, none, readCounts, sum } from './test-counts.ts';
import { runHostTests } from './test-host.ts';

interface Stage {
    readonly name: string;
    readonly run: () => Counts | Promise<Counts>;
}

const output = path.resolve(import.meta.dirname, '..', 'test', 'output');
fs.mkdirSync(output, { recursive: true });

const withUi = !process.argv.includes('--no-ui');

const stages: readonly Stage[] = [
    { name: 'build', run: () => tool('node', 'esbuild.mjs') },
    { name: 'generated files are up to date', run: () => tool('node', 'scripts/check-generated.ts') },
    { name: 'types', run: () => tool('tsc', '-b') },
    { name: 'format, lint and layers', run: () => tool('biome', 'ci', '--error-on-warnings') },
    { name: 'dead code', run: () => tool('knip') },
    { name: 'units, properties, fixtures, language server over stdio', run: () => vitest('unit') },
    { name: 'package', run: () => tool('npm', 'run', '--silent', 'package') },
];
const uiStages: readonly Stage[] = [
    { name: 'the preview page in a browser', run: () => vitest('ui') },
    { name: 'the extension inside VS Code', run: runHostTests },
    { name: 'the packaged extension in the workbench', run: () => vitest('workbench') },
];

const counts: Counts[] = [];
const setUp = withUi ? await runStage({ name: 'Chromium, VS Code and Neovim', run: setUpUi }) : none;
counts.push(setUp);
for (const stage of stages) {
    counts.push(await runStage(stage));
}
const uiNames = uiStages.map(({ name }) => name).join('; ');
if (!withUi) {
    console.log(`\nLeft out as asked (--no-ui): ${uiNames}.`);
} else if (setUp.failed > 0) {
    console.error(`\nNot run, because Chromium or VS Code could not be set up (see above): ${uiNames}.`);
} else {
    for (const stage of uiStages) {
        counts.push(await runStage(stage));
    }
}
const { passed, failed, skipped } = sum(counts);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);

/** A stage that breaks counts as one failure, and the others still run: one run shows all that is wrong. */
async function runStage({ name, run }: Stage): Promise<Counts> {
    console.log(`\n── ${name}`);
    const start = Date.now();
    try {
        const result = await run();
        console.log(`   ${result.failed === 0 ? 'ok' : 'FAILED'} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
        return result;
    } catch (error) {
        console.error(`   FAILED: ${error instanceof Error ? error.message : String(error)}`);
        return { ...none, failed: 1 };
    }
}

/** Both are large downloads, so they come first: a machine that can't have them says so at once. */
function setUpUi(): Counts {
    console.log(`   ${setUpChromium()}\n   ${setUpVsCode()}`);
    // One of many editors: where it can't be had, its tests are skipped and the others run.
    console.log(setUpNeovim() ? '   Neovim is there' : '   Neovim is not installed: its tests are skipped');
    return none;
}

/** A check that is passed or failed as a whole counts as one test. */
function tool(name: string, ...args: readonly string[]): Counts {
    return tryTool(name, args) ? { ...none, passed: 1 } : { ...none, failed: 1 };
}

function vitest(project: string): Counts {
    const file = path.join(output, `${project}-counts.json`);
    fs.rmSync(file, { force: true });
    const reporters = ['--reporter=default', '--reporter=./test/helpers/count-reporter.ts'];
    const ok = tryTool('vitest', ['run', '--project', project, ...reporters], { STRATA_TEST_COUNTS: file });
    const result = readCounts(file);
    // A run can fail without a failed test: a file that does not load, an error outside of any test.
    return ok || result.failed > 0 ? result : { ...result, failed: 1 };
}
