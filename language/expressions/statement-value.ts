/** The value of a statement: an expression of the right quantity, in the range that the statement takes. */
import type { Dimension } from '#simulation/model/units.ts';
import { numberRange } from '../checks/number-range.ts';
import { wrongUnit } from '../checks/wrong-unit.ts';
import type { Expression, Literal } from '../generated/ast.ts';
import { listOr } from '../names/did-you-mean.ts';
import type { NumberRange, Shape, StatementRule } from '../statements.ts';
import { rangeOf } from '../syntax/ranges.ts';
import { dimensionNames, readLiteral, unitNamed, usualUnits, writeQuantity } from '../units.ts';
import { evaluate, rangeOfUnit, type Scope } from './evaluate.ts';

export type QuantityShape = Extract<Shape, { kind: 'quantity' }>;

/** In base units; undefined after a problem was reported to the scope. */
export function statementValue(rule: StatementRule, shape: QuantityShape, expression: Expression | undefined, scope: Scope): number | undefined {
    if (expression === undefined) {
        return undefined;
    }
    const literal = bareLiteral(expression);
    if (literal !== undefined && !fitsScale(literal, shape)) {
        reportUnit(rule.key, shape, literal, scope);
        return undefined;
    }
    // A number alone is told the range of its statement, which says more than that it may have no sign.
    const mayHaveSign = literal !== undefined || (shape.range?.min ?? 0) < 0;
    const quantity = evaluate(expression, mayHaveSign ? scope : { ...scope, signs: 'refused' }, shape.dimension);
    if (quantity === undefined) {
        return undefined;
    }
    const isPlain = quantity.dimension === 'number' && (shape.dimension === 'cpu' || (literal !== undefined && isBareZero(literal)));
    if (quantity.dimension !== shape.dimension && !isPlain) {
        if (literal === undefined) {
            reportQuantity(rule.key, shape, quantity.dimension, expression, scope);
        } else {
            reportUnit(rule.key, shape, literal, scope);
        }
        return undefined;
    }
    return inRange(rule, shape, quantity.value, expression, scope) ? quantity.value : undefined;
}

/** A value of one dimension where no statement of the table stands, as the time of a step. */
export function plainValue(
    what: string,
    dimension: Dimension,
    expression: Expression | undefined,
    scope: Scope,
    range: NumberRange = { min: 0 },
): number | undefined {
    const shape: QuantityShape = { kind: 'quantity', dimension, range, ...(dimension === 'number' ? { scale: 'ratio' as const } : {}) };
    return statementValue({ key: what, in: [], shape, meaning: '' }, shape, expression, scope);
}

function bareLiteral(expression: Expression): Literal | undefined {
    return expression.$type === 'Literal'
        ? expression
        : expression.$type === 'Parenthesis' && expression.value?.$type === 'Literal'
          ? expression.value
          : undefined;
}

/** Nothing of a quantity is nothing in each of its units. */
export function isBareZero(literal: Literal): boolean {
    const { amount, unit } = readLiteral(literal.text ?? '');
    return amount === 0 && unit === '';
}

/** `%` is no count and no CPU, `k` no share; all three are numbers. */
function fitsScale(literal: Literal, shape: QuantityShape): boolean {
    const { unit } = readLiteral(literal.text ?? '');
    switch (unit) {
        case '%':
            return shape.dimension === 'number' && shape.scale !== 'count';
        case 'k':
        case 'M':
            return (shape.dimension === 'number' && shape.scale !== 'share') || shape.dimension === 'cpu';
        default:
            return true;
    }
}

function reportUnit(key: string, shape: QuantityShape, literal: Literal, scope: Scope): void {
    const { unit } = readLiteral(literal.text ?? '');
    const units = unitsFor(shape);
    const found = unitNamed(unit);
    scope.report(wrongUnit, {
        at: rangeOfUnit(literal),
        facts: { unit, wanted: shape.dimension, units },
        message:
            unit === ''
                ? `\`${key}\` takes ${wantedName(shape)}, which needs a unit. Write ${listOr(units.slice(0, 3))}.`
                : `\`${unit}\` measures ${unit === '%' ? 'a share' : dimensionNames[found?.dimension ?? 'number']}, but \`${key}\` takes ${wantedName(shape)}. ${units.length === 0 ? 'Leave the unit out.' : `Write ${listOr(units.slice(0, 3))}.`}`,
    });
}

function reportQuantity(key: string, shape: QuantityShape, dimension: Dimension, expression: Expression, scope: Scope): void {
    scope.report(wrongUnit, {
        at: rangeOf(expression),
        facts: { unit: '', wanted: shape.dimension, units: unitsFor(shape) },
        message: `\`${key}\` takes ${wantedName(shape)}, and this is ${dimensionNames[dimension]}. Use a value of the right quantity.`,
    });
}

const wantedName = (shape: QuantityShape): string =>
    shape.dimension === 'number' ? (shape.scale === 'share' ? 'a share' : 'a number') : dimensionNames[shape.dimension];

function unitsFor(shape: QuantityShape): readonly string[] {
    if (shape.dimension !== 'number') {
        return usualUnits[shape.dimension];
    }
    return shape.scale === 'share' ? ['%'] : [];
}

function inRange(rule: StatementRule, shape: QuantityShape, value: number, expression: Expression, scope: Scope): boolean {
    const range = shape.range ?? {};
    const isFine =
        value >= (range.min ?? -Infinity) &&
        value <= (range.max ?? Infinity) &&
        (range.above === undefined || value > range.above) &&
        (range.whole !== true || Number.isInteger(value));
    if (!isFine) {
        const bounds = { ...(range.min === undefined ? {} : { min: range.min }), ...(range.max === undefined ? {} : { max: range.max }) };
        scope.report(numberRange, {
            at: rangeOf(expression),
            facts: { value, ...bounds },
            message: `\`${rule.key}\` is ${describeRange(range, shape.dimension)}, and this is ${writeQuantity({ value, dimension: shape.dimension })}. Write a value in that range.`,
        });
    }
    return isFine;
}

function describeRange(range: NumberRange, dimension: Dimension): string {
    const write = (value: number): string => (dimension === 'number' || value === 0 ? String(value) : writeQuantity({ value, dimension }));
    const whole = range.whole === true ? 'a whole number ' : '';
    if (range.above !== undefined) {
        return `${whole}above ${write(range.above)}${range.max === undefined ? '' : ` and at most ${write(range.max)}`}`;
    }
    if (range.min !== undefined && range.max !== undefined) {
        return `${whole}between ${write(range.min)} and ${write(range.max)}`;
    }
    return range.min === undefined ? whole.trim() : range.min === 0 && whole === '' ? 'never negative' : `${whole}of at least ${write(range.min)}`;
}
