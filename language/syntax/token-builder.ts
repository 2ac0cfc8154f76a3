/** Puts the words of the grammar into classes, so that an element may be called `memory` without a rule of a hundred alternatives. */
import { DefaultTokenBuilder, type Grammar, type TokenBuilderOptions } from 'langium';
import type { TokenTypes } from './lexer.ts';

/** Words that can't begin an operand, because they join or negate conditions. */
const conditionWords = new Set(['not', 'and', 'or']);

export class StrataTokenBuilder extends DefaultTokenBuilder {
    override buildTokens(grammar: Grammar, options?: TokenBuilderOptions): TokenTypes[string][] {
        const tokens = super.buildTokens(grammar, options);
        if (!Array.isArray(tokens)) {
            throw new Error('The default token builder gives a list.');
        }
        const name = tokens.find((token) => token.name === 'NAME');
        const operand = tokens.find((token) => token.name === 'OPERAND');
        for (const token of tokens) {
            if (token.name === 'ID' || isWord(token.PATTERN)) {
                token.CATEGORIES = [name, conditionWords.has(token.name) ? undefined : operand].filter((category) => category !== undefined);
            }
        }
        return tokens;
    }
}

const isWord = (pattern: unknown): boolean => typeof pattern === 'string' && /^[a-z]/.test(pattern);
