/** Doc comments: what stands between `/**` and its end right before a declaration, without the decoration. */

/** The comment right before `offset`, as plain text with its line breaks. */
export function docCommentBefore(text: string, offset: number): string | undefined {
    const before = text.slice(0, offset).trimEnd();
    if (!before.endsWith('*/')) {
        return undefined;
    }
    const start = before.lastIndexOf('/*');
    const comment = before.slice(start);
    if (!comment.startsWith('/**') || comment === '/**/') {
        return undefined;
    }
    const plain = comment
        .slice(3, -2)
        .split(/\r?\n/)
        .map((line) => line.replace(/^\s*\*?[ \t]?/, '').trimEnd())
        .join('\n')
        .trim();
    return plain === '' ? undefined : plain;
}

/** Where the doc comment of a declaration begins; the declaration itself where it has none. */
export function docCommentStart(text: string, offset: number): number {
    return docCommentBefore(text, offset) === undefined ? offset : text.lastIndexOf('/*', offset);
}
