/** Edits that keep a text's look: its indentation, and bodies that stand on one line. */
import type { Element } from '#language/generated/ast.ts';
import type { SourceRange } from '#language/origins.ts';
import type { Source } from '../sources.ts';
import type { FixEdit } from './fix.ts';

export const indentUnit = '  ';

export function replace({ uri, start, end }: SourceRange, newText: string): FixEdit {
    return { uri, range: { start, end }, newText };
}

export function replaceOffsets({ uri, document }: Source, start: number, end: number, newText: string): FixEdit {
    return { uri, range: { start: document.textDocument.positionAt(start), end: document.textDocument.positionAt(end) }, newText };
}

/** A statement as the first of an element's body; the body is made where there is none. */
export function insertStatement(source: Source, element: Element, statement: string): FixEdit | undefined {
    const node = element.$cstNode;
    if (node === undefined) {
        return undefined;
    }
    const open = element.body?.$cstNode?.offset;
    if (open === undefined) {
        return replaceOffsets(source, node.end, node.end, ` { ${statement} }`);
    }
    const isOneLine = !(element.body?.$cstNode?.text ?? '').includes('\n');
    const inserted = isOneLine ? ` ${statement} ` : `\n${indentAt(source, node.offset)}${indentUnit}${statement}`;
    const rest = source.text.slice(open + 1);
    const skipped = isOneLine ? rest.length - rest.trimStart().length : 0;
    return replaceOffsets(source, open + 1, open + 1 + skipped, inserted);
}

/** Lines as the last of an element's body, indented as its content is. */
export function appendLines(source: Source, element: Element, lines: readonly string[]): FixEdit | undefined {
    const body = element.body?.$cstNode;
    if (body === undefined) {
        return undefined;
    }
    const indent = indentAt(source, element.$cstNode?.offset ?? body.offset);
    const close = body.end - 1;
    const contentEnd = source.text.slice(0, close).trimEnd().length;
    return replaceOffsets(source, contentEnd, close, `\n${indented(lines, indent + indentUnit).join('\n')}\n${indent}`);
}

/** Takes a range away, with its line where nothing else stands on it. */
export function remove({ start, end }: SourceRange, source: Source): FixEdit {
    const { textDocument } = source.document;
    return removeOffsets(source, textDocument.offsetAt(start), textDocument.offsetAt(end));
}

export function removeOffsets(source: Source, start: number, end: number): FixEdit {
    const lineStart = source.text.lastIndexOf('\n', start - 1) + 1;
    const nextLine = source.text.indexOf('\n', end);
    const lineEnd = nextLine < 0 ? source.text.length : nextLine + 1;
    const isAlone = source.text.slice(lineStart, start).trim() === '' && source.text.slice(end, lineEnd).trim() === '';
    if (isAlone) {
        // A blank line before it parted it from what stands above; at the end of a body, or before another blank line, it parts nothing.
        const blank = /\n([ \t]*\r?\n)$/.exec(source.text.slice(0, lineStart))?.[1] ?? '';
        const partsNothing = /^[ \t]*(?:\r?\n|\}|$)/.test(source.text.slice(lineEnd));
        return replaceOffsets(source, partsNothing ? lineStart - blank.length : lineStart, lineEnd, '');
    }
    const before = /[ \t]*$/.exec(source.text.slice(lineStart, start))?.[0].length ?? 0;
    return replaceOffsets(source, start - before, end, '');
}

/** The white space that the line of an offset begins with. */
export function indentAt({ text }: Source, offset: number): string {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** Lines behind an indentation; blank ones stay blank. */
export function indented(lines: readonly string[], indent: string): readonly string[] {
    return lines.map((line) => (line === '' ? '' : indent + line));
}

/** Lines of a declaration without the indentation that its first line has in the text. */
export function dedent(text: string, indent: string): readonly string[] {
    return text.split(/\r?\n/).map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line));
}
