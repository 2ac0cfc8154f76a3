/** Imports texts in tests: the one place that calls the importers. */
import type { Draft } from '#language/import/draft.ts';
import { type ImportedText, importText } from '#language/import/import-text.ts';
import type { Importer, ImportProject } from '#language/import/importer.ts';
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

export interface ImportCircumstances {
    /** The files that are named; the others lie beside them. All, where it is left out. */
    readonly named?: readonly string[];
    readonly variables?: Readonly<Record<string, string>>;
    readonly folder?: string;
}

/** Files of one folder by name, each a text. */
export function importTexts(format: string, files: Readonly<Record<string, string>>, circumstances: ImportCircumstances = {}): ImportedForTest {
    const importer = importerNamed(format);
    if (importer === undefined) {
        throw new Error(`There is no importer ${format}.`);
    }
    return importWith(importer, files, circumstances);
}

/** Drafts that some importer has read. */
export const importDrafts = (...elements: readonly Draft[]): ImportedForTest =>
    importWith({ name: 'drafts', title: 'drafts', filesOf: () => [], read: () => ({ kind: 'imported', elements, report: [] }) }, { drafts: '' }, {});

function importWith(importer: Importer, files: Readonly<Record<string, string>>, circumstances: ImportCircumstances): ImportedForTest {
    const { named = Object.keys(files), variables = {}, folder = 'project' } = circumstances;
    const project: ImportProject = {
        name: folder,
        files: named,
        read: (path) => {
            const text = files[path];
            const because = path.startsWith('..') || path.startsWith('/') ? 'it lies outside the folder of the project' : 'there is no such file';
            return text === undefined ? { kind: 'unreadable', because } : { kind: 'text', text };
        },
        nameOf: (path) => path,
    };
    const outcome = importText(importer, { projects: [project], variables: new Map(Object.entries(variables)) }, services);
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
