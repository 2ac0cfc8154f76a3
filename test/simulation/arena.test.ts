/** Columns from one block must not overlap, whatever their sizes, also where a block ends and the next begins. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Arena } from '#simulation/model/arena.ts';

const kinds = fc.constantFrom('floats', 'ints', 'bytes');

test('columns are 0 at first, and what is written to one is not read in another', () => {
    fc.assert(
        fc.property(fc.array(fc.tuple(kinds, fc.integer({ min: 0, max: 9000 })), { maxLength: 60 }), (wanted) => {
            const arena = new Arena();
            for (let round = 0; round < 2; round++) {
                arena.reset();
                const columns = wanted.map(([kind, length]) => arena[kind](length));
                for (const column of columns) expect(column.every((value) => value === 0)).toBe(true);
                for (const [place, column] of columns.entries()) column.fill(place + 1);
                for (const [place, column] of columns.entries()) expect(column.every((value) => value === place + 1)).toBe(true);
            }
        }),
        { numRuns: 50 },
    );
});
