/** The catalog: every figure says where it comes from, or that it comes from nowhere. */
import { describe, expect, test } from 'vitest';
import { isBareZero } from '#language/expressions/statement-value.ts';
import type { Item } from '#language/generated/ast.ts';
import { readLiteral } from '#language/units.ts';
import { docCommentBefore } from '#server/explain/doc-comment.ts';
import { catalog } from '../helpers/strata.ts';

type Definition = Extract<Item, { readonly $type: 'TypeDefinition' | 'OsItem' | 'ImageItem' }>;

const definitions = catalog.flatMap((document) =>
    document.parseResult.value.items
        .filter((item): item is Definition => ['TypeDefinition', 'OsItem', 'ImageItem'].includes(item.$type))
        .map((item) => ({
            name: `${document.uri.path.slice(1)}: ${item.name ?? ''}`,
            item,
            text: document.textDocument.getText(),
        })),
);

test('the catalog defines something of every kind', () => {
    expect(new Set(definitions.map(({ item }) => (item.$type === 'TypeDefinition' ? item.of : item.$type)))).toEqual(
        new Set(['hypervisor', 'engine', 'runtime', 'OsItem', 'ImageItem']),
    );
});

describe.each(definitions)('$name', ({ item, text }) => {
    const commentOf = ({ $cstNode }: { readonly $cstNode?: { readonly offset: number } }): string =>
        ($cstNode && docCommentBefore(text, $cstNode.offset)) ?? '';
    // What stands on one line is all of one source.
    const shared = item.$cstNode?.text.includes('\n') === true ? '' : commentOf(item);

    test('says what it is', () => {
        expect(commentOf(item)).toMatch(/\w.*\./);
    });

    test('has a source for every figure, or says that there is none', () => {
        const bare = (item.body?.items ?? []).filter(isFigure).filter((figure) => !hasSource(commentOf(figure) || shared));
        expect(bare.map((figure) => figure.$cstNode?.text)).toEqual([]);
    });
});

/** Nothing costs nothing: zero needs a source only where somebody gives one. */
function isFigure(item: Item): boolean {
    if (item.$type === 'MemoryTable') {
        return true;
    }
    const value = item.$type === 'Quantity' ? item.value : undefined;
    return value !== undefined && !(value.$type === 'Literal' && (isBareZero(value) || readLiteral(value.text ?? '').amount === 0));
}

const hasSource = (comment: string): boolean => /\bSource: \S|\bSources: \S|\b[Nn]o (\w+ )?(published|public) |\bMeasured on \S/.test(comment);
