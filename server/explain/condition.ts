/** What an `expect` came to, and what a metric in it measures now, as Markdown. */
import { type AstNode, CstUtils } from 'langium';
import { isExpectation, isPathMeasure, type PathMeasure } from '#language/generated/ast.ts';
import type { SourceRange } from '#language/origins.ts';
import { rangeOf, rangeOfKeyword, rangeOfProperty } from '#language/syntax/ranges.ts';
import { figureOf } from '#simulation/measures.ts';
import { type Judgement, type MetricName, metricDimensions } from '#simulation/model/expectation.ts';
import { figure, percentFigure } from '#simulation/model/figures.ts';
import { elementId } from '#simulation/model/ids.ts';
import { judgedFigure } from '#simulation/model/judged-figure.ts';
import type { Result } from '#simulation/model/result.ts';
import { type Cursor, holds, namesAt, placeOf } from '../cursor.ts';
import type { Source } from '../sources.ts';
import type { Understanding } from '../understanding.ts';
import type { Links } from './links.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';

export interface Explained {
    readonly text: string;
    readonly at: SourceRange;
}

interface Evidence {
    readonly source: Source;
    readonly understanding: Understanding;
    readonly result: Result;
    readonly links: Links;
}

/** Nothing where the cursor stands in no condition. */
export function explainCondition({ position }: Cursor, evidence: Evidence): Explained | undefined {
    for (let node = nodeAt(evidence.source, position); node !== undefined; node = node.$container) {
        const explained = isPathMeasure(node)
            ? explainMetric(node, position, evidence)
            : isExpectation(node)
              ? explainJudgement(rangeOf(node), rangeOfKeyword(node), evidence)
              : undefined;
        if (explained !== undefined) {
            return explained;
        }
    }
    return undefined;
}

/** What the word at the cursor belongs to; at the end of a word, that word. */
function nodeAt({ document }: Source, position: Cursor['position']): AstNode | undefined {
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(position);
    const leaves = root === undefined ? [] : [CstUtils.findLeafNodeAtOffset(root, offset), CstUtils.findLeafNodeAtOffset(root, offset - 1)];
    return leaves.find((leaf) => leaf?.hidden === false)?.astNode;
}

/** The metric at the end of a path, where the cursor stands in it. */
function explainMetric({ path }: PathMeasure, position: Cursor['position'], { source, understanding, result, links }: Evidence): Explained | undefined {
    const steps = path?.steps ?? [];
    for (const length of [2, 1]) {
        const name = steps
            .slice(-length)
            .map((step) => step.name)
            .join('.');
        const [owner, first, last] = [steps.at(-length - 1), steps.at(-length), steps.at(-1)];
        if (isMetric(name) && owner !== undefined && first !== undefined && last !== undefined) {
            const at: SourceRange = { ...rangeOfProperty(first, 'name'), end: rangeOfProperty(last, 'name').end };
            const names = namesAt({ uri: source.uri, position: rangeOfProperty(owner, 'name').start }, understanding);
            const element = result.topology.elements.get(elementId(names.find(({ target }) => target.kind === 'element')?.target.name ?? ''));
            const figures = element && result.elements.get(element.id);
            if (!holds(at, position) || element === undefined || figures === undefined) {
                return undefined;
            }
            const value = figureOf(figures, name);
            const each = (element.replicas ?? 1) > 1 ? ', each' : '';
            const shown = value === undefined ? 'no value in the steady state' : `**${metricText(value, name)}**${each}`;
            return { text: `${codeSpan(name)} of ${links.element(element.id)}: ${shown}`, at };
        }
    }
    return undefined;
}

function isMetric(name: string): name is MetricName {
    return Object.hasOwn(metricDimensions, name);
}

/** Counts are counts; every other number without a unit is a share. */
function metricText(value: number, metric: MetricName): string {
    const dimension = metricDimensions[metric];
    return dimension === 'number' && metric.includes('.') ? percentFigure(value) : figure(value, dimension);
}

function explainJudgement(whole: SourceRange, keyword: SourceRange, { understanding, result, links }: Evidence): Explained | undefined {
    const place = placeOf(whole);
    const index = understanding.lowered.origins.expectations.findIndex((candidate) => placeOf(candidate) === place);
    const judgement = result.expectations.find((candidate) => candidate.index === index);
    return judgement === undefined ? undefined : { text: describe(judgement, links), at: keyword };
}

function describe(judgement: Judgement, links: Links): string {
    const actual = judgedFigure(judgement);
    const verdict = judgement.holds ? '**Holds**' : judgement.unjudged === true ? '**Not judged**' : '**Fails**';
    const member = judgement.member === undefined ? '' : ` (${links.element(judgement.member)})`;
    const because = judgement.because ?? judgement.evidence;
    return [
        `${verdict}${actual === undefined ? '' : `: the value is **${escapeMarkdown(actual)}**${member}`}`,
        ...(because === undefined ? [] : [escapeMarkdown(because)]),
    ].join('\n\n');
}
