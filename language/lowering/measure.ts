/** Lowers measures: metrics of elements, literals, lets, and what is computed from them. */
import { type ArithmeticOperator, dimensionAfter } from '#simulation/model/dimensions.ts';
import { type Measure as Lowered, type MetricName, metricDimensions, type Wall, walls } from '#simulation/model/expectation.ts';
import type { InstanceSet } from '#simulation/model/ids.ts';
import type { Dimension } from '#simulation/model/units.ts';
import { condition as conditionCheck } from '../checks/condition.ts';
import { divisionByZero } from '../checks/division-by-zero.ts';
import { unknownName } from '../checks/unknown-name.ts';
import { evaluateLiteral, foldChain, letsLike, reportMismatch } from '../expressions/evaluate.ts';
import { isBareZero } from '../expressions/statement-value.ts';
import type { Argument, Condition, Measure, MeasureCall, MeasureChain, PathMeasure } from '../generated/ast.ts';
import { didYouMean, listOr, suggestion } from '../names/did-you-mean.ts';
import { rangeOfSteps, resolvePath } from '../names/resolve-path.ts';
import { rangeOf, rangeOfProperty } from '../syntax/ranges.ts';
import type { Quantity } from '../units.ts';
import type { LoweringContext } from './context.ts';

export interface Measured {
    readonly measure: Lowered;
    readonly dimension: Dimension | 'wall';
    /** A number without a unit, or what is computed from such alone; nothing measured. */
    readonly plain?: 'number' | 'zero';
}

/** The dimension of two values that can be compared or added. A plain number stands for cores beside CPU, and zero for nothing of anything, as they do in statements. */
export function commonDimension(a: Measured, b: Measured): Measured['dimension'] | undefined {
    const takes = (quantity: Measured, other: Measured): boolean =>
        quantity.dimension !== 'wall' && (other.plain === 'zero' || (other.plain === 'number' && quantity.dimension === 'cpu'));
    return a.dimension === b.dimension || takes(a, b) ? a.dimension : takes(b, a) ? b.dimension : undefined;
}

function measuredNumber(value: Quantity, plain: Measured['plain']): Measured {
    return { dimension: value.dimension, measure: { kind: 'number', ...value }, ...(plain === undefined ? {} : { plain }) };
}

/** Functions whose value is measured. */
export const functionNames: readonly string[] = ['sum', 'count', 'mean', 'min', 'max', 'at', 'over-time-mean', 'boundary'];

export const metricNames = Object.keys(metricDimensions) as readonly MetricName[];

/** Undefined after a problem was reported. */
export function lowerMeasure(node: Measure | Condition, context: LoweringContext): Measured | undefined {
    switch (node.$type) {
        case 'Literal': {
            const value = evaluateLiteral(node, { ...context.scope, signs: 'refused' });
            const isPlain = value?.dimension === 'number' && node.text?.endsWith('%') !== true;
            return value === undefined ? undefined : measuredNumber(value, isBareZero(node) ? 'zero' : isPlain ? 'number' : undefined);
        }
        case 'Group':
            return node.condition === undefined ? undefined : lowerMeasure(node.condition, context);
        case 'PathMeasure':
            return lowerPath(node, context);
        case 'MeasureCall':
            return lowerCall(node, context);
        case 'MeasureChain':
            return lowerChain(node, context);
        case 'Comparison':
        case 'Negation':
        case 'Conditions':
            context.report(conditionCheck, {
                at: rangeOf(node),
                message: 'A condition stands where a value is wanted. Compare on the outside, or join with `and`.',
                facts: { candidates: [] },
            });
            return undefined;
        default:
            return node satisfies never;
    }
}

export function wallNamed(node: PathMeasure): Wall | undefined {
    const steps = node.path?.steps ?? [];
    const only = steps.length === 1 && steps[0]?.first === undefined ? steps[0]?.name : undefined;
    return walls.find((wall) => wall === only);
}

/** An argument that is an element, as in `boundary(A, B)`. */
export function pathArgument(call: MeasureCall, argument: Argument | undefined, context: LoweringContext): InstanceSet | undefined {
    if (argument?.$type === 'PathMeasure') {
        return resolvePath({ steps: argument.path?.steps ?? [] }, context);
    }
    context.report(conditionCheck, {
        at: argument === undefined ? rangeOf(call) : rangeOf(argument),
        facts: { candidates: [] },
        message: `\`${call.function ?? ''}\` takes the path of an element here, as in \`${call.function ?? ''}(${call.function === 'count' ? 'web' : 'web, db'})\`. Write one.`,
    });
    return undefined;
}

export function reportFunction(node: MeasureCall, known: readonly string[], { report }: LoweringContext): void {
    const name = node.function ?? '';
    const candidates = didYouMean(name, known);
    report(unknownName, {
        at: rangeOfProperty(node, 'function'),
        message: `There is no function \`${name}\`.${suggestion(candidates) || ` There are ${known.join(', ')}.`}`,
        facts: { name, candidates },
    });
}

function lowerPath(node: PathMeasure, context: LoweringContext): Measured | undefined {
    const steps = node.path?.steps ?? [];
    const only = steps.length === 1 ? steps[0] : undefined;
    if (only !== undefined && only.first === undefined && only.name !== undefined) {
        const value = context.scope.letNamed(only.name);
        if (value !== 'unknown') {
            context.record({ target: { kind: 'let', name: only.name }, role: 'reference', at: rangeOfProperty(only, 'name') });
            return value === undefined ? undefined : measuredNumber(value, value.dimension === 'number' ? 'number' : undefined);
        }
    }
    const metric = metricAtEnd(steps.map((step) => (step.first === undefined ? step.name : undefined)));
    if (metric === undefined) {
        reportNoMetric(node, context);
        return undefined;
    }
    const of = steps.length > metric.steps ? resolvePath({ steps: steps.slice(0, -metric.steps) }, context) : undefined;
    if (steps.length === metric.steps && steps.length > 0) {
        context.report(conditionCheck, {
            at: rangeOf(node),
            message: `\`${metric.name}\` is a metric of an element. Put its path in front, as in \`rack1.${metric.name}\`.`,
            facts: { candidates: [] },
        });
    }
    return of === undefined ? undefined : { dimension: metricDimensions[metric.name], measure: { kind: 'metric', of, metric: metric.name } };
}

/** The longest metric that a path ends with. */
function metricAtEnd(names: readonly (string | undefined)[]): { readonly name: MetricName; readonly steps: number } | undefined {
    for (const steps of [2, 1]) {
        const written = names.length < steps || names.slice(-steps).includes(undefined) ? '' : names.slice(-steps).join('.');
        const name = metricNames.find((metric) => metric === written);
        if (name !== undefined) {
            return { name, steps };
        }
    }
    return undefined;
}

function reportNoMetric(node: PathMeasure, context: LoweringContext): void {
    const steps = node.path?.steps ?? [];
    if (steps.length === 0) {
        return;
    }
    const names = steps.map((step) => step.name ?? '');
    const only = names.length === 1 ? (names[0] ?? '') : undefined;
    const lets = only === undefined ? [] : letsLike(only, context.scope);
    if (only !== undefined && lets.length > 0) {
        context.report(unknownName, { at: rangeOf(node), message: `There is no let \`${only}\`.${suggestion(lets)}`, facts: { name: only, candidates: lets } });
        return;
    }
    const last = names.at(-1) ?? '';
    const ofGroup = names.length > 1 ? metricNames.filter((metric) => metric.startsWith(`${last}.`)) : [];
    const tails = [names.slice(-2).join('.'), last];
    const candidates = ofGroup.length > 0 ? ofGroup : tails.flatMap((tail) => didYouMean(tail, metricNames, 2));
    const isElement = context.index.named(last).length > 0;
    const lastTwo = rangeOfSteps(steps.slice(ofGroup.length === 0 && candidates[0]?.includes('.') ? -2 : -1));
    context.report(unknownName, {
        at: candidates.length > 0 || !isElement ? lastTwo : rangeOf(node),
        facts: { name: names.join('.'), candidates },
        message:
            candidates.length > 0
                ? `There is no such metric.${suggestion(candidates)}`
                : isElement
                  ? `\`${names.join('.')}\` has no metric at its end, and is no let. Write for instance \`${names.join('.')}.memory.headroom\`.`
                  : `\`${last}\` is no metric, no element and no let. Metrics are for instance ${listOr(usualMetrics)}.`,
    });
}

const usualMetrics: readonly MetricName[] = ['cpu.granted', 'cpu.throttled', 'memory.used', 'memory.headroom', 'ready-at'];

function lowerChain(node: MeasureChain, context: LoweringContext): Measured | undefined {
    const parts = node.parts.map((part) => ({ node: part, measured: lowerMeasure(part, context) }));
    return foldChain(parts, node.operators, (operator, left, right) => ({
        node: right.node,
        measured: combine(operator, left.measured, right.measured, right.node, context),
    }))?.measured;
}

function combine(
    operator: ArithmeticOperator,
    left: Measured | undefined,
    right: Measured | undefined,
    node: Measure,
    context: LoweringContext,
): Measured | undefined {
    if (left === undefined || right === undefined) {
        return undefined;
    }
    if (left.dimension === 'wall' || right.dimension === 'wall') {
        reportWallArithmetic(node, context);
        return undefined;
    }
    const sum = operator === '+' || operator === '-' ? commonDimension(left, right) : undefined;
    const dimension = sum === undefined || sum === 'wall' ? dimensionAfter(operator, left.dimension, right.dimension) : sum;
    if (dimension === undefined) {
        reportMismatch(context.report, rangeOf(node), `\`${operator}\` can't join these`, left.dimension, right.dimension);
        return undefined;
    }
    if (operator === '/' && right.measure.kind === 'number' && right.measure.value === 0) {
        context.report(divisionByZero, { at: rangeOf(node), message: 'This divides by zero. Use a divisor other than zero.' });
        return undefined;
    }
    const isPlain = dimension === 'number' && left.plain !== undefined && right.plain !== undefined;
    return { dimension, measure: { kind: 'arithmetic', operator, left: left.measure, right: right.measure }, ...(isPlain ? { plain: 'number' as const } : {}) };
}

function lowerCall(node: MeasureCall, context: LoweringContext): Measured | undefined {
    const [first, second] = node.arguments;
    switch (node.function) {
        case undefined:
            return undefined;
        case 'count': {
            const of = pathArgument(node, first, context);
            return of === undefined ? undefined : { dimension: 'number', measure: { kind: 'count', of } };
        }
        case 'boundary': {
            const [from, to] = [pathArgument(node, first, context), pathArgument(node, second, context)];
            return from === undefined || to === undefined ? undefined : { dimension: 'wall', measure: { kind: 'boundary', from, to } };
        }
        case 'at':
            return lowerAt(node, context);
        case 'over-time-mean': {
            const inner = lowerArgument(first, context);
            return inner === undefined ? undefined : { dimension: inner.dimension, measure: { kind: 'over-time-mean', measure: inner.measure } };
        }
        case 'sum':
        case 'mean':
        case 'min':
        case 'max':
            return lowerAggregate(node, node.function, context);
        default:
            reportFunction(node, functionNames, context);
            return undefined;
    }
}

function lowerAggregate(node: MeasureCall, name: 'sum' | 'mean' | 'min' | 'max', context: LoweringContext): Measured | undefined {
    const measured = node.arguments.map((argument) => lowerArgument(argument, context));
    const [first, ...rest] = measured.filter((part) => part !== undefined);
    if (first === undefined || rest.length + 1 < measured.length) {
        return undefined;
    }
    let dimension = first.dimension;
    for (const [index, part] of rest.entries()) {
        const common = commonDimension({ ...first, dimension }, part);
        if (common === undefined && dimension !== 'wall' && part.dimension !== 'wall') {
            const argument = node.arguments[index + 1] ?? node;
            reportMismatch(context.report, rangeOf(argument), `\`${name}\` takes values of one quantity`, dimension, part.dimension);
            return undefined;
        }
        dimension = common ?? 'wall';
    }
    if (dimension === 'wall') {
        reportWallArithmetic(node, context);
        return undefined;
    }
    return { dimension, measure: { kind: 'aggregate', function: name, arguments: [first, ...rest].map((part) => part.measure) } };
}

function reportWallArithmetic(node: Measure, { report }: LoweringContext): void {
    report(conditionCheck, {
        at: rangeOf(node),
        message: 'A boundary is no number, so it can only be compared. Leave out the arithmetic.',
        facts: { candidates: [] },
    });
}

/** `at(T, X.metric)`: the value at a moment of the scenario. */
function lowerAt(node: MeasureCall, context: LoweringContext): Measured | undefined {
    const [when, what] = node.arguments.map((argument) => lowerArgument(argument, context));
    const time = when?.measure.kind === 'number' && when.dimension === 'time' ? when.measure.value : undefined;
    if (node.arguments.length !== 2 || (when !== undefined && time === undefined)) {
        context.report(conditionCheck, {
            at: rangeOf(node),
            message: '`at` takes a time and a metric. Write for instance `at(5 min, web.cpu.granted)`.',
            facts: { candidates: [] },
        });
        return undefined;
    }
    return time === undefined || what === undefined ? undefined : { dimension: what.dimension, measure: { kind: 'at', time, measure: what.measure } };
}

function lowerArgument(argument: Argument | undefined, context: LoweringContext): Measured | undefined {
    return argument === undefined
        ? undefined
        : argument.$type === 'Counted'
          ? argument.value && lowerMeasure(argument.value, context)
          : lowerMeasure(argument, context);
}
