/** Lowers conditions: what `expect` compares. */
import { type Condition as Lowered, type Wall, walls } from '#simulation/model/expectation.ts';
import { condition as conditionCheck } from '../checks/condition.ts';
import { reportMismatch } from '../expressions/evaluate.ts';
import type { Comparison, Condition, MeasureCall, PathMeasure, Term } from '../generated/ast.ts';
import { didYouMean, listOr, suggestion } from '../names/did-you-mean.ts';
import { rangeOf } from '../syntax/ranges.ts';
import type { LoweringContext } from './context.ts';
import { commonDimension, functionNames, lowerMeasure, type Measured, pathArgument, reportFunction, wallNamed } from './measure.ts';

/** Undefined after a problem was reported. */
export function lowerCondition(node: Condition | undefined, context: LoweringContext): Lowered | undefined {
    if (node === undefined) {
        return undefined;
    }
    return node.$type === 'Conditions' ? lowerChain(node.terms, node.operators, context) : lowerTerm(node, context);
}

/** `and` binds stronger than `or`. */
function lowerChain(terms: readonly Term[], operators: readonly string[], context: LoweringContext): Lowered | undefined {
    const lowered = terms.map((term) => lowerTerm(term, context));
    const alternatives: (Lowered | undefined)[][] = [[lowered[0]]];
    operators.forEach((operator, index) => {
        const term = lowered[index + 1];
        if (operator === 'and') {
            alternatives.at(-1)?.push(term);
        } else {
            alternatives.push([term]);
        }
    });
    if (lowered.some((term) => term === undefined) || lowered.length !== operators.length + 1) {
        return undefined;
    }
    return join(
        'or',
        alternatives.map((group) =>
            join(
                'and',
                group.filter((term) => term !== undefined),
            ),
        ),
    );
}

const join = (kind: 'and' | 'or', terms: readonly Lowered[]): Lowered => (terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind, terms });

function lowerTerm(node: Term, context: LoweringContext): Lowered | undefined {
    switch (node.$type) {
        case 'Negation': {
            const term = node.term === undefined ? undefined : lowerTerm(node.term, context);
            return term === undefined || node.nots.length % 2 === 0 ? term : { kind: 'not', term };
        }
        case 'Comparison':
            return lowerComparison(node, context);
        case 'Group':
            return lowerCondition(node.condition, context);
        case 'MeasureCall':
            return lowerQuestion(node, context);
        case 'Literal':
        case 'PathMeasure':
        case 'MeasureChain': {
            const measured = lowerMeasure(node, context);
            if (measured !== undefined) {
                reportNoCondition(node, context);
            }
            return undefined;
        }
        default:
            return node satisfies never;
    }
}

function lowerComparison(node: Comparison, context: LoweringContext): Lowered | undefined {
    const { left, right, operator } = node;
    if (left === undefined || right === undefined || operator === undefined) {
        return undefined;
    }
    // Beside `boundary()` the words `process … machine` are walls.
    const hasWall = isBoundary(left) || isBoundary(right);
    const [a, b] = [lowerSide(left, hasWall, context), lowerSide(right, hasWall, context)];
    if (a === undefined || b === undefined) {
        return undefined;
    }
    const dimension = commonDimension(a, b);
    if (dimension === undefined) {
        if (a.dimension === 'wall' || b.dimension === 'wall') {
            context.report(conditionCheck, {
                at: rangeOf(a.dimension === 'wall' ? right : left),
                message: `A boundary compares with a wall. Write one of ${listOr(walls)}.`,
                facts: { candidates: walls },
            });
        } else {
            reportMismatch(context.report, rangeOf(right), `\`${operator}\` can't compare these`, a.dimension, b.dimension);
        }
        return undefined;
    }
    return { kind: 'compare', operator, left: a.measure, right: b.measure };
}

type Side = NonNullable<Comparison['left']>;
const isBoundary = (side: Side): boolean => side.$type === 'MeasureCall' && side.function === 'boundary';

function lowerSide(side: Side, hasWall: boolean, context: LoweringContext): Measured | undefined {
    const wall = hasWall && side.$type === 'PathMeasure' ? wallNamed(side) : undefined;
    if (wall !== undefined) {
        return { dimension: 'wall', measure: { kind: 'wall', wall } };
    }
    if (hasWall && side.$type === 'PathMeasure') {
        reportWall(side, context);
        return undefined;
    }
    return lowerMeasure(side, context);
}

function reportWall(side: PathMeasure, { report }: LoweringContext): void {
    const written = side.$cstNode?.text ?? '';
    const candidates = didYouMean(written, walls);
    report(conditionCheck, {
        at: rangeOf(side),
        message: `\`${written}\` is no wall.${suggestion(candidates) || ` Write one of ${listOr(walls)}.`}`,
        facts: { candidates: candidates.length > 0 ? candidates : walls },
    });
}

/** `reaches(A, B)`, `reaches(A, B, WALL)` and `survives(1 host)` are conditions by themselves. */
function lowerQuestion(node: MeasureCall, context: LoweringContext): Lowered | undefined {
    switch (node.function) {
        case 'reaches':
            return lowerReaches(node, context);
        case 'survives':
            return lowerSurvives(node, context);
        case undefined:
            return undefined;
        default:
            if (!functionNames.includes(node.function)) {
                reportFunction(node, [...functionNames, 'reaches', 'survives'], context);
            } else if (lowerMeasure(node, context) !== undefined) {
                reportNoCondition(node, context);
            }
            return undefined;
    }
}

function lowerReaches(node: MeasureCall, context: LoweringContext): Lowered | undefined {
    const [a, b, c] = node.arguments;
    const from = pathArgument(node, a, context);
    const to = pathArgument(node, b, context);
    let broken: Wall | undefined;
    if (c !== undefined) {
        broken = c.$type === 'PathMeasure' ? wallNamed(c) : undefined;
        if (broken === undefined) {
            context.report(conditionCheck, {
                at: rangeOf(c),
                message: `The third part of \`reaches\` is a wall. Write one of ${listOr(walls)}.`,
                facts: { candidates: walls },
            });
            return undefined;
        }
    }
    return from === undefined || to === undefined ? undefined : { kind: 'reaches', from, to, ...(broken === undefined ? {} : { broken }) };
}

function lowerSurvives(node: MeasureCall, context: LoweringContext): Lowered | undefined {
    const argument = node.arguments[0];
    const inner = argument?.$type === 'Counted' ? argument.value : argument;
    const measured = inner === undefined ? undefined : lowerMeasure(inner, context);
    const hosts = measured?.measure.kind === 'number' && measured.dimension === 'number' ? measured.measure.value : undefined;
    if (hosts === undefined || !Number.isInteger(hosts) || hosts < 1 || node.arguments.length !== 1) {
        context.report(conditionCheck, {
            at: rangeOf(node),
            message: '`survives` takes a number of hosts that are lost at once. Write `survives(1 host)`.',
            facts: { candidates: ['survives(1 host)'] },
        });
        return undefined;
    }
    return { kind: 'survives', hosts };
}

function reportNoCondition(node: Term, { report }: LoweringContext): void {
    report(conditionCheck, {
        at: rangeOf(node),
        message: 'This is a value, no condition. Compare it, as in `rack1.memory.headroom >= 15 %`.',
        facts: { candidates: [] },
    });
}
