/** Formats the text of a file as the command line does: whole, and only if it follows the grammar, since nobody looks at it meanwhile. */

import { EmptyFileSystem } from 'langium';
import { checkGrammar } from '#language/checks/syntax.ts';
import { formatDocument, formatText } from '#language/formatter/format.ts';
import { formatDefaults } from '#language/formatter/format-options.ts';
import { ProblemList } from '#language/problems.ts';
import { createStrataServices, parseText } from '#language/services.ts';

export type FormattedFile =
    | { readonly kind: 'formatted'; readonly text: string }
    /** Place and message of the first error, lines and columns from 1. */
    | { readonly kind: 'broken'; readonly line: number; readonly column: number; readonly code: string; readonly message: string }
    | { readonly kind: 'refused'; readonly because: string };

export type FormatFile = (text: string) => FormattedFile;

export function createFileFormatter(): FormatFile {
    const services = createStrataServices(EmptyFileSystem);
    return (text) => {
        const document = parseText(services, text, 'file:///text.strata');
        const problems = new ProblemList();
        checkGrammar(document, problems.report);
        const [first] = problems.all();
        if (first !== undefined) {
            const { line, character } = first.at.start;
            return { kind: 'broken', line: line + 1, column: character + 1, code: first.code, message: first.message };
        }
        const formatted = formatDocument(services, document, formatDefaults);
        return formatted.kind === 'refused' ? formatted : { kind: 'formatted', text: formatText(text, formatted) };
    };
}
