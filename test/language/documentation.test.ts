/** Doc comments belong to what they stand before. */
import { AstUtils } from 'langium';
import { expect, test } from 'vitest';
import { parseText } from '#language/services.ts';
import { services, testUri } from '../helpers/strata.ts';

test('a doc comment reaches its declaration and its statement', () => {
    const document = parseText(services, '/** The shop. */\nhost a {\n  /** Measured. */\n  cpu 4\n  // no doc\n  memory 4 GiB\n}\n', testUri);
    const comments = [...AstUtils.streamAst(document.parseResult.value)].map((node) => [
        node.$type,
        services.strata.documentation.DocumentationProvider.getDocumentation(node),
    ]);
    expect(comments.filter(([, comment]) => comment !== undefined).filter(([type]) => type !== 'Document')).toEqual([
        ['Element', 'The shop.'],
        ['Quantity', 'Measured.'],
    ]);
});
