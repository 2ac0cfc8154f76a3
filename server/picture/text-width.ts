/** How wide a text is before anything has drawn it: estimated from a table, so that a picture is the same on every machine. */

/** Advance widths of Helvetica for the printable ASCII characters from the space on, in thousandths of the font size (Adobe's core metrics). */
const advances = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584,
    556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278,
    469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260,
    334, 584,
] as const;
/** What is not in the table, such as ideographs and emoji, is taken as square. */
const square = 1000;
/** Room for fonts that run wider than Helvetica, and for semi-bold. */
const allowance = 1.08;
const ellipsis = '…';
/** How much wider than estimated a text may become in the widest of usual fonts (DejaVu Sans Bold). */
export const widestFont = 1.2;

/** Width in CSS pixels at the font size. */
export function textWidth(text: string, fontSize: number): number {
    let thousandths = 0;
    for (const character of text) {
        thousandths += advanceOf(character);
    }
    return (thousandths / 1000) * fontSize * allowance;
}

/** The text, cut with an ellipsis where it is too wide; `undefined` where nothing would be left. */
export function cutToWidth(text: string, width: number, fontSize: number): string | undefined {
    const room = (width / fontSize / allowance) * 1000;
    let used = 0;
    let kept = '';
    let keptWithEllipsis = '';
    for (const character of text) {
        used += advanceOf(character);
        if (used > room) {
            return keptWithEllipsis === '' ? undefined : keptWithEllipsis.trimEnd() + ellipsis;
        }
        kept += character;
        if (used + square <= room) {
            keptWithEllipsis = kept;
        }
    }
    return kept;
}

/** The text on as many lines as it needs; what can't be broken may be wider than the lines should be. */
export function wrapToWidth(text: string, width: number, fontSize: number): readonly string[] {
    const lines: string[] = [];
    let line = '';
    for (const part of breakable(text)) {
        if (line !== '' && textWidth((line + part).trimEnd(), fontSize) > width) {
            lines.push(line.trimEnd());
            line = '';
        }
        line += part;
    }
    return [...lines, line];
}

/** Parts between which a line may end: behind a space, but not between a figure and its unit, and in a path between names. */
export const breakable = (text: string): readonly string[] => text.split(/(?<=[^\d] )|(?<=[./])(?=\p{L})/u);

function advanceOf(character: string): number {
    return advances[(character.codePointAt(0) ?? 0) - 0x20] ?? square;
}
