/** `strata export FORMAT FILE`: the part of a topology that fits another format, and a report of what that does not say. */
import { Argument, Option } from 'commander';
import { exporterNamed, exporters } from '#language/export/exporters.ts';
import { elementId } from '#simulation/model/ids.ts';
import { type TransferReportFormat, transferReports } from '../import/transfer-report.ts';
import { declaredPath } from '../json/instances.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { judgeFiles } from './judge.ts';
import { saveFile } from './save-file.ts';
import { selectElement } from './select-element.ts';

interface ExportOptions {
    readonly output?: string;
    readonly select?: string;
    readonly report: TransferReportFormat;
}

export const exportCommand: CliCommand = {
    name: 'export',
    register: (program, run) => {
        program
            .command('export')
            .description('write what fits another format, and report what that does not say; exit code 1 if the file has errors')
            .addArgument(new Argument('<format>', 'what to write').choices(exporters.map(({ name }) => name)))
            .argument('<file>', 'file that describes the machines')
            .option('--select <path>', 'only this element and what stands in it')
            .option('-o, --output <file>', 'where the text goes; the report then goes to standard output, else to standard error')
            .addOption(new Option('--report <format>', 'how the report is printed').choices(Object.keys(transferReports)).default('text'))
            .action(
                run(async (terminal, format: string, file: string, { output, select, report }: ExportOptions) => {
                    const exporter = exporterNamed(format);
                    const [judged] = await judgeFiles([file], terminal.directory);
                    if (exporter === undefined || judged === undefined) {
                        throw new CannotWork(`${format}: no such format`);
                    }
                    const { topology, origins, problems } = judged.analysis.lowered;
                    const wrong = problems.find(({ severity }) => severity === 'error');
                    if (wrong !== undefined) {
                        terminal.complain(
                            `${judged.fileOf(wrong.at.uri)}:${wrong.at.start.line + 1}:${wrong.at.start.character + 1}: error ${wrong.code}: ${wrong.message}`,
                        );
                        return 1;
                    }
                    const selected = select === undefined ? {} : { selected: elementId(declaredPath(selectElement(topology, judged.analysis.result, select))) };
                    const exported = exporter.write({ topology, origins, fileOf: judged.fileOf, ...selected });
                    if (exported.kind === 'unfit') {
                        throw new CannotWork(`${select ?? file}: ${exported.because}`);
                    }
                    await (output === undefined ? terminal.write([exported.text]) : saveFile(terminal.directory, output, exported.text));
                    const lines = transferReports[report]({ direction: 'export', format: exporter.name, errors: [], report: exported.report }).join('\n');
                    await (output === undefined ? terminal.complain(lines) : terminal.write([`${lines}\n`]));
                    return 0;
                }),
            );
    },
};
