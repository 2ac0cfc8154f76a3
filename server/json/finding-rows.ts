/** The rows of `findings` and `expectations`, with lines and columns from 1 and files named as the reader names them. */
import type { SourceRange } from '#language/origins.ts';
import type { Judgement } from '#simulation/model/expectation.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { firstInstances } from './instances.ts';
import { jsonNumber } from './json-text.ts';

export interface PrintedRange {
    readonly file: string;
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
}

export function printedRange(at: SourceRange, fileOf: (uri: string) => string): PrintedRange {
    return {
        file: fileOf(at.uri),
        start: { line: at.start.line + 1, column: at.start.character + 1 },
        end: { line: at.end.line + 1, column: at.end.character + 1 },
    };
}

/** The path under which a finding's element stands in `elements`: the replica that is meant, or the first, which speaks for all. */
export function subjectPath(finding: PlacedFinding, index: TopologyIndex | undefined): string | undefined {
    if (finding.instance !== undefined || finding.subject === undefined || index === undefined) {
        return finding.instance ?? finding.subject;
    }
    return firstInstances(index, finding.subject, 1)[0]?.path ?? finding.subject;
}

export function* findingRows(
    findings: readonly PlacedFinding[],
    index: TopologyIndex | undefined,
    fileOf: (uri: string) => string,
    selected: (path: string) => boolean,
): Generator<object> {
    for (const finding of findings) {
        const path = subjectPath(finding, index);
        if (path === undefined || selected(path)) {
            const { code, severity, scenario, message, time } = finding;
            yield { code, severity, scenario, path, message, at: time, range: printedRange(finding.at, fileOf) };
        }
    }
}

/** What was expected of one state or run, with the place of each in the text. */
export interface JudgedList {
    readonly judgements: readonly Judgement[];
    readonly ranges: readonly SourceRange[];
}

/** Expectations on the steady state carry the name of the scenario that was asked for: its run begins from that state. */
export function* expectationRows({ judgements, ranges }: JudgedList, scenario: string, fileOf: (uri: string) => string): Generator<object> {
    for (const { index, text, holds, actual, because, at } of judgements) {
        const range = ranges[index];
        yield {
            scenario,
            text,
            holds,
            actual: typeof actual === 'number' ? jsonNumber(actual) : actual,
            at: jsonNumber(at),
            because,
            range: range && printedRange(range, fileOf),
        };
    }
}
