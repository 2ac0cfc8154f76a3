/** Cuts a text into pieces with nothing but whitespace between them: tokens, comments, and what the lexer leaves out. */
import type { Lexer, LexerResult } from 'langium';
import { readLiteral, unitNamed } from '../units.ts';

export interface Piece {
    /** A token is named by its type; a stray is text that the lexer has reported and left out. */
    readonly kind: string;
    /** As it is to be written: a quantity has one blank before its unit, a comment of one line none at its end. */
    readonly text: string;
    readonly start: number;
    readonly end: number;
    /** Lines from 1, columns from 0. Tabs between pieces reach to their stops, one within a piece counts as any character. */
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}

export const lineComment = 'SL_COMMENT';
export const blockComment = 'ML_COMMENT';
export const stray = 'stray';
export const isComment = (piece: Piece | undefined): boolean => piece?.kind === lineComment || piece?.kind === blockComment;

/** Invariant: pieces are in order and not empty, and `text` without them is whitespace. */
export function cutIntoPieces(lexer: Lexer, text: string, tabSize: number): readonly Piece[] {
    const { tokens, hidden } = lexer.tokenize(text);
    const cutter = new Cutter(text, tabSize);
    let nextHidden = 0;
    for (const token of tokens) {
        for (let comment = hidden[nextHidden]; comment !== undefined && comment.startOffset < token.startOffset; comment = hidden[++nextHidden]) {
            cutter.take(comment);
        }
        cutter.take(token);
    }
    for (const comment of hidden.slice(nextHidden)) {
        cutter.take(comment);
    }
    cutter.takeStray(text.length);
    return cutter.pieces;
}

/** Line breaks as the lexer counts them. */
export const countLines = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Goes through the text once, from left to right. */
class Cutter {
    readonly pieces: Piece[] = [];
    private readonly text: string;
    private readonly tabSize: number;
    private offset = 0;
    private line = 1;
    private column = 0;

    constructor(text: string, tabSize: number) {
        this.text = text;
        this.tabSize = tabSize;
    }

    take(token: LexerResult['tokens'][number]): void {
        this.takeStray(token.startOffset);
        const kind = token.tokenType.name;
        switch (kind) {
            case 'QUANTITY':
                this.add(kind, token.startOffset, token.image.length, writtenQuantity(token.image));
                break;
            case lineComment:
                this.add(kind, token.startOffset, token.image.trimEnd().length);
                break;
            case blockComment:
                // A comment that is never closed takes the rest of the text, the line break at its end included.
                this.add(kind, token.startOffset, token.image.trimEnd().length);
                break;
            default:
                this.add(kind, token.startOffset, token.image.length);
        }
    }

    takeStray(before: number): void {
        const between = this.text.slice(this.offset, before);
        const image = between.trim();
        if (image !== '') {
            this.add(stray, this.offset + between.indexOf(image), image.length);
        }
    }

    private add(kind: string, start: number, length: number, written?: string): void {
        this.advance(start);
        const { line, column } = this;
        const end = start + length;
        this.advance(end, 1);
        this.pieces.push({ kind, text: written ?? this.text.slice(start, end), start, end, line, column, endLine: this.line, endColumn: this.column });
    }

    private advance(to: number, tabSize = this.tabSize): void {
        for (; this.offset < to; this.offset++) {
            const character = this.text.charCodeAt(this.offset);
            if (character === lineFeed || (character === carriageReturn && this.text.charCodeAt(this.offset + 1) !== lineFeed)) {
                this.line++;
                this.column = 0;
            } else if (this.offset > 0 || character !== byteOrderMark) {
                this.column += character === tab ? tabSize - (this.column % tabSize) : 1;
            }
        }
    }
}

const byteOrderMark = 0xfeff;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;

/** A word that touches its number and is no unit stays as it is: apart from the number it might be read as a keyword. */
function writtenQuantity(image: string): string {
    const { unit, unitOffset } = readLiteral(image);
    const digits = image.slice(0, unitOffset);
    const isApart = /\s$/.test(digits);
    return unit !== '' && (isApart || unitNamed(unit) !== undefined) ? `${digits.trimEnd()} ${unit}` : image;
}
