/** A share as a bar of text, where a view has room for text only. */

const full = '▰';
const empty = '▱';
const segments = 5;

/** Nearest number of segments; but what is used at all is seen, and what is not full is not drawn full. */
export function useBar(share: number): string {
    const nearest = Math.round(share * segments);
    const filled = share >= 1 ? segments : share <= 0 ? 0 : Math.min(segments - 1, Math.max(1, nearest));
    return full.repeat(filled) + empty.repeat(segments - filled);
}
