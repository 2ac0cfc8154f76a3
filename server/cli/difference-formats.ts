/** Differences as the command line prints them: text for a terminal, Markdown for a pull request, JSON. */
import { type Difference, isEmpty } from '../difference/difference.ts';
import { type DifferenceTable, differenceSummary, differenceTables } from '../difference/difference-tables.ts';
import { escapeMarkdown } from '../explain/markdown.ts';
import { differenceJson } from '../json/difference-json.ts';
import { plainLine } from './plain-line.ts';

export interface ComparedFile {
    /** As it was given; of two files, both. */
    readonly name: string;
    readonly difference: Difference;
    /** The names of files on each side. */
    readonly fileOf: { readonly before: (uri: string) => string; readonly after: (uri: string) => string };
    readonly isWorse: boolean;
}

export interface DifferenceReport {
    /** What each side is. */
    readonly before: string;
    readonly after: string;
    readonly files: readonly ComparedFile[];
}

export const differenceFormats = { text, markdown, json: differenceJson } as const satisfies Record<string, (report: DifferenceReport) => Iterable<string>>;
export type DifferenceFormat = keyof typeof differenceFormats;

function* text({ before, after, files }: DifferenceReport): Generator<string> {
    const changed = files.filter(({ difference }) => !isEmpty(difference));
    if (changed.length === 0) {
        yield `${plainLine(`No difference between ${before} and ${after}.`)}\n`;
    }
    for (const { name, difference } of changed) {
        yield `${plainLine(`${name}: ${differenceSummary(difference)}`)}\n`;
        for (const { title, columns, rows, note } of differenceTables(difference)) {
            yield `\n${title}\n`;
            yield* padded([columns, ...rows].map((row) => row.map(plainLine)));
            yield note === undefined ? '' : `  ${note}\n`;
        }
        yield '\n';
    }
}

function* padded(lines: readonly (readonly string[])[]): Generator<string> {
    // The last column is not padded, so a long message in it widens nothing.
    const widths = (lines[0] ?? []).map((_, column) => lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0));
    for (const line of lines) {
        yield `  ${line
            .map((cell, column) => (column === line.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
            .join('  ')
            .trimEnd()}\n`;
    }
}

/** Rows of a table in Markdown: a comment on a pull request is read, and has a largest length. */
const mostRows = 40;

function* markdown({ before, after, files }: DifferenceReport): Generator<string> {
    const changed = files.filter(({ difference }) => !isEmpty(difference));
    yield `## Strata: ${escapeMarkdown(before)} → ${escapeMarkdown(after)}\n\n`;
    if (changed.length === 0) {
        yield 'No difference.\n';
    }
    for (const { name, difference, isWorse } of changed) {
        yield `### ${isWorse ? '❌' : '✅'} ${escapeMarkdown(name)}\n\n${escapeMarkdown(differenceSummary(difference))}.\n\n`;
        for (const table of differenceTables(difference)) {
            yield* markdownTable(table);
        }
    }
}

function* markdownTable({ title, columns, rows, note }: DifferenceTable): Generator<string> {
    const line = (cells: readonly string[]): string => `| ${cells.map((cell) => escapeMarkdown(plainLine(cell))).join(' | ')} |\n`;
    yield `<details${title === 'Allocation' ? '' : ' open'}><summary>${title} (${rows.length})</summary>\n\n`;
    yield line(columns);
    yield `|${' --- |'.repeat(columns.length)}\n`;
    for (const row of rows.slice(0, mostRows)) {
        yield line(row);
    }
    const left = rows.length - mostRows;
    yield left > 0 ? `\n… and ${left} more; \`strata diff --format text\` lists all.\n` : '';
    yield note === undefined ? '' : `\n${note}\n`;
    yield '\n</details>\n\n';
}
