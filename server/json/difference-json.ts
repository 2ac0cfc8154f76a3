/** Differences as JSON: units, keys and manners of the result contract; documented in docs/command-line.md. */
import type { Judgement } from '#simulation/model/expectation.ts';
import type { Difference } from '../difference/difference.ts';
import type { ElementDifference } from '../difference/element-differences.ts';
import type { LifeDifference } from '../difference/life-differences.ts';
import type { Fate } from '../explain/run-fate.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { printedRange } from './finding-rows.ts';
import { jsonNumber, jsonObject, jsonRows, jsonStreams, jsonValue } from './json-text.ts';

type NameFile = (uri: string) => string;

export interface DifferenceJson {
    readonly before: string;
    readonly after: string;
    readonly files: readonly {
        readonly name: string;
        readonly difference: Difference;
        readonly fileOf: { readonly before: NameFile; readonly after: NameFile };
        readonly isWorse: boolean;
    }[];
}

/** Deterministic: the same two sides give the same bytes. */
export function* differenceJson({ before, after, files }: DifferenceJson): Generator<string> {
    yield* jsonObject([
        ['format', jsonValue(1)],
        ['before', jsonValue(before)],
        ['after', jsonValue(after)],
        ['worse', jsonValue(files.some(({ isWorse }) => isWorse))],
        ['files', jsonStreams(files.map(fileMembers))],
    ]);
    yield '\n';
}

function fileMembers({ name, difference, fileOf, isWorse }: DifferenceJson['files'][number]): Iterable<string> {
    const { elements, walls, reach, lives, findings, expectations } = difference;
    return jsonObject([
        ['file', jsonValue(name)],
        ['worse', jsonValue(isWorse)],
        ['elements', jsonRows(elements.map(elementRow))],
        ['boundaries', jsonRows(walls.rows)],
        ['reach', jsonRows(reach.rows)],
        ['lifecycles', jsonRows(lives.map(lifeRow))],
        [
            'findings',
            jsonObject([
                ['appeared', jsonRows(findings.appeared.map((finding) => findingRow(finding, fileOf.after)))],
                ['gone', jsonRows(findings.gone.map((finding) => findingRow(finding, fileOf.before)))],
            ]),
        ],
        [
            'expectations',
            jsonRows(expectations.map(({ text, scenario, before, after }) => ({ text, scenario, before: judgementRow(before), after: judgementRow(after) }))),
        ],
        ['complete', jsonValue({ boundaries: walls.isComplete, reach: reach.isComplete })],
    ]);
}

function elementRow({ kind, path, was, element, kernel, figures }: ElementDifference): object {
    return {
        change: kind,
        path,
        was,
        kind: element.after ?? element.before,
        'kind-before': element.before === element.after || kind !== 'changed' ? undefined : element.before,
        kernel,
        figures: Object.fromEntries(figures.map(({ name, before, after }) => [name, { before: jsonNumber(before), after: jsonNumber(after) }])),
    };
}

function findingRow({ code, severity, scenario, subject, message, at }: PlacedFinding, fileOf: NameFile): object {
    return { code, severity, scenario, path: subject, message, range: printedRange(at, fileOf) };
}

function lifeRow({ scenario, path, before, after }: LifeDifference): object {
    return { scenario, path, before: fateRow(before), after: fateRow(after) };
}

function fateRow({ readyAt, finishedAt, kills, restarts, downtime }: Fate): object {
    return { 'ready-at': jsonNumber(readyAt), 'finished-at': jsonNumber(finishedAt), 'oom-kills': kills, restarts, downtime: jsonNumber(downtime) };
}

function judgementRow(judgement: Judgement | undefined): object | undefined {
    if (judgement === undefined) {
        return undefined;
    }
    const { holds, actual, because, unjudged } = judgement;
    return { holds, actual: typeof actual === 'number' ? jsonNumber(actual) : actual, because, unjudged };
}
