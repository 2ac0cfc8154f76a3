/** Weights of older control groups as the second version counts them, as container runtimes convert them. */

/** What `cpu.shares` may be; anything else counts as the nearer end (Linux `kernel/sched/core.c`, MIN_SHARES and MAX_SHARES). */
const smallestShares = 2;
const largestShares = 262_144;

/**
 * `cpu.shares` as `cpu.weight`, 1024 shares being 100: crun `cgroup-internal.h` since 1.23, runc since 1.3.2 (opencontainers/runc#4785), kubelets since Kubernetes 1.35
 * (kubernetes/enhancements#5246).
 */
export function weightOfShares(shares: number): number {
    const power = Math.log2(Math.min(Math.max(shares, smallestShares), largestShares));
    return shares >= largestShares ? 10_000 : Math.ceil(10 ** ((power * power + 125 * power) / 612 - 7 / 34));
}

/** `blkio.weight`, 10 to 1000, as `io.weight`: runc `libcontainer/cgroups/utils.go`, ConvertBlkIOToIOWeightValue. */
export const ioWeightOfBlkio = (weight: number): number => Math.trunc(1 + ((weight - 10) * 9999) / 990);
