/**
 * Weighted max-min shares of one divisible supply, with floors and caps, for claims that come in equal copies.
 *
 * grant_i = clamp(λ · weight_i, floor_i, want_i), with λ such that Σ count_i · grant_i = min(supply, Σ count_i · want_i).
 * If the floors alone exceed the supply, they are scaled: grant_i = floor_i · supply / Σ count_j · floor_j.
 *
 * The sum is a piecewise linear, never falling function of λ whose bends are at floor_i / weight_i and want_i / weight_i. The bends are
 * sorted, the piece that holds the supply is found by binary search, and λ is solved on it: exact, without any tolerance.
 * Cost: O(n log n) for n claims, whatever their counts.
 */
import { at } from '../model/columns.ts';

/**
 * Claims as columns; a claim is a row. Invariant: all finite; 0 ≤ floor ≤ want, weight > 0, count ≥ 0.
 */
export interface Claims {
    readonly weight: Float64Array;
    readonly floor: Float64Array;
    readonly want: Float64Array;
    /** Equal copies of the claim; each gets the grant. */
    readonly count: Float64Array;
}

/** Sums of the same wants in another order may differ by this share; who asks for all there is gets exactly what it asks for. */
const rounding = 1e-14;

/** Writes the grants of the given rows. Invariant: neither the order of rows nor splitting a count into several rows changes a grant. */
export function fill(claims: Claims, rows: Int32Array, supply: number, grant: Float64Array): void {
    let wants = 0;
    let floors = 0;
    for (const row of rows) {
        wants += at(claims.count, row) * at(claims.want, row);
        floors += at(claims.count, row) * at(claims.floor, row);
    }
    if (wants - supply <= wants * rounding) {
        for (const row of rows) grant[row] = at(claims.want, row);
    } else if (floors >= supply) {
        const scale = floors > 0 ? Math.max(supply, 0) / floors : 0;
        for (const row of rows) grant[row] = at(claims.floor, row) * scale;
    } else {
        const level = waterLevel(claims, rows, supply);
        for (const row of rows) grant[row] = clampedShare(claims, row, level);
    }
}

/** What a row is granted at level λ. */
export function clampedShare(claims: Claims, row: number, level: number): number {
    const share = level * at(claims.weight, row);
    const want = at(claims.want, row);
    return share >= want ? want : Math.max(share, at(claims.floor, row));
}

/** The λ at which the rows together take the supply. Requires Σ count · floor < supply < Σ count · want. */
export function waterLevel(claims: Claims, rows: Int32Array, supply: number): number {
    const bends = new Float64Array(rows.length * 2);
    for (let i = 0; i < rows.length; i++) {
        const row = at(rows, i);
        bends[2 * i] = at(claims.floor, row) / at(claims.weight, row);
        bends[2 * i + 1] = at(claims.want, row) / at(claims.weight, row);
    }
    bends.sort();
    // Invariant: the rows take at most the supply at `bends[low]` and more than it at `bends[high]` (before the first bend: the floors).
    let low = -1;
    let high = bends.length - 1;
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (taken(claims, rows, at(bends, middle)) <= supply) low = middle;
        else high = middle;
    }
    const from = low < 0 ? 0 : at(bends, low);
    const to = at(bends, high);
    let constant = 0;
    let slope = 0;
    for (const row of rows) {
        const weight = at(claims.weight, row);
        const count = at(claims.count, row);
        const start = at(claims.floor, row) / weight;
        const end = at(claims.want, row) / weight;
        if (end <= from) constant += count * at(claims.want, row);
        else if (start >= to) constant += count * at(claims.floor, row);
        else slope += count * weight;
    }
    const level = slope > 0 ? (supply - constant) / slope : from;
    return Math.min(Math.max(level, from), to);
}

function taken(claims: Claims, rows: Int32Array, level: number): number {
    let sum = 0;
    for (const row of rows) sum += at(claims.count, row) * clampedShare(claims, row, level);
    return sum;
}
