/** From nodes of the syntax tree to places in the text. */
import { type AstNode, AstUtils, type CstNode, GrammarAST, isCompositeCstNode } from 'langium';
import type { SourceRange } from '../origins.ts';

/** The whole text of a node; the start of the file where the parser made it up. */
export const rangeOf = (node: AstNode): SourceRange => rangeOfText(node, node.$cstNode);

/** The text of one property, or of the node's keyword where the property is missing. */
export function rangeOfProperty(node: AstNode, property: string, index = 0): SourceRange {
    const found = nodesOfProperty(node, property, index).at(-1);
    return found === undefined ? rangeOfKeyword(node) : rangeOfText(node, found);
}

/** The property's nodes up to the wanted one, in the order of the text; Langium's own search looks at the whole node and makes a list at every step. */
function nodesOfProperty(node: AstNode, property: string, index: number): readonly CstNode[] {
    const found: CstNode[] = [];
    const open: CstNode[] = isCompositeCstNode(node.$cstNode) ? node.$cstNode.content.toReversed() : [];
    for (let next = open.pop(); next !== undefined && found.length <= index; next = open.pop()) {
        if (featureOf(next) === property) {
            found.push(next);
        } else if (isCompositeCstNode(next) && next.astNode === node) {
            open.push(...next.content.toReversed());
        }
    }
    return found;
}

const features = new WeakMap<object, string>();

/** The property that the grammar gives a piece of text to; empty where to none. */
function featureOf({ grammarSource }: CstNode): string {
    if (grammarSource === undefined) {
        return '';
    }
    const feature = features.get(grammarSource) ?? AstUtils.getContainerOfType(grammarSource, GrammarAST.isAssignment)?.feature ?? '';
    features.set(grammarSource, feature);
    return feature;
}

/** The first word of a node. */
export function rangeOfKeyword(node: AstNode): SourceRange {
    const whole = rangeOf(node);
    const length = /^[\w-]+|^./.exec(node.$cstNode?.text ?? '')?.[0].length ?? 0;
    return { ...whole, end: { line: whole.start.line, character: whole.start.character + length } };
}

export const uriOf = (node: AstNode): string => AstUtils.getDocument(node).uri.toString();

function rangeOfText(node: AstNode, text: CstNode | undefined): SourceRange {
    const start = text?.range.start ?? { line: 0, character: 0 };
    const end = text?.range.end ?? start;
    return { uri: uriOf(node), start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
}
