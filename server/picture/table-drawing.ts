/** A table as a drawing: words in columns, headings between rows, and notes below, on as many lines as they need. */
import { type Drawing, escapeXml } from './svg.ts';
import { breakable, cutToWidth, textWidth, wrapToWidth } from './text-width.ts';

export interface DrawnTable {
    readonly title: string;
    /** Over the cells; the labels of the rows need no name. */
    readonly columns: readonly string[];
    readonly groups: readonly { readonly heading?: string; readonly rows: readonly DrawnRow[] }[];
    readonly notes: readonly string[];
}

export interface DrawnRow {
    readonly label: string;
    readonly cells: readonly DrawnCell[];
}

export interface DrawnCell {
    readonly text: string;
    /** Class of the cell's background; the text says the same. */
    readonly mark?: string;
}

const margin = 16;
const rowHeight = 20;
/** Between the lines of one row. */
const lineHeight = 15;
const noteHeight = 17;
const size = 12;
/** Wider than written: many fonts run wider than the estimate, and must not run into the next column. */
const reckonedSize = 13;
const gap = 14;

export function tableDrawing(table: DrawnTable, width: number): Drawing {
    const widths = columnWidths(table, width - 2 * margin);
    const whole = Math.max(width, Math.ceil(widths.reduce((sum, column) => sum + column, 2 * margin)));
    const markup: string[] = [];
    let y = margin + size;
    const put = (lines: readonly string[], x: number, room: number, kind: string): void => {
        for (const [line, text] of lines.entries()) {
            const shown = cutToWidth(text, room, size);
            if (shown !== undefined && shown !== '') {
                markup.push(`<text class="${kind}" x="${round(x)}" y="${y + line * lineHeight}">${escapeXml(shown)}</text>`);
            }
        }
    };
    /** Cells side by side, each on as many lines as it needs; `y` comes to stand on the last of them. */
    const putRow = (cells: readonly DrawnCell[], kind: string): void => {
        const lines = cells.map(({ text }, place) => wrapToWidth(text, (widths[place] ?? 0) - gap, reckonedSize));
        const more = Math.max(0, ...lines.map(({ length }) => length - 1)) * lineHeight;
        let x = margin;
        for (const [place, { mark }] of cells.entries()) {
            const cell = widths[place] ?? 0;
            if (mark !== undefined) {
                markup.push(`<rect class="${mark}" x="${round(x)}" y="${y - size - 2}" width="${round(cell - 2)}" height="${rowHeight - 2 + more}"/>`);
            }
            put(lines[place] ?? [], place === 0 ? x : x + 4, cell - gap + 8, kind);
            x += cell;
        }
        y += more;
    };
    const putHeading = (heading: string): void => {
        const lines = wrapToWidth(heading, whole - 2 * margin, size);
        put(lines, margin, whole - 2 * margin, 'label');
        y += (lines.length - 1) * lineHeight;
    };
    putHeading(table.title);
    if (table.columns.some((column) => column !== '')) {
        y += rowHeight + 4;
        putRow([{ text: '' }, ...table.columns.map((text) => ({ text }))], 'label');
    }
    for (const { heading, rows } of table.groups) {
        if (heading !== undefined) {
            y += rowHeight + 4;
            putHeading(heading);
        }
        for (const { label, cells } of rows) {
            y += rowHeight;
            putRow([{ text: label }, ...cells], 'cell');
        }
    }
    y += rowHeight / 2;
    for (const line of table.notes.flatMap((note) => wrapToWidth(note, whole - 2 * margin, size))) {
        y += noteHeight;
        put([line], margin, whole - 2 * margin, 'note');
    }
    return { width: whole, height: Math.ceil(y + margin), title: table.title, markup };
}

/** A name that is longer than this and has no place to break is cut. */
const widestWord = 260;

/**
 * Of the labels and of each column: what its longest text takes, where there is room for all; else the widest give way first, and their texts go on
 * in further lines. No column is narrower than its longest word; the table is rather wider than its room.
 */
function columnWidths({ columns, groups }: DrawnTable, room: number): readonly number[] {
    const rows = [['', ...columns], ...groups.flatMap((group) => group.rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]))];
    const places = Array.from({ length: Math.max(...rows.map(({ length }) => length)) }, (_, place) => rows.map((texts) => texts[place] ?? ''));
    const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, textWidth(text, reckonedSize)), 0) + gap;
    const found = places.map((texts, place) => ({ place, wanted: widest(texts), least: Math.min(widestWord, widest(texts.flatMap(breakable))) }));
    const widths: number[] = [];
    let rest = room;
    let kept = found.reduce((sum, { least }) => sum + least, 0);
    for (const [before, { place, wanted, least }] of found.sort((a, b) => a.wanted - b.wanted).entries()) {
        kept -= least;
        const width = Math.max(least, Math.min(wanted, rest / (found.length - before), rest - kept));
        widths[place] = width;
        rest -= width;
    }
    return widths;
}

const round = (value: number): number => Math.round(value * 100) / 100;
