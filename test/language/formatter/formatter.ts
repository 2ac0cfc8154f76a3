/** The formatter as tests call it, and texts to try it on. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Formatted, formatDocument, formatRange, formatText, formatTyped } from '#language/formatter/format.ts';
import { type FormatOptions, formatDefaults } from '#language/formatter/format-options.ts';
import { cutIntoPieces, type Piece } from '#language/formatter/pieces.ts';
import { parseText, type StrataDocument } from '#language/services.ts';
import { services } from '../../helpers/strata.ts';

export const parse = (text: string): StrataDocument => parseText(services, text, 'file:///text.strata');

/** Formats a whole text; a refusal is the formatter's bug, and fails the test. */
export function format(text: string, options: Partial<FormatOptions> = {}): string {
    return applied(text, formatDocument(services, parse(text), { ...formatDefaults, ...options }));
}

/** Formats the lines between two `<|>`. */
export function formatMarkedRange(marked: string): string {
    const [before = '', selected = '', after = ''] = marked.split('<|>');
    const text = before + selected + after;
    return applied(text, formatRange(services, parse(text), { start: before.length, end: before.length + selected.length }, formatDefaults));
}

/** Formats what was just typed before `<|>`, and shows where the cursor is afterwards. */
export function formatMarkedTyping(marked: string, options: Partial<FormatOptions> = {}): string {
    const offset = marked.indexOf('<|>');
    const text = marked.replace('<|>', '');
    const formatted = formatTyped(services, parse(text), text[offset - 1] === '}' ? '}' : '\n', offset, { ...formatDefaults, ...options });
    const after = applied(text, formatted);
    const moved = formatted.kind === 'edits' ? formatted.edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0) : 0;
    return `${after.slice(0, offset + moved)}<|>${after.slice(offset + moved)}`;
}

/** What must be the same before and after: every token, comment and stray, but for blanks before units, and indentation within block comments. */
export function meaningOf(text: string): readonly (readonly [kind: string, text: string])[] {
    return cutIntoPieces(services.strata.parser.Lexer, text, 4).map(({ kind, text: written }: Piece) => [
        kind,
        kind === 'ML_COMMENT' ? written.replaceAll(/\s*[\r\n]\s*/g, '\n') : written,
    ]);
}

export const withoutWhitespace = (text: string): string => text.replaceAll(/\s/g, '');

/** Texts by file name. */
export function strataFiles(folder: string): ReadonlyMap<string, string> {
    const files = readdirSync(folder).filter((name) => name.endsWith('.strata'));
    return new Map(files.map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, 'utf8')]));
}

function applied(text: string, formatted: Formatted): string {
    if (formatted.kind === 'refused') {
        throw new Error(formatted.because);
    }
    return formatText(text, formatted);
}
