/** Lowers expectations, with their text as written. */
import type { Expectation as Lowered } from '#simulation/model/topology.ts';
import type { Expectation } from '../generated/ast.ts';
import type { SourceRange } from '../origins.ts';
import { rangeOf } from '../syntax/ranges.ts';
import { lowerCondition } from './condition.ts';
import type { LoweringContext } from './context.ts';

export interface LoweredExpectation {
    readonly expectation: Lowered;
    readonly at: SourceRange;
}

/** Undefined after a problem was reported. */
export function lowerExpectation(node: Expectation, context: LoweringContext): LoweredExpectation | undefined {
    const condition = lowerCondition(node.condition, context);
    return condition === undefined ? undefined : { expectation: { condition, text: conditionText(node) }, at: rangeOf(node) };
}

/** The condition as written, on one line and without comments. */
export function conditionText(node: Expectation): string {
    const text = node.condition?.$cstNode?.text ?? '';
    return text
        .replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
}
