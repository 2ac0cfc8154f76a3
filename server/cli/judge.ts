/** What the command line makes of analysed files: printed findings, and whether all is well. */
import { indexTopology } from '#simulation/model/topology-index.ts';
import { type AnalyseOptions, analyseFiles, type FileAnalysis } from '../analyse-files.ts';
import { fixesFor } from '../fixes/fixes.ts';
import { printedRange, subjectPath } from '../json/finding-rows.ts';
import { mergeFindings } from '../merged-findings.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import type { Source } from '../sources.ts';
import { CannotWork } from './cannot-work.ts';
import type { ExitCode } from './command.ts';
import type { PrintedFix, ReportedFinding } from './finding-formats.ts';

/** Throws `CannotWork` for a file that can't be read as text. */
export async function judgeFiles(files: readonly string[], directory: string, options: Partial<AnalyseOptions> = {}): Promise<readonly FileAnalysis[]> {
    const analysed = await analyseFiles(files, directory, options);
    if (analysed.kind === 'unreadable') {
        throw new CannotWork(`${analysed.file}: ${analysed.because}`);
    }
    return analysed.topologies;
}

/** The findings of all topologies; what several of them say of a file that they share is said once. */
export function reportFindings(judged: readonly FileAnalysis[]): readonly ReportedFinding[] {
    const indexOf = memoised(({ analysis }: FileAnalysis) => analysis.result && indexTopology(analysis.result.topology));
    return mergeFindings(judged, ({ analysis }) => analysis).map(({ finding, of }) => {
        const { code, severity, message, scenario, time, at, related } = finding;
        const path = subjectPath(finding, indexOf(of));
        return {
            code,
            severity,
            message,
            ...printedRange(at, of.fileOf),
            related: related.map((cause) => ({ ...printedRange(cause.at, of.fileOf), message: cause.message })),
            line: () => sourceOf(of, at.uri)?.text.split(/\r\n|\r|\n/, at.start.line + 1)[at.start.line],
            fixes: () => printedFixes(finding, of),
            ...(path !== undefined && { path }),
            ...(scenario !== undefined && { scenario }),
            ...(time !== undefined && { at: time }),
        };
    });
}

/** 1 where something is wrong; when strict, a warning is wrong as well. */
export function verdict(judged: readonly FileAnalysis[], strictness: 'lenient' | 'strict'): ExitCode {
    const isWrong = judged.some(
        ({ analysis }) =>
            analysis.findings.some(({ severity }) => severity === 'error' || (severity === 'warning' && strictness === 'strict')) ||
            [analysis.result, ...(analysis.result?.runs ?? [])].some((one) => one?.expectations.some(({ holds }) => !holds)),
    );
    return isWrong ? 1 : 0;
}

/** Without those that only a trial could vouch for. */
function printedFixes(finding: PlacedFinding, of: FileAnalysis): readonly PrintedFix[] {
    return fixesFor({ finding, analysis: of.analysis, sourceOf: (uri) => sourceOf(of, uri) })
        .filter(({ effect }) => effect?.kind !== 'fits')
        .map(({ title, edits }) => ({
            title,
            edits: edits.map(({ uri, range, newText }) => ({ ...printedRange({ uri, ...range }, of.fileOf), newText })),
        }));
}

function sourceOf({ analysis }: FileAnalysis, uri: string): Source | undefined {
    return analysis.sources.find((source) => source.uri === uri);
}

function memoised<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
    const made = new Map<Key, { readonly value: Value }>();
    return (key) => {
        const known = made.get(key) ?? { value: make(key) };
        made.set(key, known);
        return known.value;
    };
}
