/** Columns of numbers, and lists of numbers in columns: how the core holds what it computes of many elements. */

import { type Columns, separateColumns } from './arena.ts';

/** Absent number. */
export const none = -1;

/** Lists of numbers in one array: list `i` is `items[start[i] … start[i + 1]]`. */
export interface Lists {
    readonly start: Int32Array;
    readonly items: Int32Array;
}

/** Groups the numbers of a column by their value, each group ascending; values below 0 are left out. */
export function listsBy(column: Int32Array, columns: Columns = separateColumns): Lists {
    const start = columns.ints(column.length + 1);
    for (const value of column) if (value >= 0) start[value + 1] = at(start, value + 1) + 1;
    for (let i = 0; i < column.length; i++) start[i + 1] = at(start, i + 1) + at(start, i);
    const next = columns.ints(start.length);
    next.set(start);
    const items = columns.ints(at(start, column.length));
    for (let i = 0; i < column.length; i++) {
        const value = at(column, i);
        if (value < 0) continue;
        const slot = at(next, value);
        items[slot] = i;
        next[value] = slot + 1;
    }
    return { start, items };
}

/** The members of one list. */
export function listAt(lists: Lists, number: number): Int32Array {
    return lists.items.subarray(at(lists.start, number), at(lists.start, number + 1));
}

/** Reads a column. A number outside it is a mistake of the core's and reads as 0. */
export function at(column: Int32Array | Float64Array | Uint8Array, number: number): number {
    return column[number] ?? 0;
}
