/** Columns of numbers that grow: what a run logs without an object for each row. */

export class GrowingFloats {
    #column = new Float64Array(64);
    length = 0;

    push(value: number): void {
        if (this.length === this.#column.length) {
            const larger = new Float64Array(this.length * 2);
            larger.set(this.#column);
            this.#column = larger;
        }
        this.#column[this.length++] = value;
    }

    get(row: number): number {
        return this.#column[row] ?? 0;
    }

    set(row: number, value: number): void {
        this.#column[row] = value;
    }

    /** Forgets the rows from `length` on. */
    truncate(length: number): void {
        this.length = Math.min(this.length, length);
    }

    finished(): Float64Array {
        return this.#column.slice(0, this.length);
    }
}

export class GrowingInts {
    #column = new Int32Array(64);
    length = 0;

    push(value: number): void {
        if (this.length === this.#column.length) {
            const larger = new Int32Array(this.length * 2);
            larger.set(this.#column);
            this.#column = larger;
        }
        this.#column[this.length++] = value;
    }

    get(row: number): number {
        return this.#column[row] ?? 0;
    }

    truncate(length: number): void {
        this.length = Math.min(this.length, length);
    }

    finished(): Int32Array {
        return this.#column.slice(0, this.length);
    }
}
