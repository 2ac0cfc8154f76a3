/** Text must follow the grammar. */
import type { Problem, SourceRange } from '../origins.ts';
import type { Report } from '../problems.ts';
import type { StrataDocument } from '../services.ts';
import type { LexerError } from '../syntax/lexer.ts';
import type { Check } from './check.ts';
import { nesting } from './nesting.ts';
import { reservedName } from './reserved-name.ts';

export const syntax: Check = {
    code: 'syntax',
    severity: 'error',
    title: 'Text must follow the grammar',
    explanation:
        'The text does not follow the grammar at this place: a bracket is open, a name or a value is missing, or a character has no meaning here. The rest of the file is still read.',
    facts: { remove: 'text to leave out, if that is the remedy', missing: 'text to put in, if that is the remedy' },
};

/** What lexer and parser did not understand, as problems with a place. */
export function checkGrammar(document: StrataDocument, report: Report): void {
    const { lexerErrors, parserErrors } = document.parseResult;
    const errors = lexerErrors as unknown as readonly LexerError[];
    for (const { code, offset, length, message, facts } of errors) {
        report(lexerChecks[code], { at: rangeOfText(document, offset, length), message, facts });
    }
    // An open bracket was reported where it opens; that the text ends too early is its consequence.
    const isOpen = errors.some((error) => /[})\]]/.test(error.facts['missing'] ?? ''));
    if (errors.some((error) => error.code === 'nesting')) {
        return;
    }
    for (const { token, message, previousToken } of parserErrors as readonly ParserError[]) {
        const isAtEnd = Number.isNaN(token.startOffset) || token.image === '';
        if (!isAtEnd) {
            report(syntax, { at: rangeOfText(document, token.startOffset, token.image.length), message });
        } else if (!isOpen) {
            const last = previousToken !== undefined && !Number.isNaN(previousToken.startOffset) ? previousToken : undefined;
            report(syntax, { at: last === undefined ? endOf(document) : rangeOfText(document, last.startOffset, last.image.length), message });
        }
    }
}

const lexerChecks = { syntax, nesting, 'reserved-name': reservedName } as const;

interface ParserToken {
    readonly image: string;
    readonly startOffset: number;
}
interface ParserError {
    readonly message: string;
    readonly token: ParserToken;
    readonly previousToken?: ParserToken;
}

function rangeOfText(document: StrataDocument, offset: number, length: number): SourceRange {
    const { textDocument } = document;
    return { uri: document.uri.toString(), start: textDocument.positionAt(offset), end: textDocument.positionAt(offset + length) };
}

const endOf = (document: StrataDocument): Problem['at'] => rangeOfText(document, document.textDocument.getText().trimEnd().length, 0);
