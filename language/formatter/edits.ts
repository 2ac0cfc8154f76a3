/** Turns a layout into the fewest edits: whitespace between pieces, before units, and at the line starts of block comments. */
import type { FormatOptions } from './format-options.ts';
import type { Gap } from './layout.ts';
import { blockComment, type Piece } from './pieces.ts';

/** Replaces the text from `start` to `end`. */
export interface Edit {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** Invariant: every edit replaces whitespace with whitespace; in order, without overlaps. */
export function editsFor(text: string, pieces: readonly Piece[], gaps: readonly Gap[], options: FormatOptions): readonly Edit[] {
    const lineBreak = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
    const edits = new Edits(text);
    let offset = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
    let column = 0;
    pieces.forEach((piece, index) => {
        const gap = gaps[index];
        if (gap?.kind === 'lines') {
            edits.replace(offset, piece.start, lineBreak.repeat(gap.count) + blanks(gap.column, options));
            column = gap.column;
        } else if (gap !== undefined) {
            column += gap.width;
            edits.replace(offset, piece.start, gap.kind === 'blanks' ? ' '.repeat(gap.width) : text.slice(offset, piece.start));
        }
        if (piece.kind === 'QUANTITY') {
            spaceUnit(edits, piece);
        }
        if (piece.line === piece.endLine) {
            column += piece.text.length;
        } else {
            column = piece.kind === blockComment ? reindent(edits, piece, column, options) : piece.endColumn;
        }
        offset = piece.end;
    });
    edits.replace(offset, text.length, pieces.length === 0 ? '' : lineBreak);
    return edits.all;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
    let result = '';
    let offset = 0;
    for (const edit of edits) {
        result += text.slice(offset, edit.start) + edit.text;
        offset = edit.end;
    }
    return result + text.slice(offset);
}

const byteOrderMark = '\uFEFF';

class Edits {
    readonly all: Edit[] = [];
    private readonly text: string;

    constructor(text: string) {
        this.text = text;
    }

    /** The end of one line, empty lines and the beginning of another are edits of their own, so that a cursor between them stays. */
    replace(start: number, end: number, wanted: string): void {
        const actual = this.text.slice(start, end);
        if (actual === wanted) {
            return;
        }
        if (/\S/.test(actual + wanted)) {
            throw new Error('The formatter changes whitespace only.');
        }
        const [actualParts, wantedParts] = [parts(actual), parts(wanted)];
        if (actualParts.length !== wantedParts.length) {
            this.trim(start, actual, wanted);
            return;
        }
        let offset = start;
        actualParts.forEach((part, index) => {
            this.trim(offset, part, wantedParts[index] ?? '');
            offset += part.length;
        });
    }

    /** Leaves out what both begin and end with. */
    private trim(start: number, actual: string, wanted: string): void {
        const shorter = Math.min(actual.length, wanted.length);
        let before = 0;
        while (before < shorter && actual[before] === wanted[before]) {
            before++;
        }
        let after = 0;
        while (after < shorter - before && actual.at(-1 - after) === wanted.at(-1 - after)) {
            after++;
        }
        if (before + after < Math.max(actual.length, wanted.length)) {
            this.all.push({ start: start + before, end: start + actual.length - after, text: wanted.slice(before, wanted.length - after) });
        }
    }
}

/** The rest of a line with its line break, empty lines, and the beginning of the next line. */
const parts = (whitespace: string): readonly string[] =>
    /^([^\r\n]*(?:\r\n|\r|\n))([\s\S]*[\r\n])?([^\r\n]*)$/
        .exec(whitespace)
        ?.slice(1)
        .map((part) => part ?? '') ?? [whitespace];

function blanks(column: number, { tabSize, insertSpaces }: FormatOptions): string {
    return insertSpaces ? ' '.repeat(column) : '\t'.repeat(Math.floor(column / tabSize)) + ' '.repeat(column % tabSize);
}

function spaceUnit(edits: Edits, piece: Piece): void {
    const digits = piece.text.indexOf(' ');
    if (digits > 0) {
        edits.replace(piece.start + digits, piece.end - (piece.text.length - digits - 1), ' ');
    }
}

/**
 * Moves the lines of a comment along with its first one, and answers where the last one ends. Where all of them begin with `*`, the stars stand in
 * one column. Blanks at line ends stay: in Markdown, which hovers show, two of them break a line.
 */
function reindent(edits: Edits, piece: Piece, column: number, options: FormatOptions): number {
    const lines = [...piece.text.matchAll(/(?:\r\n|\r|\n)([^\S\r\n]*)([^\r\n]*)/g)];
    const hasStars = lines.every(([, , rest = '']) => rest === '' || rest.startsWith('*'));
    let end = 0;
    for (const { index, 0: all, 1: indentation = '', 2: rest = '' } of lines) {
        const offset = piece.start + index + all.length - rest.length;
        const moved = Math.max(0, widthOf(indentation, options.tabSize) + column - piece.column);
        const wanted = hasStars ? column + 1 : moved;
        edits.replace(offset - indentation.length, offset, rest === '' ? '' : blanks(wanted, options));
        end = wanted + rest.length;
    }
    return end;
}

function widthOf(indentation: string, tabSize: number): number {
    let width = 0;
    for (const character of indentation) {
        width += character === '\t' ? tabSize - (width % tabSize) : 1;
    }
    return width;
}
