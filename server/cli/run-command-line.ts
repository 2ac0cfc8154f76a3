/** The command line: finds the command, runs it, answers with its exit code. */
import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { errorText } from '../error-text.ts';
import { strataVersion } from '../version.ts';
import { CannotWork } from './cannot-work.ts';
import { check } from './check.ts';
import type { CliCommand, ExitCode, Run } from './command.ts';
import { compare } from './compare.ts';
import { diff } from './diff.ts';
import { exportCommand } from './export.ts';
import { format } from './format.ts';
import { importCommand } from './import.ts';
import { languageServer } from './language-server.ts';
import { mcp } from './mcp.ts';
import { preview } from './preview.ts';
import { render } from './render.ts';
import { simulate } from './simulate.ts';
import type { Terminal } from './terminal.ts';
import { watch } from './watch.ts';

const commands: readonly CliCommand[] = [check, watch, format, simulate, compare, diff, render, importCommand, exportCommand, preview, languageServer, mcp];

export async function runCommandLine(given: readonly string[], terminal: Terminal): Promise<ExitCode> {
    let exitCode: ExitCode = 0;
    const run: Run =
        (work) =>
        async (...actionArguments) => {
            exitCode = await work(terminal, ...actionArguments);
        };
    const help: string[] = [];
    /** Commander's own words about a wrong option are printed below, as one line. */
    const output: OutputConfiguration = { writeErr: () => undefined, writeOut: (text) => help.push(text) };
    const program = new Command('strata')
        .description('Describe hosts, VMs, containers and processes; see who gets what, who is walled off from whom, and what breaks.')
        .version(strataVersion(), '-V, --version', 'print the version')
        .addHelpText('after', `\n${exitCodes}`)
        .exitOverride()
        .configureOutput(output)
        .showHelpAfterError(false);
    for (const command of commands) {
        command.register(program, run);
    }
    for (const command of program.commands) {
        command.exitOverride().configureOutput(output);
    }
    try {
        await program.parseAsync(given, { from: 'user' });
        return exitCode;
    } catch (error) {
        return await terminal.write(help).then(
            () => explain(error, terminal),
            (trouble: unknown) => explain(trouble, terminal),
        );
    }
}

const exitCodes = 'Exit codes: 0 all well; 1 an error, a failed expectation, or a change for the worse; 2 the command could not do its work.';

function explain(error: unknown, terminal: Terminal): ExitCode {
    if (error instanceof CommanderError) {
        if (error.exitCode === 0) {
            return 0;
        }
        const reason = error.code === 'commander.help' ? 'no command given; see strata --help' : error.message.replace(/^error: /, '');
        terminal.complain(`strata: ${reason.replaceAll(/\s*\n\s*/g, ' ')}`);
        return 2;
    }
    if (error instanceof CannotWork) {
        terminal.complain(`strata: ${error.message}`);
        return 2;
    }
    terminal.complain(`strata: this is a bug in strata: ${errorText(error)}`);
    return 2;
}
