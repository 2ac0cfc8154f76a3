/** Runs the command line in this process, for speed: `server/cli/main.ts` adds nothing but the streams. */
import { Writable } from 'node:stream';
import { runCommandLine } from '#server/cli/run-command-line.ts';
import { createTerminal } from '#server/cli/terminal.ts';

export interface Outcome {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** What `strata` with these arguments does in a directory. */
export async function strataIn(directory: string, given: readonly string[]): Promise<Outcome> {
    const output = captured();
    const errors = captured();
    const status = await runCommandLine(given, createTerminal(output.stream, errors.stream, directory));
    return { status, stdout: output.text(), stderr: errors.text() };
}

/** A stream that remembers what was written. */
export function captured(): { readonly stream: Writable; readonly text: () => string } {
    const chunks: string[] = [];
    const stream = new Writable({
        write: (chunk, _, done) => {
            chunks.push(String(chunk));
            done();
        },
    });
    return { stream, text: () => chunks.join('') };
}
