/** Cuts text into tokens in one pass, and keeps what a parser can't stand (stray brackets, bottomless nesting) away from it. */
import type { LangiumCoreServices, Lexer, LexerResult } from 'langium';
import { quantityPattern } from '../units.ts';

export type TokenTypes = Lexer['definition'];
type TokenType = TokenTypes[string];
type Token = LexerResult['tokens'][number];

/** What the lexer has to say; `code` and `facts` end up in the problem. */
export interface LexerError {
    readonly code: 'syntax' | 'nesting' | 'reserved-name';
    readonly message: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    readonly column: number;
    readonly facts: Readonly<Record<string, string>>;
}

/**
 * Brackets may nest this deep: everything that follows the text recurses once a level.
 * On Node's default stack of 984 kB the parser survives 300 braces, 330 parentheses in a value and 150 in a condition;
 * test/language/robustness.test.ts holds that twice the bound does.
 */
export const maximumNesting = 48;

export class StrataLexer implements Lexer {
    readonly definition: TokenTypes;
    private readonly keywords: ReadonlyMap<string, TokenType>;
    private readonly nesting: number;

    constructor(services: LangiumCoreServices, nesting = maximumNesting) {
        this.nesting = nesting;
        const tokens = services.parser.TokenBuilder.buildTokens(services.Grammar);
        if (!Array.isArray(tokens)) {
            throw new Error('The token builder gives a list.');
        }
        this.definition = Object.fromEntries(tokens.map((token) => [token.name, token]));
        this.keywords = new Map(tokens.filter((token) => typeof token.PATTERN === 'string').map((token) => [token.name, token]));
    }

    tokenize(text: string): LexerResult {
        const scan = new Scan(text, this.definition, this.keywords, this.nesting);
        scan.run();
        return { tokens: scan.tokens, hidden: scan.hidden, errors: scan.errors };
    }
}

/** Order matters: comments before `/`, words before nothing, quantities before `.`; the last group is whatever is left. */
const tokenPattern = new RegExp(
    [
        String.raw`(\s+)`,
        String.raw`(//[^\n\r]*)`,
        String.raw`(/\*[\s\S]*?(?:\*/|$))`,
        '([A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)',
        `(${quantityPattern()})`,
        String.raw`("(?:\\[^\r\n]|[^"\\\r\n])*"?)`,
        String.raw`(\.\.|[=!<>]=|[{}()[\].,=<>*/+-])`,
    ].join('|'),
    'y',
);
const group = { space: 1, lineComment: 2, blockComment: 3, word: 4, quantity: 5, string: 6, punctuation: 7 } as const;
const numberNext = /[ \t]+\d/y;
const closing: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** One run over one text. */
class Scan {
    readonly tokens: Token[] = [];
    readonly hidden: Token[] = [];
    readonly errors: LexerError[] = [];
    private readonly text: string;
    private readonly types: TokenTypes;
    private readonly keywords: ReadonlyMap<string, TokenType>;
    private readonly nesting: number;
    private offset = 0;
    private line = 1;
    private lineStart = 0;
    /** Brackets that are open, outermost first. */
    private readonly open: Token[] = [];
    /** How many of them are left out because they nest too deep. */
    private dropped = 0;

    constructor(text: string, types: TokenTypes, keywords: ReadonlyMap<string, TokenType>, nesting: number) {
        this.text = text;
        this.types = types;
        this.keywords = keywords;
        this.nesting = nesting;
    }

    run(): void {
        const { text } = this;
        while (this.offset < text.length) {
            tokenPattern.lastIndex = this.offset;
            const match = tokenPattern.exec(text);
            if (match === null) {
                this.unexpected();
            } else if (match[group.space] !== undefined) {
                this.advance(match[0]);
            } else {
                this.take(match);
            }
        }
        for (const bracket of this.open) {
            this.report(bracket, `This \`${bracket.image}\` is never closed. Put \`${closing[bracket.image]}\` where it ends.`, {
                missing: closing[bracket.image] ?? '',
            });
        }
    }

    private take(match: RegExpExecArray): void {
        const image = match[0];
        if (match[group.word] !== undefined) {
            this.word(image);
        } else if (match[group.quantity] !== undefined) {
            this.push(this.token('QUANTITY', image));
        } else if (match[group.punctuation] !== undefined) {
            this.punctuation(image);
        } else if (match[group.string] !== undefined) {
            const token = this.token('STRING', image);
            this.push(token);
            if (image.length < 2 || !image.endsWith('"')) {
                this.report(token, 'This text has no closing quote. Put `"` where it ends.', { missing: '"' });
            }
        } else {
            this.comment(image, match[group.blockComment] !== undefined);
        }
    }

    /** A word behind a bare number on its line is the number's unit, unless it is a keyword, or a misspelt one with a number of its own. */
    private word(image: string): void {
        const keyword = this.keywords.get(image);
        const last = this.tokens.at(-1);
        if (keyword === undefined && last !== undefined && this.isBareNumber(last) && !this.isNumberNext(image)) {
            last.image = this.text.slice(last.startOffset, this.offset + image.length);
            last.endOffset = this.offset + image.length - 1;
            last.endColumn = last.endOffset - this.lineStart + 1;
            this.offset += image.length;
        } else {
            this.push(keyword === undefined ? this.token('ID', image) : this.token(keyword, image));
            if (image === 'for' && this.tokens.at(-3)?.image === 'template') {
                this.nameOnly(this.tokens.at(-2), 'template');
            }
        }
    }

    /** Only blanks lie between the number and the word at the current place. */
    private isBareNumber(token: Token): boolean {
        return (
            token.tokenType === this.types['QUANTITY'] &&
            token.endLine === this.line &&
            /\d$/.test(token.image) &&
            /^[ \t]*$/.test(this.text.slice((token.endOffset ?? 0) + 1, this.offset))
        );
    }

    private isNumberNext(image: string): boolean {
        numberNext.lastIndex = this.offset + image.length;
        return numberNext.test(this.text);
    }

    private punctuation(image: string): void {
        const token = this.token(image, image);
        if (image in closing) {
            this.open.push(token);
            if (this.open.length > this.nesting) {
                if (this.dropped === 0) {
                    this.report(
                        token,
                        `Brackets nest deeper than ${this.nesting} levels here. Take something out into an element, a template or a let of its own.`,
                        {},
                        'nesting',
                    );
                }
                this.dropped++;
            }
        } else if (image === '}' || image === ')' || image === ']') {
            this.close(token);
            return;
        } else if (image === '=' && this.tokens.at(-2)?.image === 'let') {
            this.nameOnly(this.tokens.at(-1), 'let');
        } else if (image === '=') {
            if (this.isInExpectation()) {
                this.report(token, 'Two values are compared with `==`. Write `==` instead of `=`.', {});
            } else {
                this.report(token, 'A statement has no `=`: its value follows the key, as in `memory 4 GiB`. Leave it out.', { remove: '=' });
            }
            return;
        }
        this.push(token);
    }

    /** Whether the line began with `expect`, as far as an expectation that a person writes is long. */
    private isInExpectation(): boolean {
        for (let index = this.tokens.length - 1; index >= 0 && index >= this.tokens.length - longestExpectation; index--) {
            const token = this.tokens[index];
            if (token?.startLine !== this.line) {
                return false;
            }
            if (token.image === 'expect') {
                return true;
            }
        }
        return false;
    }

    /** Lets and templates are called by words of one's own; what was meant as a name is read as one all the same. */
    private nameOnly(token: Token | undefined, owner: string): void {
        const type = this.types['ID'];
        if (token !== undefined && type !== undefined && token.tokenType !== type && /^[a-z]/.test(token.image)) {
            token.tokenType = type;
            token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
            const free = `my-${token.image}`;
            this.report(
                token,
                `\`${token.image}\` is a word of the language, so no ${owner} can have this name. Choose another, as in \`${free}\`.`,
                { name: token.image, instead: free },
                'reserved-name',
            );
        }
    }

    private close(token: Token): void {
        const index = this.open.findLastIndex((bracket) => closing[bracket.image] === token.image);
        const blocked = token.image !== '}' && this.open.findLastIndex((bracket) => bracket.image === '{') > index;
        if (index < 0 || blocked) {
            this.report(token, `This \`${token.image}\` closes nothing. Leave it out, or open it before.`, { remove: token.image });
            return;
        }
        for (const bracket of this.open.splice(index).slice(1)) {
            this.report(bracket, `This \`${bracket.image}\` is never closed. Put \`${closing[bracket.image]}\` where it ends.`, {
                missing: closing[bracket.image] ?? '',
            });
        }
        this.push(token);
        this.dropped = Math.max(0, Math.min(this.dropped, this.open.length - this.nesting));
    }

    /** Leaves out what stands too deep, and the brackets around it. */
    private push(token: Token): void {
        if (this.dropped === 0) {
            this.tokens.push(token);
        }
    }

    private comment(image: string, isBlock: boolean): void {
        const token = this.token(isBlock ? 'ML_COMMENT' : 'SL_COMMENT', image);
        this.hidden.push(token);
        if (isBlock && (image.length < 4 || !image.endsWith('*/'))) {
            this.errors.push(errorAt(token, 2, 'syntax', 'This comment is never closed. Put `*/` where it ends.', { missing: '*/' }));
        }
    }

    /** Characters that begin no token, up to the next that may. */
    private unexpected(): void {
        const rest = /[^\s\w"{}()[\].,=<>*/+-]+|./suy;
        rest.lastIndex = this.offset;
        const image = rest.exec(this.text)?.[0] ?? this.text.charAt(this.offset);
        const token = this.token('ID', image);
        const advice = separators.get(image);
        this.report(token, advice ?? `Strata has no ${describe(image)}. Leave it out.`, { remove: image.length > 40 ? '' : image });
    }

    private token(type: string | TokenType, image: string): Token {
        const tokenType = typeof type === 'string' ? this.types[type] : type;
        if (tokenType === undefined) {
            throw new Error(`The grammar has no token ${String(type)}.`);
        }
        const startOffset = this.offset;
        const startLine = this.line;
        const startColumn = startOffset - this.lineStart + 1;
        this.advance(image);
        return {
            image,
            startOffset,
            startLine,
            startColumn,
            endOffset: this.offset - 1,
            endLine: this.line,
            endColumn: this.offset - this.lineStart,
            tokenType,
            tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
        };
    }

    private advance(image: string): void {
        for (let index = 0; index < image.length; index++) {
            const character = image.charCodeAt(index);
            if (character === 10 || (character === 13 && image.charCodeAt(index + 1) !== 10)) {
                this.line++;
                this.lineStart = this.offset + index + 1;
            }
        }
        this.offset += image.length;
    }

    private report(token: Token, message: string, facts: LexerError['facts'], code: LexerError['code'] = 'syntax'): void {
        this.errors.push(errorAt(token, token.image.length, code, message, facts));
    }
}

/** In tokens. */
const longestExpectation = 64;

const errorAt = (token: Token, length: number, code: LexerError['code'], message: string, facts: LexerError['facts']): LexerError => ({
    code,
    message,
    offset: token.startOffset,
    length,
    line: token.startLine ?? 1,
    column: token.startColumn ?? 1,
    facts,
});

const separators: ReadonlyMap<string, string> = new Map(
    Object.entries({
        ':': 'A statement has no `:`: its value follows the key, as in `memory 4 GiB`. Leave it out.',
        ';': 'A statement has no `;` at its end. Leave it out.',
        "'": 'Text stands in double quotes, as in "docker.io/library/nginx". Write `"` instead of `\'`.',
        '#': 'A comment begins with `//`. Write `//` instead of `#`.',
    }),
);

const describe = (image: string): string => (image.length > 40 ? `such characters (${image.length} of them)` : `\`${image}\``);
