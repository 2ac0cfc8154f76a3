/** What a definition says of itself: its doc comment, and its text. */
import type { SourceRange } from '#language/origins.ts';
import { isReadable } from '../sources.ts';
import { itemAt } from '../syntax-at.ts';
import type { Workspace } from '../workspace.ts';
import { docCommentBefore } from './doc-comment.ts';
import { codeBlock, escapeMarkdown } from './markdown.ts';

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

/** Both as Markdown: the comment, and the text, whose figures carry their sources. */
export function explainDefinition(name: SourceRange, workspace: Workspace): string {
    const [comment, text] = [describeDefinition(name, workspace), definitionText(name, workspace)];
    return [...(comment === undefined ? [] : [escapeComment(comment)]), ...(text === undefined ? [] : [codeBlock(shortened(text))])].join('\n\n');
}

/** Line breaks of a comment are kept as paragraphs and line breaks of Markdown. */
export function escapeComment(comment: string): string {
    return comment.split(/\n/).map(escapeMarkdown).join('  \n');
}

const mostLines = 30;

export function shortened(text: string): string {
    const lines = text.split(/\r?\n/);
    return lines.length <= mostLines ? text : [...lines.slice(0, mostLines), '// …'].join('\n');
}
