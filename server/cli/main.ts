/** Entry of the command line `strata`. */
import '#language/polyfill.ts';
import { runCommandLine } from './run-command-line.ts';
import { createTerminal } from './terminal.ts';

void runCommandLine(process.argv.slice(2), createTerminal(process.stdout, process.stderr, process.cwd())).then((code) => {
    process.exitCode = code;
});
