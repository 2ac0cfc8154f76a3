/** `strata diff A B`, `strata diff --git REVISION [FILE…]`: what a change does to allocation, walls, reach, scenarios, findings and expectations. */
import { dirname, resolve } from 'node:path';
import { Option } from 'commander';
import { URI } from 'vscode-uri';
import { analyseFiles, type FileAnalysis, rootsAmong } from '../analyse-files.ts';
import { differenceOf, isWorse, type ResultSide } from '../difference/difference.ts';
import { diskFiles } from '../disk-files.ts';
import { noSuchFile } from '../file-text.ts';
import { openRevision } from '../git-revision.ts';
import type { ReadText } from '../sources.ts';
import { CannotWork } from './cannot-work.ts';
import type { CliCommand } from './command.ts';
import { type ComparedFile, type DifferenceFormat, type DifferenceReport, differenceFormats } from './difference-formats.ts';

interface DiffOptions {
    readonly git?: string;
    readonly format: DifferenceFormat;
    readonly strict?: true;
}

type Strictness = 'lenient' | 'strict';

export const diff: CliCommand = {
    name: 'diff',
    register: (program, run) => {
        program
            .command('diff')
            .description('what a change does: who gets what, walls, findings and expectations before and after; exit code 1 if it makes something worse')
            .argument('[files...]', 'two files; with --git any number, or none for every Strata file of the folder')
            .option('--git <revision>', 'compare the files with what they were at this commit')
            .addOption(new Option('--format <format>', 'how the difference is printed').choices(Object.keys(differenceFormats)).default('text'))
            .option('--strict', 'a new warning makes it worse as well')
            .action(
                run(async (terminal, files: readonly string[], { git, format, strict }: DiffOptions) => {
                    const strictness = strict === true ? 'strict' : 'lenient';
                    const report = await (git === undefined
                        ? compareTwo(files, terminal.directory, strictness)
                        : compareWithRevision(files, git, terminal.directory, strictness));
                    await terminal.write(differenceFormats[format](report));
                    return report.files.some((file) => file.isWorse) ? 1 : 0;
                }),
            );
    },
};

async function compareTwo(files: readonly string[], directory: string, strictness: Strictness): Promise<DifferenceReport> {
    const [before, after, ...more] = files;
    if (before === undefined || after === undefined || more.length > 0) {
        throw new CannotWork('diff takes two files, or --git with a revision');
    }
    const [then, now] = [await analyseOne(before, directory, diskFiles.read), await analyseOne(after, directory, diskFiles.read)];
    return { before, after, files: [compared(`${before} → ${after}`, then, now, strictness)] };
}

/** Files are compared topology by topology: what is imported is read on each side as that side has it. */
async function compareWithRevision(files: readonly string[], revision: string, directory: string, strictness: Strictness): Promise<DifferenceReport> {
    const folder = files[0] === undefined ? directory : dirname(resolve(directory, files[0]));
    const opened = openRevision(folder, revision);
    if (opened.kind === 'unusable') {
        throw new CannotWork(opened.because);
    }
    const names = files.length > 0 ? files : opened.strataFiles();
    const uris = new Map(names.map((name) => [URI.file(resolve(directory, name)).toString(), name]));
    for (const [uri, name] of uris) {
        const [then, now] = [opened.readText(uri), diskFiles.read(uri)];
        const unusable = [now, then].find((read) => read.kind === 'unreadable' && (read.because !== noSuchFile || now.kind === then.kind));
        if (unusable?.kind === 'unreadable') {
            throw new CannotWork(`${name}: ${unusable.because}`);
        }
    }
    const [before, after] = [orEmpty(opened.readText, uris), orEmpty(diskFiles.read, uris)];
    const roots = new Set([after, before].flatMap((readText) => rootsAmong(names, directory, readText)));
    const comparisons: ComparedFile[] = [];
    for (const name of [...uris].flatMap(([uri, given]) => (roots.has(uri) ? [given] : []))) {
        comparisons.push(compared(name, await analyseOne(name, directory, before), await analyseOne(name, directory, after), strictness));
    }
    return { before: revision, after: 'the working tree', files: comparisons };
}

/** A file that one side has not says nothing there. */
function orEmpty(readText: ReadText, given: ReadonlyMap<string, string>): ReadText {
    return (uri) => {
        const read = readText(uri);
        return read.kind === 'unreadable' && read.because === noSuchFile && given.has(uri) ? { kind: 'text', text: '' } : read;
    };
}

async function analyseOne(file: string, directory: string, readText: ReadText): Promise<FileAnalysis> {
    const analysed = await analyseFiles([file], directory, { readText });
    if (analysed.kind === 'unreadable') {
        throw new CannotWork(`${analysed.file}: ${analysed.because}`);
    }
    const [topology] = analysed.topologies;
    if (topology === undefined) {
        throw new CannotWork(`${file}: nothing came of it`);
    }
    return topology;
}

function compared(name: string, before: FileAnalysis, after: FileAnalysis, strictness: Strictness): ComparedFile {
    const difference = differenceOf(sideOf(name, before), sideOf(name, after));
    return { name, difference, fileOf: { before: before.fileOf, after: after.fileOf }, isWorse: isWorse(difference, strictness) };
}

function sideOf(name: string, { analysis: { result, findings } }: FileAnalysis): ResultSide {
    if (result === undefined) {
        throw new CannotWork(`${name}: ${findings[0]?.message ?? 'nothing came of it'}`);
    }
    return { result, findings };
}
