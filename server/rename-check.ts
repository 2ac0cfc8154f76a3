/** Tries a rename on the texts before it is offered: nothing that is named may come to mean something else. */

import { TextDocument } from 'vscode-languageserver-textdocument';
import { loadCatalog } from '#language/catalog.ts';
import { lower } from '#language/lowering/lower.ts';
import { type Occurrence, type Occurrences, targetKey } from '#language/occurrences.ts';
import type { Problem } from '#language/origins.ts';
import { parseText, type StrataDocument, type StrataServices } from '#language/services.ts';
import type { Source } from './sources.ts';
import type { Understanding } from './understanding.ts';

/** Why the rename would change more than a name, or nothing where it would not. */
export function whyRenameBreaks(found: readonly Occurrence[], newName: string, before: Understanding, services: StrataServices): string | undefined {
    const documents = before.sources.map((source) => renamed(source, found, newName, services));
    const after = lower({ documents, catalog: loadCatalog(services) });
    const known = new Set(before.lowered.problems.map(identity));
    const problem = after.problems.length > before.lowered.problems.length ? after.problems.find((candidate) => !known.has(identity(candidate))) : undefined;
    if (problem !== undefined) {
        return `\`${newName}\` can not be the name: ${problem.message}`;
    }
    const keepsMeanings = shapeOf(after.occurrences) === shapeOf(before.lowered.occurrences);
    return keepsMeanings ? undefined : `\`${newName}\` can not be the name: a path would come to mean something else.`;
}

function renamed(source: Source, found: readonly Occurrence[], newText: string, services: StrataServices): StrataDocument {
    const edits = found.filter(({ at }) => at.uri === source.uri).map(({ at: { start, end } }) => ({ range: { start, end }, newText }));
    if (edits.length === 0) {
        return source.document;
    }
    return parseText(services, TextDocument.applyEdits(source.document.textDocument, edits), source.uri);
}

/** Places move with a rename, so a problem is known by what it is about. */
function identity({ code, at }: Problem): string {
    return `${code} ${at.uri} ${at.start.line}`;
}

/** Which places mean the same: what is meant is numbered as it first comes up, and both texts name things in the same order. */
function shapeOf({ all }: Occurrences): string {
    const numbers = new Map<string, number>();
    return all
        .map(({ target }) => {
            const key = targetKey(target);
            const number = numbers.get(key) ?? numbers.size;
            numbers.set(key, number);
            return number;
        })
        .join(' ');
}
