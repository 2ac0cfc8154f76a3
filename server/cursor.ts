/** What stands at a position of an editor: the names there, and the places that an answer points to. */

import type { Location, Position, TextDocumentPositionParams } from 'vscode-languageserver';
import { type Occurrence, occurrencesAt, sameNamed } from '#language/occurrences.ts';
import type { SourceRange } from '#language/origins.ts';
import { canonicalUri } from './sources.ts';
import type { Understanding } from './understanding.ts';
import type { Workspace } from './workspace.ts';

export interface Cursor {
    readonly uri: string;
    readonly position: Position;
}

export function cursorOf({ textDocument, position }: TextDocumentPositionParams): Cursor {
    return { uri: canonicalUri(textDocument.uri), position };
}

/** Names at the cursor in one topology; where two names touch, those that begin there. */
export function namesAt({ uri, position }: Cursor, { lowered }: Understanding): readonly Occurrence[] {
    const touching = occurrencesAt(lowered.occurrences, uri, position.line, position.character);
    const last = Math.max(...touching.map(({ at }) => at.start.line * 1e6 + at.start.character));
    return touching.filter(({ at }) => at.start.line * 1e6 + at.start.character === last);
}

/** Every place that is called what is called so at the cursor, in every topology that has one of these places: they share files. */
export function sameNamesAt(cursor: Cursor, workspace: Workspace): readonly Occurrence[] {
    const found = new Map<string, Occurrence>();
    const looked = new Set<string>();
    const open = [cursor];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const understanding of workspace.allCurrent(next.uri)) {
            const targets = looked.has(understanding.root) ? [] : namesAt(next, understanding).map(({ target }) => target);
            looked.add(understanding.root);
            for (const occurrence of targets.length === 0 ? [] : sameNamed(understanding.lowered.occurrences, targets)) {
                found.set(placeOf(occurrence.at), occurrence);
                if (occurrence.role === 'definition' && occurrence.at.uri !== next.uri) {
                    open.push({ uri: occurrence.at.uri, position: occurrence.at.start });
                }
            }
        }
    }
    return [...found.values()];
}

export function holds({ start, end }: SourceRange, { line, character }: Position): boolean {
    return (
        (start.line < line || (start.line === line && start.character <= character)) && (end.line > line || (end.line === line && character <= end.character))
    );
}

export function toLocation({ uri, start, end }: SourceRange, spelling: (uri: string) => string): Location {
    return { uri: spelling(uri), range: { start, end } };
}

export function placeOf({ uri, start, end }: SourceRange): string {
    return `${uri} ${start.line}:${start.character}-${end.line}:${end.character}`;
}
