/** What a command of the command line is: it registers itself, writes to a terminal and answers with an exit code. */
import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** 0: all well; 1: findings of severity error or a failed expectation; 2: the command could not do its work. */
export type ExitCode = 0 | 1 | 2;

/** Turns a command's work into an action for commander, which keeps its exit code. */
export type Run = <Arguments extends unknown[]>(work: (terminal: Terminal, ...given: Arguments) => Promise<ExitCode>) => (...given: Arguments) => Promise<void>;

export interface CliCommand {
    readonly name: string;
    readonly register: (program: Command, run: Run) => void;
}
