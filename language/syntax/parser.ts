/** Langium's parser with bounds: on its error recovery, which else recurses once for every slip in one body, and on its work for comments. */
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

/** The part of the tree builder that puts comments into the tree, asked once for every token. */
interface HiddenNodes {
    addHiddenNodes(tokens: readonly unknown[]): void;
}

/** Comments that are handed over at a time: the builder spreads them over one call, and the stack has an end. */
const commentsAtATime = 10_000;

class StrataParser extends LangiumParser {
    private recoveries = 0;

    constructor(services: LangiumCoreServices) {
        super(services);
        const recovering = this.wrapper as unknown as Recovering;
        const shouldTry = recovering.shouldInRepetitionRecoveryBeTried.bind(recovering);
        recovering.shouldInRepetitionRecoveryBeTried = (...details) => shouldTry(...details) && ++this.recoveries <= maximumRecoveries;
        // Without comments there is nothing to place; the builder would search the parent's children all the same, which costs their square.
        const builder = (this as unknown as { readonly nodeBuilder: HiddenNodes }).nodeBuilder;
        const addHiddenNodes = builder.addHiddenNodes.bind(builder);
        builder.addHiddenNodes = (tokens) => {
            for (let first = 0; first < tokens.length; first += commentsAtATime) {
                addHiddenNodes(tokens.slice(first, first + commentsAtATime));
            }
        };
        // Behind a half-typed `let` stands the keyword of the next line, which must keep its meaning.
        const mayDelete = recovering.canRecoverWithSingleTokenDeletion.bind(recovering);
        recovering.canRecoverWithSingleTokenDeletion = (...details) => !/^[A-Za-z]/.test(recovering.LA(1).image) && mayDelete(...details);
    }

    override parse<Root extends AstNode = AstNode>(input: string, options?: ParserOptions): ParseResult<Root> {
        this.recoveries = 0;
        return super.parse<Root>(input, options);
    }
}
