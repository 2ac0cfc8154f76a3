/** Texts may say any number; the picture reckons with finite ones. */

/** Far more than there is, and far from where sums and products stop being numbers. */
const most = 1e120;

export function bounded(amount: number): number {
    return amount >= 0 ? Math.min(amount, most) : 0;
}
