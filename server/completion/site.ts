/** Where something is being typed: what stands before it on the way from the file's beginning, and what is there of it already. */

import type { StrataServices } from '#language/services.ts';
import { type BodyKind, ruleFor, type StatementRule } from '#language/statements.ts';
import { type OpenBody, openBodies, scanWords, type Word } from './token-scan.ts';

export interface CompletionSite {
    readonly text: string;
    readonly offset: number;
    readonly body: OpenBody;
    /** The words of the body before what is being typed. */
    readonly before: readonly Word[];
    /** The path or word that is being typed, up to the cursor. */
    readonly typed: string;
    /** Where `typed` begins. */
    readonly start: number;
    /** The statement whose value is being typed. */
    readonly pending?: StatementRule;
}

/** Nothing where nothing can be completed: in a comment or a text. */
export function completionSite(services: StrataServices, text: string, offset: number): CompletionSite | undefined {
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    if (isInside(text, offset, line)) {
        return undefined;
    }
    const typed = /[A-Za-z_0-9][A-Za-z0-9_.[\]-]*$/.exec(line)?.[0] ?? '';
    const start = offset - typed.length;
    const bodies = openBodies(scanWords(services, text), start === offset ? offset + 1 : start + 1);
    const body = bodies.at(-1) ?? bodies[0];
    const before = body.words.filter(({ start: wordStart }) => wordStart < start);
    const pending = pendingStatement(body.kind, before);
    return { text, offset, body, before, typed, start, ...(pending !== undefined && { pending }) };
}

/** The words from the last `key` on, where it stands on the line of the cursor or the line goes on from there. */
export function wordsSince(site: CompletionSite, key: string): readonly Word[] | undefined {
    const index = site.before.findLastIndex(({ image }) => image === key);
    const word = site.before[index];
    if (word === undefined || site.text.slice(word.start, site.start).includes('\n')) {
        return undefined;
    }
    return site.before.slice(index);
}

function pendingStatement(kind: BodyKind, before: readonly Word[]): StatementRule | undefined {
    const last = before.at(-1)?.image;
    const beforeLast = before.at(-2)?.image;
    if (last === undefined) {
        return undefined;
    }
    return (beforeLast === undefined ? undefined : ruleFor(kind, `${beforeLast} ${last}`)) ?? ruleFor(kind, last);
}

/** In a line comment, a block comment or a text that is not closed on its line. */
function isInside(text: string, offset: number, line: string): boolean {
    const withoutTexts = line.replaceAll(/"(?:\\.|[^"\\])*"/g, '""');
    if (/\/\//.test(withoutTexts.replace(/"[^"]*$/, '"')) || /"[^"]*$/.test(withoutTexts.replaceAll('""', ''))) {
        return true;
    }
    return text.lastIndexOf('/*', offset - 1) > text.lastIndexOf('*/', offset - 1);
}
