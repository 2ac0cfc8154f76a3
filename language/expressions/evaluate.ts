/** Computes expressions over literals and lets, with checked quantities. */
import { type ArithmeticOperator, dimensionAfter } from '#simulation/model/dimensions.ts';
import type { Dimension } from '#simulation/model/units.ts';
import { dimensionMismatch } from '../checks/dimension-mismatch.ts';
import { divisionByZero } from '../checks/division-by-zero.ts';
import { numberRange } from '../checks/number-range.ts';
import { unknownName } from '../checks/unknown-name.ts';
import { unknownUnit } from '../checks/unknown-unit.ts';
import type { Arithmetic, Expression, Literal, Reference } from '../generated/ast.ts';
import { didYouMean, listOr, suggestion } from '../names/did-you-mean.ts';
import type { SourceRange } from '../origins.ts';
import type { Report } from '../problems.ts';
import { rangeOf, rangeOfProperty } from '../syntax/ranges.ts';
import { dimensionNames, type Quantity, readLiteral, similarUnits, toBase, unitNamed } from '../units.ts';

/** Values are bounded, so that sums of them stay exact enough and products finite: 10¹⁸ bytes are an exabyte. */
export const maximumValue = 1e18;

export interface Scope {
    /** The value of a let; undefined where it has none, `unknown` where there is no such let. */
    readonly letNamed: (name: string) => Quantity | undefined | 'unknown';
    readonly letNames: () => Iterable<string>;
    readonly report: Report;
    /** Told of every let that an expression names. */
    readonly refer?: (reference: Reference) => void;
    /** Absent: a sign is somebody else's to judge. */
    readonly signs?: 'refused';
}

/** The value, or undefined after a problem was reported; never NaN or infinite. */
export function evaluate(expression: Expression | undefined, scope: Scope, wanted?: Dimension): Quantity | undefined {
    switch (expression?.$type) {
        case undefined:
            return undefined;
        case 'Literal':
            return evaluateLiteral(expression, scope, wanted);
        case 'Parenthesis':
            return evaluate(expression.value, scope, wanted);
        case 'Reference':
            return evaluateReference(expression, scope, wanted);
        case 'Arithmetic':
            return evaluateArithmetic(expression, scope);
        default:
            return expression satisfies never;
    }
}

export function evaluateLiteral(literal: Literal, { report, signs }: Scope, wanted?: Dimension): Quantity | undefined {
    const { amount, unit } = readLiteral(literal.text ?? '');
    if (literal.negative && signs === 'refused') {
        report(numberRange, {
            at: rangeOf(literal),
            message: `Only \`oom-score-adj\` takes a number with a sign. Write \`0 - ${literal.text ?? '1'}\` where a difference is meant.`,
            facts: { value: -amount, min: 0 },
        });
        return undefined;
    }
    const known = unit === '' ? plainNumber : unitNamed(unit);
    if (known === undefined) {
        const units = similarUnits(unit, wanted);
        report(unknownUnit, { at: rangeOfUnit(literal), message: `There is no unit \`${unit}\`. Write ${listOr(units.slice(0, 4))}.`, facts: { unit, units } });
        return undefined;
    }
    const value = (literal.negative ? -1 : 1) * toBase(amount, known);
    return bounded({ value, dimension: known.dimension }, () => rangeOf(literal), report);
}

const plainNumber = { name: '', dimension: 'number', factor: 1 } as const;

/** Where the unit stands in a literal; the whole literal where it has none. */
export function rangeOfUnit(literal: Literal): SourceRange {
    const whole = rangeOfProperty(literal, 'text');
    const { unit, unitOffset } = readLiteral(literal.text ?? '');
    return unit === '' ? whole : { ...whole, start: { line: whole.start.line, character: whole.start.character + unitOffset } };
}

/** Folds a chain of operators; shared with measures, whose parts are no plain values. `*` and `/` bind stronger than `+` and `-`. */
export function foldChain<Part>(
    parts: readonly Part[],
    operators: readonly ArithmeticOperator[],
    apply: (operator: ArithmeticOperator, left: Part, right: Part) => Part,
): Part | undefined {
    let sum: { readonly left: Part; readonly operator: ArithmeticOperator } | undefined;
    let product = parts[0];
    for (let index = 0; index < operators.length; index++) {
        const operator = operators[index];
        const right = parts[index + 1];
        if (operator === undefined || right === undefined || product === undefined) {
            return undefined;
        }
        if (operator === '*' || operator === '/') {
            product = apply(operator, product, right);
        } else {
            sum = { left: sum === undefined ? product : apply(sum.operator, sum.left, product), operator };
            product = right;
        }
    }
    return sum === undefined || product === undefined ? product : apply(sum.operator, sum.left, product);
}

function evaluateReference(reference: Reference, scope: Scope, wanted: Dimension | undefined): Quantity | undefined {
    const name = reference.name ?? '';
    if (reference.arguments.length > 0) {
        return evaluateCall(reference, name, scope, wanted);
    }
    const value = scope.letNamed(name);
    if (value === 'unknown') {
        const minus = spacedMinus(name, scope);
        const candidates = letsLike(name, scope);
        scope.report(unknownName, {
            at: rangeOfProperty(reference, 'name'),
            facts: { name, candidates },
            message:
                minus === undefined
                    ? `There is no let \`${name}\`.${suggestion(candidates) || ' Define it with `let`, or write a value.'}`
                    : `\`${name}\` is one name, and there is no let of that name. A minus needs spaces: \`${minus}\`.`,
        });
        return undefined;
    }
    scope.refer?.(reference);
    return value;
}

/** What was probably meant by the name of a let that there is not. */
export function letsLike(name: string, scope: Scope): readonly string[] {
    const minus = spacedMinus(name, scope);
    return minus === undefined ? didYouMean(name, scope.letNames()) : [minus];
}

/** `n-1` may be meant as `n - 1`, if `n` is a let and `1` a number or a let. */
function spacedMinus(name: string, scope: Scope): string | undefined {
    const parts = name.split('-');
    const isOperand = (part: string): boolean => /^\d+(\.\d+)?$/.test(part) || (part !== '' && scope.letNamed(part) !== 'unknown');
    return parts.length > 1 && parts.every(isOperand) ? parts.join(' - ') : undefined;
}

function evaluateCall(reference: Reference, name: string, scope: Scope, wanted: Dimension | undefined): Quantity | undefined {
    const values = reference.arguments.map((argument) => evaluate(argument, scope, wanted));
    if (name !== 'min' && name !== 'max') {
        scope.report(unknownName, {
            at: rangeOfProperty(reference, 'name'),
            message: `There is no function \`${name}\`. Write \`min\` or \`max\`.`,
            facts: { name, candidates: ['min', 'max'] },
        });
        return undefined;
    }
    let best: Quantity | undefined;
    for (const [index, value] of values.entries()) {
        if (value === undefined) {
            return undefined;
        }
        if (best !== undefined && best.dimension !== value.dimension) {
            const argument = reference.arguments[index];
            reportMismatch(scope.report, rangeOf(argument ?? reference), `\`${name}\` takes values of one quantity`, best.dimension, value.dimension);
            return undefined;
        }
        best = best === undefined || (name === 'min' ? value.value < best.value : value.value > best.value) ? value : best;
    }
    return best;
}

function evaluateArithmetic(chain: Arithmetic, scope: Scope): Quantity | undefined {
    const parts = chain.parts.map((node) => ({ node, value: evaluate(node, scope) }));
    const folded = foldChain(parts, chain.operators, (operator, left, right) => ({
        node: right.node,
        value: apply(operator, left.value, right.value, () => rangeOf(right.node), scope.report),
    }));
    return folded?.value;
}

/** One operation, with the problem at the right operand. */
function apply(
    operator: ArithmeticOperator,
    left: Quantity | undefined,
    right: Quantity | undefined,
    at: () => SourceRange,
    report: Report,
): Quantity | undefined {
    if (left === undefined || right === undefined) {
        return undefined;
    }
    const dimension = dimensionAfter(operator, left.dimension, right.dimension);
    if (dimension === undefined) {
        reportMismatch(report, at(), `\`${operator}\` can't join these`, left.dimension, right.dimension);
        return undefined;
    }
    if (operator === '/' && right.value === 0) {
        report(divisionByZero, { at: at(), message: 'This divides by zero. Use a divisor other than zero.' });
        return undefined;
    }
    return bounded({ value: compute(operator, left.value, right.value), dimension }, at, report);
}

export function reportMismatch(report: Report, at: SourceRange, what: string, left: Dimension, right: Dimension): void {
    report(dimensionMismatch, {
        at,
        message: `${what}: ${dimensionNames[left]} and ${dimensionNames[right]}. Use one quantity on both sides.`,
        facts: { left, right },
    });
}

function compute(operator: ArithmeticOperator, left: number, right: number): number {
    switch (operator) {
        case '+':
            return left + right;
        case '-':
            return left - right;
        case '*':
            return left * right;
        case '/':
            return left / right;
        default:
            return operator satisfies never;
    }
}

function bounded(quantity: Quantity, at: () => SourceRange, report: Report): Quantity | undefined {
    if (Math.abs(quantity.value) <= maximumValue) {
        return quantity;
    }
    report(numberRange, {
        at: at(),
        message: 'This value is larger than anything the model can hold (10¹⁸ in base units). Use a smaller one.',
        facts: { max: maximumValue },
    });
    return undefined;
}
