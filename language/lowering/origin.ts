/** Says where an element and its statements stand in the text. */
import type { ElementOrigin, SourceRange } from '../origins.ts';
import { rangeOf } from '../syntax/ranges.ts';
import { type Declaration, nameRange } from './declarations.ts';

export function originOf({ node, statements }: Declaration): ElementOrigin {
    const ranges = new Map<string, SourceRange>();
    for (const [key, items] of statements) {
        const last = items.at(-1);
        if (last !== undefined) {
            ranges.set(key, rangeOf(last));
        }
    }
    return { declaration: rangeOf(node), name: nameRange(node), statements: ranges };
}
