/** `strata render FILE`: a view as an SVG file, or all of them as one page, without a browser. */
import { basename, dirname } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { URI } from 'vscode-uri';
import { unitNamed } from '#language/units.ts';
import type { FileAnalysis } from '../analyse-files.ts';
import { committedTopologies } from '../committed.ts';
import { openRevision } from '../git-revision.ts';
import { svgDocument } from '../picture/svg.ts';
import { brokenLevels, pictureShares, type ViewName, type ViewOptions, viewNames } from '../protocol.ts';
import { reportHtml } from '../views/report.ts';
import { goodSubject, type ViewSubject } from '../views/view.ts';
import { drawingOf } from '../views/views.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { judgeFiles, verdict } from './judge.ts';
import { saveFile } from './save-file.ts';
import { selectElement } from './select-element.ts';

interface RenderOptions extends ViewOptions {
    readonly output?: string;
    readonly view: ViewName;
}

/** What is said of a picture beside its options. */
interface Given {
    readonly select?: string;
    readonly git?: string;
}

/** About the width of a page or a README. */
const defaultWidth = 1000;

export const render: CliCommand = {
    name: 'render',
    register: (program, run) => {
        program
            .command('render')
            .description('draw a file as SVG, or as a report where the output ends with .html; exit code 1 on errors or failed expectations')
            .argument('<file>', 'file to draw')
            .option('-o, --output <file>', 'where the picture goes (default: standard output)')
            .addOption(new Option('--view <view>', 'what is drawn').choices([...viewNames]).default('strata'))
            .addOption(new Option('--resource <resource>', 'what the width of a box means').choices(['cpu', 'memory']).default('memory'))
            .addOption(new Option('--share <share>', 'how much of it: what is granted, may be taken at most, or is set aside').choices([...pictureShares]))
            .addOption(new Option('--width <pixels>', 'width of the picture').argParser(parseWidth).default(defaultWidth))
            .addOption(new Option('--at <time>', 'moment of the scenario, as in 42s').argParser(parseTime))
            .option('--scenario <name>', 'scenario of the moment (default: the first)')
            .option('--select <path>', 'element that a comparison or a blast radius is of')
            .option('--git <revision>', 'commit that a comparison is with, as in HEAD')
            .addOption(new Option('--broken <what>', 'what an attacker has broken').choices([...brokenLevels]))
            .action(
                run(async (terminal, file: string, { output, view, git, ...options }: RenderOptions & Given) => {
                    const [judged] = await judgeFiles([file], terminal.directory);
                    const subject = await subjectOf(file, judged, git);
                    const drawn = draw(subject, file, view, options, output?.endsWith('.html') === true ? 'html' : 'svg');
                    await (output === undefined ? terminal.write([drawn]) : saveFile(terminal.directory, output, drawn));
                    return verdict(judged === undefined ? [] : [judged], 'lenient');
                }),
            );
    },
};

/** A text with errors is drawn as far as it is understood; nothing is drawn only where nothing was computed. */
async function subjectOf(file: string, judged: FileAnalysis | undefined, revision: string | undefined): Promise<ViewSubject> {
    const subject = judged && goodSubject(judged.analysis, judged.services);
    if (subject === undefined) {
        throw new CannotWork(`${file}: ${judged?.analysis.findings[0]?.message ?? 'nothing came of it'}`);
    }
    if (revision === undefined) {
        return subject;
    }
    const { root } = subject.analysis;
    const opened = openRevision(dirname(URI.parse(root).fsPath), revision);
    if (opened.kind === 'unusable') {
        throw new CannotWork(opened.because);
    }
    return { ...subject, committed: await committedTopologies(revision, async (uri) => opened.readText(uri)).of(root) };
}

function draw(subject: ViewSubject, file: string, view: ViewName, given: ViewOptions & Given, format: 'svg' | 'html'): string {
    const options = optionsFor(subject, given);
    return format === 'html' ? reportHtml(subject, options, basename(file)) : svgDocument(drawingOf(view, subject, options));
}

function optionsFor({ analysis: { lowered, result } }: ViewSubject, { select, ...options }: ViewOptions & Given): ViewOptions {
    return select === undefined ? options : { ...options, selected: selectElement(lowered.topology, result, select) };
}

function parseWidth(text: string): number {
    const width = Number(text);
    if (!Number.isInteger(width) || width < 100 || width > 20_000) {
        throw new InvalidArgumentError('a width is a whole number of pixels from 100 to 20000.');
    }
    return width;
}

/** A number of seconds, or a time as texts write it. */
function parseTime(text: string): number {
    const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/.exec(text.trim()) ?? [];
    const time = Number(number) * (unitNamed(unit)?.factor ?? 1);
    if (number === undefined || !Number.isFinite(time)) {
        throw new InvalidArgumentError('a time is a number with a unit, as in 42s or 1.5min.');
    }
    return time;
}
