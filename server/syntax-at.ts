/** Nodes of the syntax tree by their place in the text. */
import { type AstNode, CstUtils } from 'langium';
import { type Element, isElement } from '#language/generated/ast.ts';
import type { TextPosition } from '#language/origins.ts';
import type { Source } from './sources.ts';

/** The innermost item of the file, or of a body, that holds the position. */
export function itemAt({ document }: Source, position: TextPosition): AstNode | undefined {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(position));
    let node: AstNode | undefined = leaf?.astNode;
    while (node !== undefined && node.$containerProperty !== 'items') {
        node = node.$container;
    }
    return node;
}

/** The innermost element whose declaration holds the position. */
export function elementNodeAt(source: Source, position: TextPosition): Element | undefined {
    let node = itemAt(source, position);
    while (node !== undefined && !isElement(node)) {
        node = node.$container;
    }
    return node;
}
