/** A text that is parsed by way of its last version has the tree that it has when it is parsed whole. */
import { type AstNode, AstUtils, CstUtils, isAstNode, isLeafCstNode } from 'langium';
import { describe, expect, test } from 'vitest';
import { parseText, type StrataDocument } from '#language/services.ts';
import { reparse } from '#language/syntax/reparse.ts';
import { editedTexts } from '../helpers/mutated-texts.ts';
import { services, testUri } from '../helpers/strata.ts';

const parse = (text: string): StrataDocument => parseText(services, text, testUri);

/** Everything that anybody may ask a tree: nodes with their properties and places, the pieces of text, comments and how they hang together. */
function facts(document: StrataDocument): readonly unknown[] {
    const root = document.parseResult.value;
    const nodes = [root, ...AstUtils.streamAllContents(root)].map((node) => [
        node.$type,
        node.$containerProperty,
        node.$containerIndex,
        node.$container?.$type,
        node.$cstNode?.range,
        node.$cstNode?.text,
        Object.entries(node).flatMap(([key, value]) => (key.startsWith('$') || isNode(value) ? [] : [[key, value]])),
        AstUtils.getDocument(node) === document,
    ]);
    const leaves = root.$cstNode === undefined ? [] : CstUtils.streamCst(root.$cstNode).toArray();
    return [
        ...nodes,
        ...leaves.map((leaf) => [
            leaf.offset,
            leaf.end,
            leaf.range,
            leaf.hidden,
            leaf.text,
            leaf.astNode.$type,
            isLeafCstNode(leaf) ? leaf.tokenType.name : '',
            leaf.root === root.$cstNode,
        ]),
        document.textDocument.getText(),
        document.uri.toString(),
    ];
}

const isNode = (value: unknown): value is AstNode | readonly AstNode[] => isAstNode(value) || (Array.isArray(value) && value.every(isAstNode));

describe('after an edit', () => {
    const text = 'let n = 3\nhost a { cpu 4 }\n// Second.\nhost b {\n  memory 1 GiB\n} host c { cpu n }\n\nexpect a.cpu.granted < 3 cores\n';

    test.each([
        ['inside an item', text, text.replace('1 GiB', '12 GiB')],
        ['a line break in an item', text, text.replace('memory', '\n\nmemory')],
        ['nothing at all', text, text],
        ['an item is put in', text, text.replace('// Sec', 'host d { }\n// Sec')],
        ['an item is taken out', text, text.replace(/host b[\s\S]*GiB\n\}/, '')],
        ['a comment at the end', text, `${text}// The end.`],
        ['behind an item that ends without a brace', text, text.replace('let n = 3', 'let n = 3 + 4')],
        ['on the line of another item', text, text.replace('host b {', '/* x\n */ host b {')],
        ['from nothing', '', text],
        ['to nothing', text, ''],
        ['windows line ends', text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r\n').replace('1 GiB', '2 GiB\r\n')],
    ])('%s', (_, before, after) => {
        const document = reparse(services.strata, parse(before), after);
        expect(document && facts(document)).toEqual(facts(parse(after)));
    });

    test('items that it does not touch are the same nodes', () => {
        const before = parse(text);
        const [, a, b, c] = before.parseResult.value.items;
        const after = reparse(services.strata, before, text.replace('1 GiB', '12 GiB'))?.parseResult.value.items ?? [];
        expect([after[1] === a, after[2] === b, after[3] === c]).toEqual([true, false, true]);
    });

    test('what stands before a body that is edited is the same, even where it ends without a brace', () => {
        const before = parse(text);
        const [n] = before.parseResult.value.items;
        expect(reparse(services.strata, before, text.replace('cpu 4', 'cpu 8'))?.parseResult.value.items[0]).toBe(n);
    });

    test.each([
        ['that breaks the text', text, text.replace('cpu 4 }', 'cpu 4')],
        ['that mends it', text.replace('cpu 4 }', 'cpu 4'), text],
        ['that opens a comment', text, text.replace('cpu 4', '/* cpu 4')],
        ['that opens a comment which ends elsewhere', `${text}/* a */`, `${text.replace('cpu 4', '/* cpu 4')}/* a */`],
    ])('%s, all is parsed anew', (_, before, after) => {
        const old = parse(before);
        expect(reparse(services.strata, old, after)).toBeUndefined();
        expect(facts(old)).toEqual(facts(parse(before)));
    });
});

test('random edits, one after the other', () => {
    let document: StrataDocument | undefined;
    let partly = 0;
    for (const text of editedTexts(20261128, Number(process.env['STRATA_FUZZ'] ?? 300))) {
        const next = document === undefined ? undefined : reparse(services.strata, document, text);
        const whole = parse(text);
        if (next !== undefined) {
            partly++;
            expect(facts(next)).toEqual(facts(whole));
        }
        document = next ?? whole;
    }
    expect(partly).toBeGreaterThan(100);
}, 120_000);
