/** `strata import FORMAT FILE…`: what already stands in another format, as a text of the language, and a report of what that does not say. */
import { Argument, Option } from 'commander';
import { importerNamed, importers } from '#language/import/importers.ts';
import { thisMachine } from '#language/import/this-machine/this-machine.ts';
import { importFiles } from '../import/import-files.ts';
import { importTransfer, type TransferReportFormat, transferReports } from '../import/transfer-report.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { saveFile } from './save-file.ts';

interface ImportOptions {
    readonly output?: string;
    readonly report: TransferReportFormat;
}

export const importCommand: CliCommand = {
    name: 'import',
    register: (program, run) => {
        program
            .command('import')
            .description('turn files of another format into a topology, and report what it does not carry over; exit code 1 if they are refused')
            .addArgument(new Argument('<format>', 'what the files are').choices(importers.map(({ name }) => name)))
            .argument('[files...]', 'files that make one project, or folders, each a project of its own; none for `this-machine`')
            .option('-o, --output <file>', 'where the text goes; the report then goes to standard output, else to standard error')
            .addOption(new Option('--report <format>', 'how the report is printed').choices(Object.keys(transferReports)).default('text'))
            .action(
                run(async (terminal, format: string, names: readonly string[], { output, report }: ImportOptions) => {
                    const importer = importerNamed(format);
                    if (importer === undefined) {
                        throw new CannotWork(`${format}: no such format`);
                    }
                    if (names.length === 0 && importer !== thisMachine) {
                        throw new CannotWork(`name the files of ${importer.title} to import`);
                    }
                    const outcome = importFiles(importer, { names, directory: terminal.directory, variables: process.env });
                    if (outcome.kind === 'unusable') {
                        throw new CannotWork(`${outcome.name}: ${outcome.because}`);
                    }
                    if (outcome.kind === 'imported') {
                        await (output === undefined ? terminal.write([outcome.text]) : saveFile(terminal.directory, output, outcome.text));
                    }
                    const lines = transferReports[report](importTransfer(importer.name, outcome)).join('\n');
                    await (output === undefined ? terminal.complain(lines) : terminal.write([`${lines}\n`]));
                    return outcome.kind === 'imported' ? 0 : 1;
                }),
            );
    },
};
