/** Sums and products that stay finite however large a figure the text gives. */

/** The value, or the largest number where it is beyond all numbers. NaN, which no sum of such values makes, would be 0. */
export function finite(value: number): number {
    if (Number.isNaN(value)) return 0;
    return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}
