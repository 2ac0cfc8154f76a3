/** Which quantity an operation on two quantities gives. */
import type { Dimension } from './units.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** The dimension of an operation's value, or undefined where the two do not go together. */
export function dimensionAfter(operator: ArithmeticOperator, left: Dimension, right: Dimension): Dimension | undefined {
    switch (operator) {
        case '+':
        case '-':
            return left === right ? left : undefined;
        case '*':
            return right === 'number' ? left : left === 'number' ? right : crossProduct(left, right);
        case '/':
            return right === 'number' ? left : left === right ? 'number' : quotients[`${left}/${right}`];
        default:
            return operator satisfies never;
    }
}

/** CPU held for a time is work, a rate held for a time is an amount. */
function crossProduct(left: Dimension, right: Dimension): Dimension | undefined {
    return products[`${left}*${right}`] ?? products[`${right}*${left}`];
}
const products: Readonly<Record<string, Dimension>> = { 'cpu*time': 'work', 'rate*time': 'memory' };
const quotients: Readonly<Record<string, Dimension>> = { 'work/time': 'cpu', 'work/cpu': 'time', 'memory/time': 'rate', 'memory/rate': 'time' };
