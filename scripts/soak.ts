/** `npm run soak`: the tests that can go on for ever, at their full length; `npm test` runs a shorter form of each. */
import { tryTool } from './run-tool.ts';

const suites = ['test/soak', 'test/server/conformance', 'test/server/fuzz.test.ts'];

process.exitCode = tryTool('vitest', ['run', '--project', 'unit', '--no-file-parallelism', ...suites], { STRATA_SOAK: '1', STRATA_FUZZ: '10000' }) ? 0 : 1;
