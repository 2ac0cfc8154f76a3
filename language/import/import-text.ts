/** From foreign files to a formatted text of the language and a report of what it does not say as they do: what every importer goes through. */
import { formatDocument, formatText } from '../formatter/format.ts';
import { formatDefaults } from '../formatter/format-options.ts';
import { parseText, type StrataServices } from '../services.ts';
import { checkDrafts } from './check-drafts.ts';
import type { Draft } from './draft.ts';
import type { ImportError, ImportPlace, ReportEntry } from './import-log.ts';
import type { Importer, ImportInput } from './importer.ts';
import { nameDrafts } from './name-drafts.ts';
import { writeDrafts } from './write-drafts.ts';

export type ImportedText =
    | { readonly kind: 'imported'; readonly text: string; readonly report: readonly ReportEntry[] }
    | { readonly kind: 'refused'; readonly errors: readonly ImportError[] };

export function importText(importer: Importer, input: ImportInput, services: StrataServices): ImportedText {
    const imported = importer.read(input);
    if (imported.kind === 'refused') {
        return imported;
    }
    const errors = checkDrafts(imported.elements, { at: placeOf(input), path: '' });
    if (errors.length > 0) {
        return { kind: 'refused', errors };
    }
    const names = nameDrafts(imported.elements);
    const written = writeDrafts(imported, names, headingOf(importer, input, imported.report.length));
    const document = parseText(services, written, 'file:///imported.strata');
    const text = formatText(written, formatDocument(services, document, formatDefaults));
    return { kind: 'imported', text, report: [...imported.report, ...renamings(names.renamed, input)] };
}

/** The beginning of the first file. */
function placeOf({ projects: [project] }: ImportInput): ImportPlace {
    return { file: project?.nameOf(project.files[0] ?? '') ?? '', line: 1, column: 1 };
}

function headingOf({ title }: Importer, { projects }: ImportInput, entries: number): readonly string[] {
    const files = projects.flatMap(({ files: list, nameOf }) => list.map(nameOf));
    const from = files.length <= 6 ? files.join(', ') : `${files.slice(0, 6).join(', ')} and ${files.length - 6} more`;
    return [`Imported from ${title}: ${from}.`, ...(entries === 0 ? [] : ['What it does not carry over stands in the report of the import.'])];
}

/** The source names nothing of the language, so a new name is told, not commented: the text is right as it is. */
function renamings(renamed: ReadonlyMap<Draft, string>, input: ImportInput): readonly ReportEntry[] {
    return [...renamed].map(([draft, name]) => ({
        ...(draft.origin?.at ?? placeOf(input)),
        path: draft.origin?.path ?? '',
        what: `${draft.kind} ${JSON.stringify(draft.name)} is called ${name}`,
        why: 'chosen' as const,
        remedy: 'Rename it if you like: the editor renames every place at once.',
    }));
}
