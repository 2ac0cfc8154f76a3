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
 * all that is computed in them. All columns are 0 at first.
 * Hazard: `reset` takes back every column that was handed out; whoever keeps one reads another's.
 */
export class Arena implements Columns {
    #block = new ArrayBuffer(1 << 16);
    #used = 0;

    reset(): void {
        new Uint8Array(this.#block, 0, Math.min(this.#used, this.#block.byteLength)).fill(0);
        this.#used = 0;
    }

    // The offset first: taking it may begin another block.
    readonly floats = (length: number): Float64Array => {
        const offset = this.#take(length * 8);
        return new Float64Array(this.#block, offset, length);
    };
    readonly ints = (length: number): Int32Array => {
        const offset = this.#take(length * 4);
        return new Int32Array(this.#block, offset, length);
    };
    readonly bytes = (length: number): Uint8Array => {
        const offset = this.#take(length);
        return new Uint8Array(this.#block, offset, length);
    };

    /** Offset of so many bytes, at a multiple of 8. A block that is too small is left to those who have columns of it. */
    #take(size: number): number {
        if (this.#used + size > this.#block.byteLength) {
            this.#block = new ArrayBuffer(Math.max(this.#block.byteLength * 2, size * 8));
            this.#used = 0;
        }
        const offset = this.#used;
        this.#used = Math.min(offset + ((size + 7) & ~7), this.#block.byteLength);
        return offset;
    }
}
