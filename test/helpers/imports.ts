/** Imports texts in tests: the one place that calls the importers. */
import { type ImportedText, importText } from '#language/import/import-text.ts';
import type { SourceText } from '#language/import/importer.ts';
import { importerNamed } from '#language/import/importers.ts';
import { lowerText, services } from './strata.ts';

export interface ImportedForTest {
    /** Empty where the files are refused. */
    readonly text: string;
    /** `line path why: what` of every entry, for readable failures. */
    readonly report: readonly string[];
    /** `file:line:column path code reason` of every refusal. */
    readonly errors: readonly string[];
    readonly outcome: ImportedText;
}

/** Files of one folder by name, each a text. */
export function importTexts(format: string, files: Readonly<Record<string, string>>, folder = 'project'): ImportedForTest {
    const importer = importerNamed(format);
    if (importer === undefined) {
        throw new Error(`There is no importer ${format}.`);
    }
    const read = (path: string): SourceText => {
        const text = files[path];
        return text === undefined ? { kind: 'unreadable', because: 'there is no such file' } : { kind: 'text', text };
    };
    const projects = [{ name: folder, files: Object.keys(files), read, nameOf: (path: string) => path }];
    const outcome = importText(importer, { projects, variables: new Map() }, services);
    return {
        outcome,
        text: outcome.kind === 'imported' ? outcome.text : '',
        report: outcome.kind === 'imported' ? outcome.report.map(({ line, path, why, what }) => `${line} ${path} ${why}: ${what}`) : [],
        errors:
            outcome.kind === 'refused'
                ? outcome.errors.map(({ file, line, column, path, code, reason }) => `${file}:${line}:${column} ${path} ${code} ${reason}`)
                : [],
    };
}

/** What the language has against a text, but for hints. */
export const complaintsAbout = (strata: string): readonly string[] =>
    lowerText(strata)
        .problems.filter(({ severity }) => severity !== 'hint')
        .map(({ code, message }) => `${code}: ${message}`);

/** The text without what the import says above it. */
export const bodyOf = ({ text }: ImportedForTest): string => text.slice(text.indexOf('\n\n') + 2);
