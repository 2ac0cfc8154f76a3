/** Langium's parser with a bound on its error recovery, which else recurses once for every slip in one body. */
import { type AstNode, createParser, type LangiumCoreServices, LangiumParser, type ParseResult, type ParserOptions } from 'langium';

/**
 * After so many slips the rest of the body is left unread: it takes a file of another language to get there.
 * Measured in test/language/robustness.test.ts: each takes about 700 bytes of the stack.
 */
export const maximumRecoveries = 200;

export function createStrataParser(services: LangiumCoreServices): LangiumParser {
    const parser = createParser(services.Grammar, new StrataParser(services), services.parser.Lexer.definition);
    parser.finalize();
    return parser;
}

/** Two decisions of the parser library: whether to go on in the same repetition, where it calls itself, and whether to skip one token to get what it expects. */
interface Recovering {
    shouldInRepetitionRecoveryBeTried(...details: readonly unknown[]): boolean;
    canRecoverWithSingleTokenDeletion(...details: readonly unknown[]): boolean;
    LA(howFar: number): { readonly image: string };
}

class StrataParser extends LangiumParser {
    private recoveries = 0;

    constructor(services: LangiumCoreServices) {
        super(services);
        const recovering = this.wrapper as unknown as Recovering;
        const shouldTry = recovering.shouldInRepetitionRecoveryBeTried.bind(recovering);
        recovering.shouldInRepetitionRecoveryBeTried = (...details) => shouldTry(...details) && ++this.recoveries <= maximumRecoveries;
        // Behind a half-typed `let` stands the keyword of the next line, which must keep its meaning.
        const mayDelete = recovering.canRecoverWithSingleTokenDeletion.bind(recovering);
        recovering.canRecoverWithSingleTokenDeletion = (...details) => !/^[A-Za-z]/.test(recovering.LA(1).image) && mayDelete(...details);
    }

    override parse<Root extends AstNode = AstNode>(input: string, options?: ParserOptions): ParseResult<Root> {
        this.recoveries = 0;
        return super.parse<Root>(input, options);
    }
}
