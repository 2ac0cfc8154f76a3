/** Kernel versions against what an image asks of them. */
import type { OperatingSystem } from '../model/definitions.ts';
import type { OsChoice } from '../model/topology.ts';

/**
 * The version of a system's kernel, where it is known. A text that names a version of the system itself means another kernel than the
 * definition's, and which one nobody says.
 */
export function kernelVersion(choice: OsChoice | undefined, definition: OperatingSystem | undefined): string | undefined {
    return choice?.version === undefined ? definition?.kernel : undefined;
}

/** Whether a version is as a requirement such as `>= 5.6` says; a number alone means at least that. Undefined where either is no version. */
export function satisfies(version: string, requirement: string): boolean | undefined {
    const asked = /^\s*(>=|<=|==|=|>|<)?\s*v?(\d+(?:\.\d+)*)\s*$/.exec(requirement);
    const there = /^\s*v?(\d+(?:\.\d+)*)/.exec(version);
    if (asked === null || there === null) return undefined;
    const difference = compare(parts(there[1]), parts(asked[2]));
    switch (asked[1]) {
        case '>':
            return difference > 0;
        case '<':
            return difference < 0;
        case '<=':
            return difference <= 0;
        case '=':
        case '==':
            return difference === 0;
        default:
            return difference >= 0;
    }
}

function parts(version = ''): readonly number[] {
    return version.split('.').map(Number);
}

/** Part by part; a part that one of them leaves out is 0. */
function compare(one: readonly number[], other: readonly number[]): number {
    for (let place = 0; place < Math.max(one.length, other.length); place++) {
        const difference = (one[place] ?? 0) - (other[place] ?? 0);
        if (difference !== 0) return difference;
    }
    return 0;
}
