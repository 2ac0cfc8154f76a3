/** From the CPU shares of control groups of version 1 to weights of version 2. */

const [leastShares, mostShares] = [2, 262_144];

/**
 * As runtimes convert them since runc 1.3.2 and crun 1.23, and kubelets since Kubernetes 1.35: 2, 1024 and 262144 shares are 1, 100 and 10000.
 * Source: crun, cgroup-internal.h; opencontainers/runc pull request 4785.
 */
export function weightOfShares(shares: number): number {
    const log = Math.log2(Math.min(Math.max(shares, leastShares), mostShares));
    return Math.min(Math.ceil(10 ** ((log * log + 125 * log) / 612 - 7 / 34)), 10_000);
}
