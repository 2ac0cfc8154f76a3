/** Figures as a reader wants them: at most four significant digits, in the unit that suits their size. */
import { writeQuantity } from '#language/units.ts';
import type { Dimension } from '#simulation/model/units.ts';

export function showFigure(value: number, dimension: Dimension): string {
    return writeQuantity({ value: significant(value), dimension });
}

export function showShare(value: number): string {
    return `${Number((value * 100).toPrecision(3))} %`;
}

function significant(value: number): number {
    return Number(value.toPrecision(4));
}
