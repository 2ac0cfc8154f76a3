/** Reads a vendor's table of memory overhead between its points. */
import type { MemoryOverheadRow } from '../model/definitions.ts';

/**
 * Bilinear between the points; beyond the outermost two points of a row, and beyond the outermost two rows, the line through them goes on.
 * One point is a constant; no point is nothing. Never below 0. Rows need not have the same vCPUs.
 */
export function interpolate(rows: readonly MemoryOverheadRow[], memory: number, vcpus: number): number {
    const points = rows
        .filter((row) => row.cells.length > 0)
        .map((row) => ({
            x: row.memory as number,
            y: along(
                row.cells.map((cell) => ({ x: cell.vcpus, y: cell.overhead })),
                vcpus,
            ),
        }));
    return Math.max(along(points, memory), 0);
}

interface Point {
    readonly x: number;
    readonly y: number;
}

/** The line through the two points around x, or through the two nearest where x is outside. Points ascend in x. */
function along(points: readonly Point[], x: number): number {
    const after = points.findIndex((point) => point.x >= x);
    const right = Math.max(after < 0 ? points.length - 1 : after, 1);
    const a = points[right - 1];
    const b = points[right];
    if (a === undefined) return 0;
    if (b === undefined || b.x === a.x) return a.y;
    return a.y + ((b.y - a.y) / (b.x - a.x)) * (x - a.x);
}
