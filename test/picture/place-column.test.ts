/** A column that stands where it stood has the very same boxes; anywhere else it has others. */
import { expect, test } from 'vitest';
import { bareColumn } from '#server/picture/amount-columns.ts';
import { placeColumn, type Spot } from '#server/picture/place-column.ts';

const free = bareColumn({ key: 'idle:h', role: 'idle', words: { labels: ['free'], details: [], description: () => 'free' } }, 50);
const spot: Spot = { x: 10, ground: 200, width: 100, height: 60, scale: 2, parent: 'kernel:h' };
/** Every side of it once more, another one: one that is added has to be added here. */
const others: Required<Spot> = { x: 11, ground: 201, width: 101, height: 61, scale: 1, parent: 'kernel:g' };

test('at the same spot', () => {
    expect(placeColumn(free, { ...spot })).toBe(placeColumn(free, { ...spot }));
});

test.each(Object.entries(others))('with another %s', (name, other) => {
    const [before, after] = [placeColumn(free, spot), placeColumn(free, { ...spot, [name]: other })];
    expect(after).not.toEqual(before);
    expect(placeColumn(free, spot)).toEqual(before);
});
