/** What the command line makes of analysed files: printed findings, and whether all is well. */
import { indexTopology } from '#simulation/model/topology-index.ts';
import { analyseFiles, type FileAnalysis } from '../analyse-files.ts';
import { printedRange, subjectPath } from '../json/finding-rows.ts';
import { CannotWork } from './cannot-work.ts';
import type { ExitCode } from './command.ts';
import type { PrintedFinding } from './finding-formats.ts';

/** Throws `CannotWork` for a file that can't be read as text. */
export async function judgeFiles(files: readonly string[], directory: string): Promise<readonly FileAnalysis[]> {
    const analysed = await analyseFiles(files, directory);
    if (analysed.kind === 'unreadable') {
        throw new CannotWork(`${analysed.file}: ${analysed.because}`);
    }
    return analysed.topologies;
}

export function printFindings({ analysis, fileOf }: FileAnalysis): readonly PrintedFinding[] {
    const index = analysis.result && indexTopology(analysis.result.topology);
    return analysis.findings.map((finding) => {
        const { code, severity, message } = finding;
        const path = subjectPath(finding, index);
        return { code, severity, message, ...printedRange(finding.at, fileOf), ...(path !== undefined && { path }) };
    });
}

/** 1 where something is wrong; when strict, a warning is wrong as well. */
export function verdict(judged: readonly FileAnalysis[], strictness: 'lenient' | 'strict'): ExitCode {
    const isWrong = judged.some(
        ({ analysis }) =>
            analysis.findings.some(({ severity }) => severity === 'error' || (severity === 'warning' && strictness === 'strict')) ||
            analysis.result?.expectations.some(({ holds }) => !holds) === true,
    );
    return isWrong ? 1 : 0;
}
