/** The columns that elements had in earlier pictures: where an edit changes nothing of what one is made of, the very same one stands there again. */
import type { Column } from './column.ts';
import { elementColumn } from './element-column.ts';
import { type Ingredients, isSameIngredients } from './ingredients.ts';

interface Made {
    readonly of: Ingredients;
    readonly column: Column;
}

/** By CPU and by memory, before an edit and after it. */
const mostKept = 4;

/**
 * What was made of an element, last first; by element and by figures, because either may outlast the other. An edit keeps the figures of all that it
 * does not touch, but not the elements below a line break; a moment of a scenario has the same elements, but figures of its own.
 */
const madeOf = new WeakMap<object, Made[]>();

export function keptColumn(of: Ingredients): Column {
    const { element, figures } = of;
    const known = madeOf.get(element) ?? (figures && madeOf.get(figures));
    const place = known?.findIndex((made) => isSameIngredients(made.of, of)) ?? -1;
    const found = known?.[place];
    if (known === undefined || found === undefined) {
        const made = { of, column: elementColumn(of) };
        keep(made, [made, ...(known ?? [])].slice(0, mostKept));
        return made.column;
    }
    if (place > 0) {
        known.splice(place, 1);
        known.unshift(found);
    }
    return found.column;
}

function keep({ of: { element, figures } }: Made, all: Made[]): void {
    madeOf.set(element, all);
    if (figures !== undefined) {
        madeOf.set(figures, all);
    }
}
