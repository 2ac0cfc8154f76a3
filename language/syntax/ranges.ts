/** From nodes of the syntax tree to places in the text. */
import { type AstNode, AstUtils, type CstNode, GrammarUtils } from 'langium';
import type { SourceRange } from '../origins.ts';

/** The whole text of a node; the start of the file where the parser made it up. */
export const rangeOf = (node: AstNode): SourceRange => rangeOfText(node, node.$cstNode);

/** The text of one property, or of the node's keyword where the property is missing. */
export function rangeOfProperty(node: AstNode, property: string, index = 0): SourceRange {
    const found = GrammarUtils.findNodeForProperty(node.$cstNode, property, index);
    return found === undefined ? rangeOfKeyword(node) : rangeOfText(node, found);
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
