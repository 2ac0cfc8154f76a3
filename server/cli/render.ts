/** `strata render FILE`: the Strata view as an SVG file, without a browser. */
import { InvalidArgumentError, Option } from 'commander';
import type { FileAnalysis } from '../analyse-files.ts';
import { drawStrata } from '../picture/draw-strata.ts';
import { sceneToSvg } from '../picture/svg.ts';
import type { PictureResource } from '../protocol.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { judgeFiles, verdict } from './judge.ts';
import { saveFile } from './save-file.ts';

interface RenderOptions {
    readonly output?: string;
    readonly resource: PictureResource;
    readonly width: number;
}

/** About the width of a page or a README. */
const defaultWidth = 1000;

export const render: CliCommand = {
    name: 'render',
    register: (program, run) => {
        program
            .command('render')
            .description('draw a file as SVG; exit code 1 on errors or failed expectations')
            .argument('<file>', 'file to draw')
            .option('-o, --output <file>', 'where the picture goes (default: standard output)')
            .addOption(new Option('--resource <resource>', 'what the width of a box means').choices(['cpu', 'memory']).default('memory'))
            .addOption(new Option('--width <pixels>', 'width of the picture').argParser(parseWidth).default(defaultWidth))
            .action(
                run(async (terminal, file: string, { output, resource, width }: RenderOptions) => {
                    const [judged] = await judgeFiles([file], terminal.directory);
                    const svg = draw(file, judged, { resource, width });
                    await (output === undefined ? terminal.write([svg]) : saveFile(terminal.directory, output, svg));
                    return verdict(judged === undefined ? [] : [judged], 'lenient');
                }),
            );
    },
};

/** A text with errors is drawn as far as it is understood; nothing is drawn only where nothing was computed. */
function draw(file: string, judged: FileAnalysis | undefined, options: { readonly resource: PictureResource; readonly width: number }): string {
    const result = judged?.analysis.result;
    if (result === undefined) {
        throw new CannotWork(`${file}: ${judged?.analysis.findings[0]?.message ?? 'nothing came of it'}`);
    }
    return sceneToSvg(drawStrata(result, result.findings, options));
}

function parseWidth(text: string): number {
    const width = Number(text);
    if (!Number.isInteger(width) || width < 100 || width > 20_000) {
        throw new InvalidArgumentError('a width is a whole number of pixels from 100 to 20000.');
    }
    return width;
}
