/** From the weights of control groups of version 1 to those of version 2, and back. */

const [leastShares, mostShares] = [2, 262_144];

/**
 * `cpu.shares` as `cpu.weight`, 1024 shares being 100: crun `cgroup-internal.h` since 1.23, runc since 1.3.2 (opencontainers/runc#4785), kubelets since Kubernetes 1.35
 * (kubernetes/enhancements#5246).
 */
export function weightOfShares(shares: number): number {
    const log = Math.log2(Math.min(Math.max(shares, leastShares), mostShares));
    return Math.min(Math.ceil(10 ** ((log * log + 125 * log) / 612 - 7 / 34)), 10_000);
}

/** The fewest shares that come to this weight, else to the nearest: small weights leave gaps. */
export function sharesOfWeight(weight: number): number {
    let [low, high] = [leastShares, mostShares];
    while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (weightOfShares(middle) < weight) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return weight - weightOfShares(low - 1) < weightOfShares(low) - weight ? low - 1 : low;
}

/** `blkio.weight`, 10 to 1000, as `io.weight`. Source: opencontainers/runc, ConvertBlkIOToIOWeightValue. */
export const ioWeightOfBlkio = (weight: number): number => Math.trunc(1 + ((weight - 10) * 9999) / 990);

/** The `blkio.weight` that comes nearest to an `io.weight`. */
export function blkioOfIoWeight(weight: number): number {
    const near = Math.round(10 + ((weight - 1) * 990) / 9999);
    const candidates = [near - 1, near, near + 1].filter((one) => one >= 10 && one <= 1000);
    return candidates.reduce((best, one) => (Math.abs(ioWeightOfBlkio(one) - weight) < Math.abs(ioWeightOfBlkio(best) - weight) ? one : best));
}
