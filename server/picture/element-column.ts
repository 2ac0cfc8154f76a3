/** The column of an element: its slabs, with all that it carries, costs, leaves idle and lacks. */
import { bareColumn, costColumn, idleColumn, overOf } from './amount-columns.ts';
import { type Column, column, type Slab } from './column.ts';
import { baseSlab, kernelSlab } from './element-slabs.ts';
import type { Ingredients, TooHigh } from './ingredients.ts';
import { countText } from './quantity.ts';

export function elementColumn(of: Ingredients): Column {
    return column({ slabs: slabsOf(of), amount: of.measure.amount, over: overOf(of), carries: carriesOf(of) });
}

function slabsOf(of: Ingredients): readonly Slab[] {
    const kernel = kernelSlab(of);
    return kernel === undefined ? [baseSlab(of)] : [baseSlab(of), kernel];
}

/** Lists that are kept are not spread into others: those have room to grow, which takes more of it than what is in them. */
function carriesOf(of: Ingredients): readonly Column[] {
    const [cost, idle] = [costColumn(of), idleColumn(of)];
    const above = of.tooHigh === undefined ? [] : [levelsAbove(of, of.tooHigh)];
    return cost.length + above.length + idle.length === 0 ? of.carries : cost.concat(of.carries, above, idle);
}

function levelsAbove({ element }: Ingredients, { elements, levels, amount }: TooHigh): Column {
    return bareColumn(
        {
            key: `levels:${element.id}`,
            role: 'more',
            element: element.id,
            words: {
                labels: [`+${countText(levels)} levels`, `+${countText(levels)}`],
                details: [`${countText(elements)} elements`],
                description: () => `${countText(elements)} elements on ${countText(levels)} more levels stand here`,
            },
        },
        amount,
    );
}
