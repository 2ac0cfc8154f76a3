/** `strata watch FILE…`: the findings of files, anew after each change of them or of what they import. */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { URI } from 'vscode-uri';
import { importedUris } from '#language/topology-sets.ts';
import { countOf } from '#simulation/model/figures.ts';
import type { FileAnalysis } from '../analyse-files.ts';
import { createFileWatch } from '../file-watch.ts';
import { readTextFile } from '../text-file.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand, ExitCode } from './command.ts';
import { findingFormats, type ReportedFinding } from './finding-formats.ts';
import { interruption } from './interruption.ts';
import { judgeFiles, reportFindings, verdict } from './judge.ts';
import type { Terminal } from './terminal.ts';

interface WatchOptions {
    readonly strict?: true;
    readonly clear?: true;
}

/** Milliseconds after a change: who saves several files at once is answered once. */
const calm = 50;
/** Empties the screen and what can be scrolled back to, and goes to its top. */
const clearScreen = '\u001b[2J\u001b[3J\u001b[H';

export const watch: CliCommand = {
    name: 'watch',
    register: (program, run) => {
        program
            .command('watch')
            .description('check files again whenever they or what they import change; ends with Ctrl-C and the last exit code')
            .argument('<files...>', 'files to check')
            .option('--strict', 'warnings count as errors')
            .option('--clear', 'clear the screen before each check')
            .action(run(async (terminal, files: readonly string[], options: WatchOptions) => await watchFiles(files, terminal, options)));
    },
};

async function watchFiles(files: readonly string[], terminal: Terminal, { strict, clear }: WatchOptions): Promise<ExitCode> {
    let hasChanged = (): void => undefined;
    const fileWatch = createFileWatch(() => hasChanged());
    const given = files.map((file) => resolve(terminal.directory, file));
    const ended = interruption().then(() => 'ended' as const);
    try {
        // Before they are read, so that no change falls between the two.
        fileWatch.only(given);
        for (;;) {
            const changed = new Promise<'changed'>((done) => {
                hasChanged = () => done('changed');
            });
            const round = await checkOnce(files, terminal);
            fileWatch.only([...given, ...round.judged.flatMap(importsOf)]);
            const found = reportFindings(round.judged);
            await terminal.write([
                clear === true ? clearScreen : '',
                ...findingFormats.text(found),
                `strata: ${summary(found)}; watching ${countOf(fileWatch.count(), 'file')}\n`,
            ]);
            for (const line of round.unreadable) {
                terminal.complain(`strata: ${line}`);
            }
            const exitCode = round.unreadable.length > 0 ? 2 : verdict(round.judged, strict === true ? 'strict' : 'lenient');
            if ((await Promise.race([changed, ended])) === 'ended') {
                return exitCode;
            }
            await wait(calm);
        }
    } finally {
        fileWatch.dispose();
    }
}

interface Round {
    readonly judged: readonly FileAnalysis[];
    /** Files that can't be read now, each with the reason; they may come back. */
    readonly unreadable: readonly string[];
}

async function checkOnce(files: readonly string[], { directory }: Terminal): Promise<Round> {
    const read = files.map((file) => ({ file, text: readTextFile(resolve(directory, file)) }));
    const unreadable = read.flatMap(({ file, text }) => (text.kind === 'unreadable' ? [`${file}: ${text.because}`] : []));
    const readable = read.filter(({ text }) => text.kind === 'text').map(({ file }) => file);
    try {
        return { judged: await judgeFiles(readable, directory), unreadable };
    } catch (error) {
        // Gone between the two readings.
        if (error instanceof CannotWork) {
            return { judged: [], unreadable: [...unreadable, error.message] };
        }
        throw error;
    }
}

/** Also those that are not there yet. */
function importsOf({ analysis }: FileAnalysis): readonly string[] {
    return analysis.sources.flatMap(({ document }) => importedUris(document)).map((uri) => URI.parse(uri).fsPath);
}

function summary(findings: readonly ReportedFinding[]): string {
    const count = (wanted: string): number => findings.filter(({ severity }) => severity === wanted).length;
    return `${countOf(count('error'), 'error')}, ${countOf(count('warning'), 'warning')}`;
}
