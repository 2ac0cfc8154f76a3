/**
 * Columns of numbers that grow: what a run logs without an object for each row. Who knows about how long one becomes says so: arrays that are grown and thrown away weigh
 * nothing on the heap, and yet make the garbage collector look through all of it.
 */

const fewest = 64;

type NumberColumn = Float64Array | Int32Array;

/** One kind of column; `make` makes an empty one of a length. */
class GrowingColumn<Column extends NumberColumn> {
    readonly #make: (length: number) => Column;
    #column: Column;
    length = 0;

    constructor(make: (length: number) => Column, expected: number) {
        this.#make = make;
        this.#column = make(expected);
    }

    push(value: number): void {
        if (this.length === this.#column.length) this.#reserve(this.length + 1);
        this.#column[this.length++] = value;
    }

    /** Appends some rows of a column. */
    append(rows: Column): void {
        this.#reserve(this.length + rows.length);
        this.#column.set(rows, this.length);
        this.length += rows.length;
    }

    set(row: number, value: number): void {
        this.#column[row] = value;
    }

    /** Forgets the rows from `length` on. */
    truncate(length: number): void {
        this.length = Math.min(this.length, length);
    }

    /** All rows; nothing may be added afterwards. */
    finished(): Column {
        return this.length === this.#column.length ? this.#column : (this.#column.slice(0, this.length) as Column);
    }

    #reserve(length: number): void {
        if (length <= this.#column.length) return;
        const larger = this.#make(Math.max(length, this.#column.length * 2, fewest));
        larger.set(this.#column);
        this.#column = larger;
    }
}

export class GrowingFloats extends GrowingColumn<Float64Array> {
    constructor(expected = fewest) {
        super((length) => new Float64Array(length), expected);
    }
}

export class GrowingInts extends GrowingColumn<Int32Array> {
    constructor(expected = fewest) {
        super((length) => new Int32Array(length), expected);
    }
}
