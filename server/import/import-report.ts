/** The report of an import as text and as JSON. */

import type { ImportError, ReportEntry } from '#language/import/import-log.ts';
import type { ImportedText } from '#language/import/import-text.ts';

export const importReports = { text, json } as const satisfies Record<string, (importer: string, imported: ImportedText) => readonly string[]>;
export type ImportReportFormat = keyof typeof importReports;

/** Lines that a problem matcher reads, as those of `strata check`. */
function text(_importer: string, imported: ImportedText): readonly string[] {
    if (imported.kind === 'refused') {
        return imported.errors.map(errorLine);
    }
    const { report } = imported;
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

function json(importer: string, imported: ImportedText): readonly string[] {
    const errors = imported.kind === 'refused' ? imported.errors : [];
    const report = imported.kind === 'refused' ? [] : imported.report;
    return [JSON.stringify({ format: 1, importer, imported: imported.kind === 'imported', errors, report }, undefined, 2)];
}
