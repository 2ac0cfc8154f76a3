/** The report of an import or an export as text and as JSON. */

import type { ImportError, ReportEntry } from '#language/import/import-log.ts';

/** What was told of a transfer from one format to another. */
export interface Transfer {
    readonly direction: 'import' | 'export';
    /** The other format. */
    readonly format: string;
    /** Why nothing was made of it; empty where something was. */
    readonly errors: readonly ImportError[];
    readonly report: readonly ReportEntry[];
}

export const transferReports = { text, json } as const satisfies Record<string, (transfer: Transfer) => readonly string[]>;
export type TransferReportFormat = keyof typeof transferReports;

/** Lines that a problem matcher reads, as those of `strata check`. */
function text({ errors, report }: Transfer): readonly string[] {
    if (errors.length > 0) {
        return errors.map(errorLine);
    }
    const count =
        report.length === 0 ? 'Everything is carried over.' : `${report.length} ${report.length === 1 ? 'place is' : 'places are'} not as in the source.`;
    return [...report.map(entryLine), count];
}

function errorLine({ file, line, column, code, path, reason, remedy }: ImportError): string {
    return `${file}:${line}:${column}: error ${code}: ${path === '' ? '' : `${path}: `}${reason}. ${remedy}`;
}

function entryLine({ file, line, column, path, what, why, remedy }: ReportEntry): string {
    return `${file}:${line}:${column}: info ${why}: ${path === '' ? '' : `${path}: `}${what}. ${remedy}`;
}

function json({ direction, format, errors, report }: Transfer): readonly string[] {
    const isDone = errors.length === 0;
    const head = direction === 'import' ? { importer: format, imported: isDone } : { exporter: format, exported: isDone };
    return [JSON.stringify({ format: 1, ...head, errors, report }, undefined, 2)];
}

/** Of an import that came to a text or was refused. */
export function importTransfer(format: string, outcome: { readonly errors: readonly ImportError[] } | { readonly report: readonly ReportEntry[] }): Transfer {
    return { direction: 'import', format, errors: 'errors' in outcome ? outcome.errors : [], report: 'report' in outcome ? outcome.report : [] };
}
