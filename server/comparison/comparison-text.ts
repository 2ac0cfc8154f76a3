/** A comparison for a person: as a table for a terminal, or as Markdown. */
import { escapeMarkdown } from '../explain/markdown.ts';
import type { ComparedSelection } from './compare-selection.ts';
import { type ComparisonTable, comparisonTable } from './comparison-rows.ts';
import type { FigureSource } from './figure-sources.ts';

export function* comparisonText({ comparison, sources }: ComparedSelection): Generator<string> {
    const table = comparisonTable(comparison);
    yield `${table.title}\n`;
    yield* plainRows(table);
    for (const reason of table.impossible) {
        yield `\n${reason}\n`;
    }
    yield '\n';
    for (const note of table.notes) {
        yield `- ${note}\n`;
    }
    yield '\nThe figures rest on:\n';
    for (const { figure, source } of sources) {
        yield `- ${figure}. ${source}\n`;
    }
}

export function comparisonMarkdown({ comparison, sources }: ComparedSelection): string {
    const table = comparisonTable(comparison);
    const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
    return [
        `# Ways to run ${escapeMarkdown(table.title)}`,
        '',
        line(['', ...table.columns]),
        `| --- |${' ---: |'.repeat(table.columns.length)}`,
        ...table.groups.flatMap(({ question, rows }) => [
            `| **${escapeMarkdown(question)}** |${' |'.repeat(table.columns.length)}`,
            ...rows.map(({ label, cells }) => line([label, ...cells])),
        ]),
        '',
        ...table.impossible.map((reason) => `- ${escapeMarkdown(reason)}`),
        ...(table.impossible.length > 0 ? [''] : []),
        ...table.notes.map((note) => `- ${escapeMarkdown(note)}`),
        '',
        '## Where the figures come from',
        '',
        ...sources.map(sourceLine),
        '',
    ].join('\n');
}

const sourceLine = ({ figure, source }: FigureSource): string => `- **${escapeMarkdown(figure)}**: ${escapeMarkdown(source)}`;

function* plainRows({ columns, groups }: ComparisonTable): Generator<string> {
    const lines = groups.flatMap(({ rows }) => rows);
    const labels = Math.max(...lines.map(({ label }) => label.length + 2), ...groups.map(({ question }) => question.length));
    const widths = columns.map((column, place) => Math.max(column.length, ...lines.map(({ cells }) => cells[place]?.length ?? 0)));
    const row = (label: string, cells: readonly string[]): string =>
        `${label.padEnd(labels)}  ${cells.map((cell, place) => cell.padStart(widths[place] ?? 0)).join('  ')}`.trimEnd();
    yield `${row('', columns)}\n`;
    for (const { question, rows } of groups) {
        yield `${question}\n`;
        for (const { label, cells } of rows) {
            yield `${row(`  ${label}`, cells)}\n`;
        }
    }
}
