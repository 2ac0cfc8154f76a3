/** Extracts a figure of a statement: a `let` before the declaration it stands in, and its name in the figure's place. */
import { type AstNode, CstUtils } from 'langium';
import type { Range } from 'vscode-languageserver';
import { type Element, isElement, isLiteral, isQuantity, type Literal, type Quantity } from '#language/generated/ast.ts';
import { docCommentStart } from '../explain/doc-comment.ts';
import type { Source } from '../sources.ts';
import type { Understanding } from '../understanding.ts';
import { replaceOffsets } from './edits.ts';
import type { Fix } from './fix.ts';

/** Nothing where the range does not begin in a figure of a statement of an element. */
export function extractLet(source: Source, range: Range, { lowered }: Understanding): Fix | undefined {
    const found = figureAt(source, source.document.textDocument.offsetAt(range.start));
    const figure = found?.literal.$cstNode;
    const declaration = found && outermost(found.literal).$cstNode;
    if (found === undefined || figure === undefined || declaration === undefined) {
        return undefined;
    }
    const taken = new Set(lowered.occurrences.all.filter(({ target }) => target.kind === 'let').map(({ target }) => target.name));
    const name = freeName(found, taken);
    const start = docCommentStart(source.text, declaration.offset);
    return {
        title: `Extract \`${figure.text}\` as \`let ${name}\``,
        edits: [replaceOffsets(source, start, start, `let ${name} = ${figure.text}\n\n`), replaceOffsets(source, figure.offset, figure.end, name)],
    };
}

interface Figure {
    readonly literal: Literal;
    readonly statement: Quantity;
    readonly element: Element & { readonly name: string };
}

function figureAt({ document }: Source, offset: number): Figure | undefined {
    const root = document.parseResult.value.$cstNode;
    const literal = root && CstUtils.findLeafNodeAtOffset(root, offset)?.astNode;
    const statement = literal?.$container;
    const element = statement?.$container?.$container;
    if (!isLiteral(literal) || !isQuantity(statement) || !isElement(element) || element.name === undefined) {
        return undefined;
    }
    return { literal, statement, element: { ...element, name: element.name } };
}

/** The item of the file that holds the node. */
function outermost(node: AstNode): AstNode {
    let item = node;
    for (let next: AstNode | undefined = node; next?.$container !== undefined; next = next.$container) {
        item = next;
    }
    return item;
}

function freeName({ statement: { key, aspect }, element }: Figure, taken: ReadonlySet<string>): string {
    const wanted = [element.name, key, aspect].filter((part) => part !== undefined).join('-');
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) {
        name = `${wanted}-${number}`;
    }
    return name;
}
