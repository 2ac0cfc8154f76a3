/** Counts neighbours that would be too thin to see in one box. */

import type { Column } from './column.ts';
import { column, extentOf } from './column.ts';
import { countText } from './quantity.ts';

/** Pixels in which a short name can be read. */
const leastReadable = 48;

/**
 * The columns that can be told apart in the width, in their order, then one for the rest (before free room, which stays last).
 * Those with findings stay first, then the largest.
 */
export function mergeThin(columns: readonly Column[], width: number, carrierKey: string): readonly Column[] {
    const most = Math.floor(width / leastReadable);
    const elements = columns.filter(isElement);
    if (elements.length <= Math.max(most, 1) || columns.reduce((sum, candidate) => sum + candidate.floor, 0) <= width) {
        return columns;
    }
    const ranked = elements
        .map((candidate, index) => ({ candidate, index, rank: rankOf(candidate) }))
        .sort((a, b) => b.rank - a.rank || extentOf(b.candidate) - extentOf(a.candidate) || a.index - b.index);
    const kept = new Set(ranked.slice(0, Math.max(0, most - 2)).map(({ candidate }) => candidate));
    const rest = elements.filter((candidate) => !kept.has(candidate));
    const merged = restOf(rest, carrierKey);
    const [before, after] = [
        columns.filter((candidate) => kept.has(candidate) || (!isElement(candidate) && candidate.slabs[0]?.role === 'overhead')),
        columns.filter((candidate) => !isElement(candidate) && candidate.slabs[0]?.role !== 'overhead'),
    ];
    return [...before, merged, ...after];
}

function isElement(candidate: Column): boolean {
    const role = candidate.slabs[0]?.role;
    return role !== 'idle' && role !== 'overhead';
}

function rankOf(candidate: Column): number {
    const severity = candidate.slabs[0]?.severity;
    return severity === 'error' ? 2 : severity === 'warning' ? 1 : 0;
}

function restOf(rest: readonly Column[], carrierKey: string): Column {
    const severity = rest.some((candidate) => rankOf(candidate) === 2) ? 'error' : rest.some((candidate) => rankOf(candidate) === 1) ? 'warning' : undefined;
    const count = countText(rest.length);
    return column({
        slabs: [
            {
                key: `more:${carrierKey}`,
                role: 'more',
                count: 1,
                marks: [],
                words: {
                    labels: [`+${count} more`, `+${count}`],
                    details: ['too small to draw'],
                    description: () => `${count} more boxes stand here, too small to draw one by one`,
                },
                ...(severity === undefined ? {} : { severity }),
            },
        ],
        amount: rest.reduce((sum, candidate) => sum + extentOf(candidate), 0),
        carries: [],
    });
}
