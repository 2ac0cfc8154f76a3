/** Puts the language together from Langium's services: the parser and the document lifecycle; everything about meaning is in plain functions. */
import {
    createDefaultCoreModule,
    createDefaultSharedCoreModule,
    DefaultScopeComputation,
    DefaultServiceRegistry,
    type DefaultSharedCoreModuleContext,
    EMPTY_STREAM,
    inject,
    type LangiumCoreServices,
    type LangiumDocument,
    type LangiumSharedCoreServices,
    type Linker,
    type Module,
    type PartialLangiumCoreServices,
    type ReferenceDescriptionProvider,
    URI,
} from 'langium';
import type { Document } from './generated/ast.ts';
import { StrataGeneratedModule, StrataGeneratedSharedModule } from './generated/module.ts';
import { StrataLexer } from './syntax/lexer.ts';
import { createStrataParser } from './syntax/parser.ts';
import { StrataParserMessages } from './syntax/parser-messages.ts';
import { StrataTokenBuilder } from './syntax/token-builder.ts';
import { StrataValueConverter } from './syntax/value-converter.ts';

/** A parsed file. Invariant: nothing keeps a document or a node of it across builds. */
export type StrataDocument = LangiumDocument<Document>;

/** The language's own part, to be injected over Langium's defaults, in a language server over `createDefaultModule` of `langium/lsp`. */
export const strataModule: Module<LangiumCoreServices, PartialLangiumCoreServices> = {
    parser: {
        LangiumParser: (services) => createStrataParser(services),
        Lexer: (services) => new StrataLexer(services),
        TokenBuilder: () => new StrataTokenBuilder(),
        ValueConverter: () => new StrataValueConverter(),
        ParserErrorMessageProvider: () => new StrataParserMessages(),
    },
    references: {
        Linker: (services) => withoutReferences(services),
        ScopeComputation: (services) => new NoSymbols(services),
    },
    workspace: {
        ReferenceDescriptionProvider: (): ReferenceDescriptionProvider => ({ createDescriptions: async () => [] }),
    },
};

export { StrataGeneratedModule, StrataGeneratedSharedModule };

export interface StrataServices {
    readonly shared: LangiumSharedCoreServices;
    readonly strata: LangiumCoreServices;
}

/** Services without an editor around them: for the command line, the worker and tests. `context` is `EmptyFileSystem` or `NodeFileSystem`. */
export function createStrataServices(context: DefaultSharedCoreModuleContext): StrataServices {
    const shared = inject(createDefaultSharedCoreModule(context), StrataGeneratedSharedModule, { ServiceRegistry: () => new OneLanguage() });
    const strata = inject(createDefaultCoreModule({ shared }), StrataGeneratedModule, strataModule);
    shared.ServiceRegistry.register(strata);
    return { shared, strata };
}

/** Parses one text into a document that no workspace knows: all that `lower` needs. */
export function parseText(services: StrataServices, text: string, uri: string): StrataDocument {
    return services.shared.workspace.LangiumDocumentFactory.fromString<Document>(text, URI.parse(uri));
}

/** Whatever is given is read as Strata: an editor's file without a name has no ending, and an import may name a file with another. */
class OneLanguage extends DefaultServiceRegistry {
    override getServices(): LangiumCoreServices {
        const [strata] = this.all;
        if (strata === undefined) {
            throw new Error('The services of the language are not registered.');
        }
        return strata;
    }
}

/** The grammar has no cross-references: names are resolved over a whole topology by `names/`. So Langium's own walks over the tree find nothing to do. */
class NoSymbols extends DefaultScopeComputation {
    override async collectExportedSymbols(): Promise<never[]> {
        return [];
    }
    override async collectLocalSymbols(): ReturnType<DefaultScopeComputation['collectLocalSymbols']> {
        return { getStream: () => EMPTY_STREAM } as never;
    }
}

function withoutReferences(_services: LangiumCoreServices): Linker {
    const never = (): never => {
        throw new Error('The grammar has no cross-references.');
    };
    return {
        link: async () => undefined,
        unlink: () => undefined,
        getCandidate: never,
        getCandidates: never,
        buildReference: never,
        buildMultiReference: never,
    };
}
