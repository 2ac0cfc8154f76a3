/** `strata check FILE…`: the findings of files, for people, problem matchers and build servers. */
import { Option } from 'commander';
import type { CliCommand } from './command.ts';
import { type FindingFormat, findingFormats } from './finding-formats.ts';
import { judgeFiles, printFindings, verdict } from './judge.ts';

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
                    await terminal.write(findingFormats[format](judged.flatMap(printFindings)));
                    return verdict(judged, strict === true ? 'strict' : 'lenient');
                }),
            );
    },
};
