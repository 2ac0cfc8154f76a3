/** What a definition says of itself: its doc comment, and its text. */
import type { SourceRange } from '#language/origins.ts';
import { isReadable } from '../sources.ts';
import { itemAt } from '../syntax-at.ts';
import type { Workspace } from '../workspace.ts';
import { docCommentBefore } from './doc-comment.ts';

/** The doc comment of the item whose name stands there. */
export function describeDefinition(name: SourceRange, workspace: Workspace): string | undefined {
    const source = workspace.sources.get(name.uri);
    const node = isReadable(source) ? itemAt(source, name.start)?.$cstNode : undefined;
    return node === undefined || !isReadable(source) ? undefined : docCommentBefore(source.text, node.offset);
}

/** The text of the item whose name stands there, without its doc comment. */
export function definitionText(name: SourceRange, workspace: Workspace): string | undefined {
    const source = workspace.sources.get(name.uri);
    return isReadable(source) ? itemAt(source, name.start)?.$cstNode?.text : undefined;
}
