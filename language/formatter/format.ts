/** Formats a text, a range of it, or what was just typed. Only whitespace changes, never the model; broken text is formatted around what is broken. */

import type { StrataDocument, StrataServices } from '../services.ts';
import { keepColumns } from './columns.ts';
import { applyEdits, type Edit, editsFor } from './edits.ts';
import type { FormatOptions } from './format-options.ts';
import { layOut } from './layout.ts';
import { blockComment, countLines, cutIntoPieces, type Piece } from './pieces.ts';
import { structureOf } from './structure.ts';

export type Formatted =
    | { readonly kind: 'edits'; readonly edits: readonly Edit[] }
    /** The formatter has a bug: `because` says what it would have changed. */
    | { readonly kind: 'refused'; readonly because: string };

/** Offsets into the text. */
export interface Span {
    readonly start: number;
    readonly end: number;
}

export function formatDocument(services: StrataServices, document: StrataDocument, options: FormatOptions): Formatted {
    const { text, pieces, edits } = format(services, document, options);
    return checked(services, text, pieces, edits, options);
}

/** Formats the lines that `span` touches; one that it only reaches the beginning of is not touched. */
export function formatRange(services: StrataServices, document: StrataDocument, { start, end }: Span, options: FormatOptions): Formatted {
    const { text, pieces, edits } = format(services, document, options);
    const touched = start + text.slice(start, end).replace(/(\r\n|\r|\n)$/, '').length;
    return checked(services, text, pieces, within(edits, wholeLines(text, { start, end: touched })), options);
}

/** What is to be formatted when `typed` was typed just before `offset`: the body that a `}` ends, or the line that a line break ends. */
export function formatTyped(services: StrataServices, document: StrataDocument, typed: string, offset: number, options: FormatOptions): Formatted {
    const { text, pieces, edits } = format(services, document, options);
    const before = text.slice(0, offset).trimEnd().length;
    const line = wholeLines(text, { start: before, end: before });
    const span = typed === '}' ? wholeLines(text, bodyEndingAt(pieces, offset) ?? line) : line;
    // What stands behind the cursor, or is put in there, would pull it away.
    const earlier = within(edits, span).filter((one) => one.start < offset && one.end <= offset);
    return checked(services, text, pieces, earlier, options);
}

/** The text after formatting. */
export function formatText(text: string, formatted: Formatted): string {
    return formatted.kind === 'edits' ? applyEdits(text, formatted.edits) : text;
}

interface Work {
    readonly text: string;
    readonly pieces: readonly Piece[];
    readonly edits: readonly Edit[];
}

function format(services: StrataServices, document: StrataDocument, options: FormatOptions): Work {
    const text = document.textDocument.getText();
    const pieces = cutIntoPieces(services.strata.parser.Lexer, text, options.tabSize);
    // Beyond the last piece stands the end of the text, which ends a line.
    const lines = [...pieces.map((piece, index) => countLines(text.slice(pieces[index - 1]?.end ?? 0, piece.start))), 1];
    const structure = structureOf(document, pieces);
    const layout = layOut(pieces, lines, structure, options.tabSize);
    keepColumns(pieces, lines, layout);
    return { text, pieces, edits: editsFor(text, pieces, layout.gaps, options) };
}

/** Edits go out only if the text still reads as the same tokens and comments: the one place that guards the model against the formatter. */
function checked(services: StrataServices, text: string, pieces: readonly Piece[], edits: readonly Edit[], { tabSize }: FormatOptions): Formatted {
    const after = cutIntoPieces(services.strata.parser.Lexer, applyEdits(text, edits), tabSize);
    const differing =
        after.length === pieces.length
            ? pieces.find((piece, index) => !isSame(piece, after[index]))
            : (pieces.find((piece, index) => !isSame(piece, after[index])) ?? after[pieces.length]);
    return differing === undefined
        ? { kind: 'edits', edits }
        : {
              kind: 'refused',
              because: `Formatting would have changed \`${differing.text}\` in line ${differing.line}. This is a bug in the formatter; the text stays as it is.`,
          };
}

function isSame(before: Piece, after: Piece | undefined): boolean {
    return before.kind === after?.kind && textOf(before) === textOf(after);
}

/** A block comment may be indented anew. */
const textOf = ({ kind, text }: Piece): string => (kind === blockComment ? text.replace(/(\r\n|\r|\n)[^\S\r\n]+/g, '$1') : text);

const within = (edits: readonly Edit[], span: Span): readonly Edit[] => edits.filter(({ start, end }) => start >= span.start && end <= span.end);

function wholeLines(text: string, { start, end }: Span): Span {
    const before = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
    const after = /[\r\n]/.exec(text.slice(end));
    return { start: start === 0 ? 0 : before, end: after === null ? text.length : end + after.index };
}

function bodyEndingAt(pieces: readonly Piece[], offset: number): Span | undefined {
    const open: Piece[] = [];
    for (const piece of pieces) {
        if (piece.kind === '{') {
            open.push(piece);
        } else if (piece.kind === '}') {
            const opening = open.pop();
            if (opening !== undefined && piece.end === offset) {
                return { start: opening.start, end: piece.end };
            }
        }
    }
    return undefined;
}
