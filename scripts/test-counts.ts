/** How many tests passed, failed and were skipped: what every runner reports and `npm test` adds up. */
import * as fs from 'node:fs';

export interface Counts {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

export function sum(counts: readonly Counts[]): Counts {
    return counts.reduce(
        (total, each) => ({ passed: total.passed + each.passed, failed: total.failed + each.failed, skipped: total.skipped + each.skipped }),
        none,
    );
}

/** What a runner wrote to a file; a runner that wrote nothing has failed. */
export function readCounts(file: string): Counts {
    try {
        const { passed, failed, skipped }: Counts = JSON.parse(fs.readFileSync(file, 'utf8'));
        return { passed, failed, skipped };
    } catch {
        return { ...none, failed: 1 };
    }
}
