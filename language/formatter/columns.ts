/**
 * Keeps columns that the author has aligned: pieces in the same place of neighbouring lines that begin in the same column still do.
 * Nothing is aligned that was not, and a column is no wider than its longest line needs, so that formatting twice changes nothing more.
 */
import type { Gap, Layout } from './layout.ts';
import { isComment, type Piece } from './pieces.ts';

/** Widens the gaps of `layout`. `lines` are the line breaks before each piece in the text as it is. */
export function keepColumns(pieces: readonly Piece[], lines: readonly number[], layout: Layout): void {
    const runs: Run[] = [];
    let above: Row | undefined;
    for (const row of rowsOf(pieces, lines, layout)) {
        link(row, row.isNext ? above : undefined, runs);
        above = row;
    }
    // A column begins where those to its left end, so they go first.
    for (const run of runs.sort((one, other) => one.place - other.place)) {
        align(run);
    }
}

/** A piece that may stand in a column with those above and below. */
interface Cell {
    readonly row: Row;
    readonly gap: Exclude<Gap, { kind: 'kept' }>;
    /** Where the piece before it ends if nothing is aligned. */
    readonly end: number;
    readonly sourceColumn: number;
    readonly sourceWidth: number;
    run: Run | undefined;
}

/** A line of the formatted text. */
interface Row {
    /** No empty line above it. */
    readonly isNext: boolean;
    /** What it begins with: only statements with the same key make a table. */
    readonly key: string;
    /** By place: the number of the statement on the line, and of the word in the statement. */
    readonly cells: Map<number, Cell>;
    /** How far alignment has moved what is not aligned yet. */
    shift: number;
}

interface Run {
    readonly place: number;
    readonly cells: Cell[];
}

const wordsPerStatement = 2 ** 26;
/** Comments at line ends make one column, whatever stands before them. */
const commentPlace = Number.POSITIVE_INFINITY;

function rowsOf(pieces: readonly Piece[], lines: readonly number[], { gaps, roles }: Layout): readonly Row[] {
    let row: Row = { isNext: false, key: pieces[0]?.text ?? '', cells: new Map(), shift: 0 };
    const rows = [row];
    let place = 0;
    let end = 0;
    pieces.forEach((piece, index) => {
        const gap = gaps[index];
        if (gap === undefined) {
            return;
        }
        const role = roles[index];
        if (gap.kind === 'lines') {
            row = { isNext: gap.count === 1, key: piece.text, cells: new Map(), shift: 0 };
            rows.push(row);
            place = 0;
        } else if (index > 0 && (role === 'statement' || role === 'cell')) {
            place = (Math.floor(place / wordsPerStatement) + 1) * wordsPerStatement;
        }
        const isTrailing = isComment(piece) && lines[index + 1] !== 0;
        const isInLine = gap.kind === 'blanks' && gap.width > 0 && lines[index] === 0;
        if (gap.kind !== 'kept' && (isInLine || (isTrailing && gap.kind === 'lines')) && Number.isFinite(end)) {
            const sourceWidth = piece.column - (pieces[index - 1]?.endColumn ?? 0);
            row.cells.set(isTrailing ? commentPlace : place, { row, gap, end, sourceColumn: piece.column, sourceWidth, run: undefined });
        }
        place++;
        end = piece.line < piece.endLine ? Number.POSITIVE_INFINITY : (gap.kind === 'lines' ? gap.column : end + gap.width) + piece.text.length;
    });
    return rows;
}

/** Puts the cells of a row into the runs of those above. A comment with a line of its own only goes on with a column, it begins none. */
function link(row: Row, above: Row | undefined, runs: Run[]): void {
    for (const [place, cell] of row.cells) {
        const upper = above?.cells.get(place);
        const isTable = place === commentPlace || above?.key === row.key;
        if (upper !== undefined && isTable && upper.sourceColumn === cell.sourceColumn) {
            upper.run ??= newRun(place, upper, runs);
            upper.run.cells.push(cell);
            cell.run = upper.run;
        } else if (cell.gap.kind === 'lines') {
            row.cells.delete(place);
        }
    }
}

function newRun(place: number, first: Cell, runs: Run[]): Run {
    const run = { place, cells: [first] };
    runs.push(run);
    return run;
}

function align({ place, cells }: Run): void {
    const isAligned = cells.some(({ gap, sourceWidth }) => gap.kind === 'blanks' && sourceWidth > gap.width);
    if (place !== commentPlace && !isAligned) {
        return;
    }
    const inLine = cells.flatMap(({ row, gap, end }) => (gap.kind === 'blanks' ? [{ width: gap.width, end: row.shift + end }] : []));
    // Comments keep the distance that the longest line has from its own.
    const narrowest = inLine.reduce((least, { width }) => Math.min(least, width), Number.POSITIVE_INFINITY);
    const column = inLine.reduce((most, { width, end }) => Math.max(most, end + (place === commentPlace ? narrowest : width)), 0);
    for (const { row, gap, end } of cells) {
        if (gap.kind === 'lines') {
            gap.column = column;
        } else {
            const wider = column - row.shift - end - gap.width;
            gap.width += wider;
            row.shift += wider;
        }
    }
}
