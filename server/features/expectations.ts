/** What became of every `expect` of a file: the tests of the editor's Test Explorer. */
import { type Expectation, type Item, isExpectation, isScenario } from '#language/generated/ast.ts';
import { conditionText } from '#language/lowering/expectation.ts';
import type { SourceRange } from '#language/origins.ts';
import { rangeOf, rangeOfProperty } from '#language/syntax/ranges.ts';
import type { Judgement } from '#simulation/model/expectation.ts';
import { timeFigure } from '#simulation/model/figures.ts';
import { judgedFigure } from '#simulation/model/judged-figure.ts';
import type { Analysis } from '../analysis.ts';
import { holds, placeOf } from '../cursor.ts';
import { toRange } from '../file-diagnostics.ts';
import { type ExpectationRow, type ExpectationsAnswer, type ExpectationsParams, expectationsRequest, type FileExpectations } from '../protocol.ts';
import { canonicalUri, isReadable } from '../sources.ts';
import type { Feature } from './feature.ts';

export const expectations: Feature = {
    name: 'expectations',
    register: ({ onRequest, workspace }) => {
        onRequest(expectationsRequest, async ({ uri }: ExpectationsParams, token): Promise<ExpectationsAnswer> => {
            const file = canonicalUri(uri);
            const analysis = await workspace.analysed(file, token);
            const source = analysis?.sources.find((candidate) => candidate.uri === file);
            return analysis === undefined || source === undefined || !isReadable(source)
                ? null
                : fileExpectations(source.document.parseResult.value.items, analysis);
        });
    },
};

/** What is written is listed, also what could not be understood; what became of it is looked up by its place. */
export function fileExpectations(items: readonly Item[], analysis: Analysis): FileExpectations {
    const { origins } = analysis.lowered;
    const steady = judgementsAt(analysis.result?.expectations, origins.expectations);
    return {
        expectations: rows(items.filter(isExpectation), (node, at) => judged(node, at, steady.get(placeOf(at)), analysis)),
        scenarios: numbered(items.filter(isScenario), ({ name = '' }) => name).map(([scenario, id]) => {
            const name = scenario.name ?? '';
            const run = analysis.result?.runs.find((candidate) => candidate.scenario === name);
            const ofRun = judgementsAt(run?.expectations, origins.scenarios.get(name)?.expectations);
            return {
                id,
                name,
                range: toRange(rangeOfProperty(scenario, 'name')),
                expectations: rows((scenario.body?.items ?? []).filter(isExpectation), (node, at) => judged(node, at, ofRun.get(placeOf(at)), analysis)),
            };
        }),
    };
}

/** By the places of what was expected. */
function judgementsAt(judgements: readonly Judgement[] = [], ranges: readonly SourceRange[] = []): ReadonlyMap<string, Judgement> {
    return new Map(
        judgements.flatMap((judgement) => {
            const range = ranges[judgement.index];
            return range === undefined ? [] : [[placeOf(range), judgement] as const];
        }),
    );
}

type Row = Omit<ExpectationRow, 'id'>;

function rows(nodes: readonly Expectation[], rowOf: (node: Expectation, at: SourceRange) => Row): readonly ExpectationRow[] {
    return numbered(nodes, textOf).map(([node, id]) => ({ id, ...rowOf(node, rangeOf(node)) }));
}

/** The same may be written twice: the second is called so. */
function numbered<Node>(nodes: readonly Node[], nameOf: (node: Node) => string): readonly (readonly [Node, string])[] {
    const times = new Map<string, number>();
    return nodes.map((node) => {
        const name = nameOf(node);
        const time = (times.get(name) ?? 0) + 1;
        times.set(name, time);
        return [node, time === 1 ? name : `${name} #${time}`];
    });
}

function judged(node: Expectation, at: SourceRange, judgement: Judgement | undefined, analysis: Analysis): Row {
    if (judgement === undefined) {
        return analysis.result === undefined ? { ...written(node, at), outcome: 'unjudged', ...reason(firstError(analysis)) } : broken(node, at, analysis);
    }
    const actual = judgedFigure(judgement);
    const finding = analysis.findings.find((candidate) => placeOf(candidate.at) === placeOf(at));
    return {
        ...written(node, at),
        outcome: judgement.holds ? 'holds' : judgement.unjudged === true ? 'unjudged' : 'fails',
        ...(actual !== undefined && { actual: judgement.at === undefined ? actual : `${actual}, at ${timeFigure(judgement.at)}` }),
        ...(judgement.holds ? {} : reason(finding?.message ?? judgement.because)),
    };
}

/** The language could make nothing of the condition, and has said why at a place inside. */
function broken(node: Expectation, at: SourceRange, { findings }: Analysis): Row {
    const finding = findings.find((candidate) => candidate.at.uri === at.uri && holds(at, candidate.at.start));
    return { ...written(node, at), outcome: 'broken', ...reason(finding?.message) };
}

function written(node: Expectation, at: SourceRange): Pick<Row, 'text' | 'range'> {
    return { text: textOf(node), range: toRange(at) };
}

/** Of an `expect` that nothing follows yet, the word itself. */
function textOf(node: Expectation): string {
    return conditionText(node) || 'expect';
}

function reason(because: string | undefined): { readonly because?: string } {
    return because === undefined ? {} : { because };
}

function firstError({ findings }: Analysis): string | undefined {
    return findings.find(({ severity }) => severity === 'error')?.message;
}
