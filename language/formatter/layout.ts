/** Decides the whitespace before each piece: a line break with an indentation, or blanks. */

import { readLiteral, unitNamed } from '../units.ts';
import { isComment, lineComment, type Piece } from './pieces.ts';
import { type Role, type Roles, rolesOf } from './roles.ts';
import { blanksBetween } from './spacing.ts';
import type { Structure } from './structure.ts';

export type Gap =
    | { readonly kind: 'blanks'; width: number }
    /** `column` is the indentation; `count` 2 leaves a line empty. */
    | { readonly kind: 'lines'; readonly count: 1 | 2; column: number }
    /** Stays as it is; `width` is how far it reaches. */
    | { readonly kind: 'kept'; readonly width: number };

export interface Layout {
    /** Before each piece. */
    readonly gaps: readonly Gap[];
    readonly roles: readonly Role[];
}

/** A body that was written on one line stays there up to this column. */
const maximumColumn = 120;

/** `lines` are the line breaks before each piece in the text as it is. */
export function layOut(pieces: readonly Piece[], lines: readonly number[], structure: Structure, tabSize: number): Layout {
    return new LayoutMaker(pieces, lines, structure, tabSize).make();
}

/** An open body, or the file: `isBroken` where each statement has its own line. */
interface Frame {
    readonly isBroken: boolean;
    /** Parentheses and square brackets that are open in it, outermost first: how far the lines that opened them are indented. */
    readonly parentheses: number[];
}

class LayoutMaker {
    private readonly pieces: readonly Piece[];
    private readonly lines: readonly number[];
    private readonly structure: Structure;
    private readonly tabSize: number;
    private readonly roles: Roles['roles'];
    private readonly contexts: Roles['contexts'];
    private readonly frames: Frame[] = [{ isBroken: true, parentheses: [] }];
    /** How much further than its statement the current line is indented, in levels. */
    private continuation = 0;
    /** Where the text would have got if no column were aligned, so that alignment has no say in what fits. */
    private column = 0;

    constructor(pieces: readonly Piece[], lines: readonly number[], structure: Structure, tabSize: number) {
        this.pieces = pieces;
        this.lines = lines;
        this.structure = structure;
        this.tabSize = tabSize;
        ({ roles: this.roles, contexts: this.contexts } = rolesOf(pieces, lines, structure));
    }

    make(): Layout {
        const widths = this.pieces.map((piece, index) => this.blanksBefore(piece, index));
        const flatWidths = flatBodies(this.pieces, widths);
        const gaps = this.pieces.map((piece, index) => {
            const gap = this.gapBefore(piece, index, widths[index] ?? 0);
            this.column = gap.kind === 'lines' ? gap.column : this.column + gap.width;
            this.follow(piece, flatWidths.get(index));
            return gap;
        });
        return { gaps, roles: this.roles };
    }

    private gapBefore(piece: Piece, index: number, width: number): Gap {
        const previous = this.pieces[index - 1];
        if (previous === undefined) {
            return { kind: 'blanks', width: 0 };
        }
        if (this.breaksBefore(piece, previous, index)) {
            return { kind: 'lines', count: this.leavesBlank(piece, previous, index) ? 2 : 1, column: this.indentation(piece, index) };
        }
        if (this.isLoose(piece, previous) || wouldBeUnit(previous, piece)) {
            return { kind: 'kept', width: piece.column - previous.endColumn };
        }
        return { kind: 'blanks', width };
    }

    private breaksBefore(piece: Piece, previous: Piece, index: number): boolean {
        const isBroken = this.lines[index] !== 0;
        if (endsLine(previous)) {
            return true;
        }
        if ((isBroken && isComment(piece)) || isComment(previous) || this.isLoose(piece, previous)) {
            return isBroken;
        }
        switch (this.roles[index]) {
            case 'statement':
            case 'close':
                return this.frames.at(-1)?.isBroken ?? true;
            case 'open':
                return false;
            default:
                // Authors know best where a long condition is to be broken.
                return isBroken;
        }
    }

    private leavesBlank(piece: Piece, previous: Piece, index: number): boolean {
        const context = this.contexts[index];
        const isDocumented = isDocComment(previous) && this.roles[index] === 'statement';
        const isInStatement = (context === 'inside' || context === 'cell' || context === 'open') && !this.isLoose(piece, previous);
        return (this.lines[index] ?? 0) > 1 && previous.kind !== '{' && this.roles[index] !== 'close' && !isDocumented && !isInStatement;
    }

    private indentation(piece: Piece, index: number): number {
        const context = this.contexts[index];
        const depth = this.frames.length - 1;
        this.continuation = 0;
        if (piece.kind === '}') {
            return Math.max(0, depth - 1) * this.tabSize;
        }
        if ((context !== 'inside' && context !== 'cell') || this.structure.brokenLines.has(piece.line)) {
            return depth * this.tabSize;
        }
        const opening = this.frames.at(-1)?.parentheses.at(-1) ?? 0;
        this.continuation = piece.kind === ')' || piece.kind === ']' ? opening : opening + 1;
        return (depth + this.continuation) * this.tabSize;
    }

    /** Keeps the column and the open brackets, once it is known where the piece stands. */
    private follow(piece: Piece, flatWidth: number | undefined): void {
        const frame = this.frames.at(-1);
        if (piece.kind === '{') {
            const fits = this.column + (flatWidth ?? 0) <= maximumColumn || this.structure.brokenLines.has(piece.line);
            this.frames.push({ isBroken: flatWidth === undefined || (frame?.isBroken === true && !fits), parentheses: [] });
        } else if (piece.kind === '}' && this.frames.length > 1) {
            this.frames.pop();
        } else if (frame !== undefined && (piece.kind === '(' || piece.kind === '[')) {
            frame.parentheses.push(this.continuation);
        } else if (frame !== undefined && (piece.kind === ')' || piece.kind === ']')) {
            frame.parentheses.pop();
        }
        this.column = piece.line === piece.endLine ? this.column + piece.text.length : lastLine(piece.text).length + this.frames.length * this.tabSize;
    }

    private blanksBefore(piece: Piece, index: number): number {
        const previous = this.pieces[index - 1];
        if (previous === undefined) {
            return 0;
        }
        const isLast = this.lines[index + 1] !== 0;
        if (isComment(piece) && isLast && this.lines[index] === 0) {
            return Math.max(1, piece.column - previous.endColumn);
        }
        return blanksBetween(previous, piece, this.roles[index] ?? 'inside', this.structure);
    }

    private isLoose(piece: Piece, previous: Piece): boolean {
        return this.structure.brokenLines.has(piece.line) || this.structure.brokenLines.has(previous.endLine);
    }
}

/** By its opening brace, the width of each body that was written on one line. */
function flatBodies(pieces: readonly Piece[], widths: readonly number[]): ReadonlyMap<number, number> {
    const bodies = new Map<number, number>();
    const open: { readonly index: number; readonly position: number }[] = [];
    let position = 0;
    pieces.forEach((piece, index) => {
        position += widths[index] ?? 0;
        if (piece.kind === '{') {
            open.push({ index, position });
        }
        position += piece.text.length;
        const opening = piece.kind === '}' ? open.pop() : undefined;
        if (opening !== undefined && pieces[opening.index]?.line === piece.line) {
            bodies.set(opening.index, position - opening.position);
        }
    });
    return bodies;
}

/** Only blanks and tabs lead from a number to its unit: what is none because something else stands between must not become one. */
function wouldBeUnit(left: Piece, right: Piece): boolean {
    const isUnknown = left.kind === 'QUANTITY' && unitNamed(readLiteral(left.text).unit) === undefined;
    return isUnknown && (right.kind === 'QUANTITY' ? !/^[\d.]+$/.test(left.text) : right.kind === 'ID' && /\d$/.test(left.text));
}

/** What takes the rest of its line: a comment, or a text without its closing quote. */
const endsLine = ({ kind, text }: Piece): boolean => kind === lineComment || (kind === 'STRING' && !/^"(?:\\.|[^"\\])*"$/s.test(text));
const isDocComment = ({ text }: Piece): boolean => /^\/\*\*[^/]/.test(text);
const lastLine = (text: string): string => text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1).trim();
