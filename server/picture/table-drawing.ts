/** A table as a drawing: words in columns, headings between rows, and notes below, cut or wrapped to the width. */
import { type Drawing, escapeXml } from './svg.ts';
import { cutToWidth, textWidth } from './text-width.ts';

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
const size = 12;
const gap = 14;
/** Of the width, for labels. */
const widestLabel = 0.55;

export function tableDrawing(table: DrawnTable, width: number): Drawing {
    const room = width - 2 * margin;
    const rows = table.groups.flatMap((group) => group.rows);
    const labels = Math.min(widestLabel * room, Math.max(0, ...rows.map(({ label }) => textWidth(label, size))) + gap);
    const widths = shrunk(
        table.columns.map((column, place) => Math.max(textWidth(column, size), ...rows.map(({ cells }) => textWidth(cells[place]?.text ?? '', size))) + gap),
        room - labels,
    );
    const markup: string[] = [];
    let y = margin + size;
    const put = (text: string, x: number, most: number, kind: string): void => {
        const shown = cutToWidth(text, most, size);
        if (shown !== undefined && shown !== '') {
            markup.push(`<text class="${kind}" x="${round(x)}" y="${y}">${escapeXml(shown)}</text>`);
        }
    };
    const putCells = (texts: readonly DrawnCell[], kind: string): void => {
        let x = margin + labels;
        for (const [place, { text, mark }] of texts.entries()) {
            const cell = widths[place] ?? 0;
            if (mark !== undefined) {
                markup.push(`<rect class="${mark}" x="${round(x)}" y="${y - size - 2}" width="${round(cell - 2)}" height="${rowHeight - 2}"/>`);
            }
            put(text, x + 4, cell - gap + 8, kind);
            x += cell;
        }
    };
    put(table.title, margin, room, 'label');
    y += rowHeight + 4;
    putCells(
        table.columns.map((text) => ({ text })),
        'label',
    );
    for (const { heading, rows: inside } of table.groups) {
        if (heading !== undefined) {
            y += rowHeight + 4;
            put(heading, margin, room, 'label');
        }
        for (const { label, cells } of inside) {
            y += rowHeight;
            put(label, margin, labels - gap + 8, 'cell');
            putCells(cells, 'cell');
        }
    }
    y += rowHeight / 2;
    for (const line of table.notes.flatMap((note) => wrapped(note, room))) {
        y += rowHeight - 3;
        put(line, margin, room, 'note');
    }
    return { width, height: Math.ceil(y + margin), title: table.title, markup };
}

/** As wide as wanted where there is room; else the widest give way first. */
function shrunk(widths: readonly number[], room: number): readonly number[] {
    let rest = room;
    const narrowFirst = [...widths.keys()].sort((a, b) => (widths[a] ?? 0) - (widths[b] ?? 0));
    const given = [...widths];
    for (const [place, column] of narrowFirst.entries()) {
        const share = Math.max(0, rest / (narrowFirst.length - place));
        given[column] = Math.min(widths[column] ?? 0, share);
        rest -= given[column] ?? 0;
    }
    return given;
}

function wrapped(text: string, room: number): readonly string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && textWidth(longer, size) > room) {
            lines.push(line);
            line = word;
        } else {
            line = longer;
        }
    }
    return [...lines, line];
}

const round = (value: number): number => Math.round(value * 100) / 100;
