/** `strata check FILE…`: the findings of files, for people, problem matchers and build servers. */
import { Option } from 'commander';
import type { CliCommand } from './command.ts';
import { type FindingFormat, type FormatContext, findingFormats } from './finding-formats.ts';
import { judgeFiles, reportFindings, verdict } from './judge.ts';
import type { Terminal } from './terminal.ts';

interface CheckOptions {
    readonly format: FindingFormat;
    readonly strict?: true;
}

export const check: CliCommand = {
    name: 'check',
    register: (program, run) => {
        program
            .command('check')
            .description('print what is wrong with files; exit code 1 if anything is')
            .argument('<files...>', 'files to check')
            .addOption(new Option('--format <format>', 'how findings are printed').choices(Object.keys(findingFormats)).default('text'))
            .option('--strict', 'warnings count as errors')
            .action(
                run(async (terminal, files: readonly string[], { format, strict }: CheckOptions) => {
                    const judged = await judgeFiles(files, terminal.directory);
                    await terminal.write(findingFormats[format](reportFindings(judged), formatContext(terminal)));
                    return verdict(judged, strict === true ? 'strict' : 'lenient');
                }),
            );
    },
};

/** GitHub names files from the root of the repository, wherever in it a step runs. */
function formatContext({ directory }: Terminal): FormatContext {
    return { directory, root: process.env['GITHUB_WORKSPACE'] || directory };
}
