/** The value that an expectation found, as messages show it. */
import type { Judgement } from './expectation.ts';
import { figure, percentFigure } from './figures.ts';

/** A wall by its word, a share in percent where the condition is written so; absent where the condition has no single value. */
export function judgedFigure({ actual, dimension, text }: Judgement): string | undefined {
    if (actual === undefined || typeof actual === 'string') {
        return actual;
    }
    return dimension === 'number' && text.includes('%') ? percentFigure(actual) : figure(actual, dimension ?? 'number');
}
