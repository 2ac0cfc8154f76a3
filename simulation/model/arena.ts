/** Where columns come from: each an array of its own, or many from one block that is used again. */

export interface Columns {
    readonly floats: (length: number) => Float64Array;
    readonly ints: (length: number) => Int32Array;
    readonly bytes: (length: number) => Uint8Array;
}

/** Each column is an array of its own. */
export const separateColumns: Columns = {
    floats: (length) => new Float64Array(length),
    ints: (length) => new Int32Array(length),
    bytes: (length) => new Uint8Array(length),
};

/**
 * Many small columns from one block: an array of its own costs an allocation outside of the heap, which for ten thousand hosts with fifty columns each takes longer than
 * all that is computed in them. Who asks for the same columns in the same order after a `reset`, as hosts that are alike do, gets the same arrays, emptied.
 * All columns are 0 at first.
 * Hazard: `reset` takes back every column that was handed out; whoever keeps one reads another's.
 */
export class Arena implements Columns {
    #block = new ArrayBuffer(1 << 16);
    #used = 0;
    /** Columns of the current block in the order in which they were asked for; the first `#handed` of them since the last `reset`. */
    #columns: (Float64Array | Int32Array | Uint8Array)[] = [];
    #handed = 0;

    reset(): void {
        new Uint8Array(this.#block, 0, Math.min(this.#used, this.#block.byteLength)).fill(0);
        this.#used = 0;
        this.#handed = 0;
    }

    readonly floats = (length: number): Float64Array => this.#hand(Float64Array, length, length * 8) as Float64Array;
    readonly ints = (length: number): Int32Array => this.#hand(Int32Array, length, length * 4) as Int32Array;
    readonly bytes = (length: number): Uint8Array => this.#hand(Uint8Array, length, length) as Uint8Array;

    #hand(kind: typeof Float64Array | typeof Int32Array | typeof Uint8Array, length: number, size: number): Float64Array | Int32Array | Uint8Array {
        // The offset first: taking it may begin another block.
        const offset = this.#take(size);
        const known = this.#columns[this.#handed];
        if (known instanceof kind && known.length === length && known.byteOffset === offset) {
            this.#handed++;
            return known;
        }
        const column = new kind(this.#block, offset, length);
        this.#columns.length = this.#handed;
        this.#columns.push(column);
        this.#handed++;
        return column;
    }

    /** Offset of so many bytes, at a multiple of 8. A block that is too small is left to those who have columns of it. */
    #take(size: number): number {
        if (this.#used + size > this.#block.byteLength) {
            this.#block = new ArrayBuffer(Math.max(this.#block.byteLength * 2, size * 8));
            this.#used = 0;
            this.#columns = [];
            this.#handed = 0;
        }
        const offset = this.#used;
        this.#used = Math.min(offset + ((size + 7) & ~7), this.#block.byteLength);
        return offset;
    }
}
