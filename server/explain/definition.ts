/** What a definition says of itself: its doc comment, and its text. */
import type { SourceRange } from '#language/origins.ts';
import { type AstNode, CstUtils } from 'langium';
import { isReadable, type Source } from '../sources.ts';
import type { Workspace } from '../workspace.ts';
import { docCommentBefore } from './doc-comment.ts';

/** The doc comment of the item whose name stands there. */
export function describeDefinition(name: SourceRange, workspace: Workspace): string | undefined {
    const source = workspace.sources.get(name.uri);
    const item = isReadable(source) ? itemAround(source, name) : undefined;
    return item === undefined || !isReadable(source) ? undefined : docCommentBefore(source.text, item.$cstNode?.offset ?? 0);
}

/** The text of the item whose name stands there, without its doc comment. */
export function definitionText(name: SourceRange, workspace: Workspace): string | undefined {
    const source = workspace.sources.get(name.uri);
    return isReadable(source) ? itemAround(source, name)?.$cstNode?.text : undefined;
}

/** The innermost item of a file or body that holds the place. */
function itemAround({ document }: Source, { start }: SourceRange): AstNode | undefined {
    const root = document.parseResult.value.$cstNode;
    if (root === undefined) {
        return undefined;
    }
    let node: AstNode | undefined = CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(start))?.astNode;
    while (node !== undefined && node.$containerProperty !== 'items') {
        node = node.$container;
    }
    return node;
}
