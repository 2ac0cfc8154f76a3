/** Selection ranges: from the word outwards over path, statement, body and element to the whole file. */
import { type AstNode, AstUtils, CstUtils } from 'langium';
import type { Position, Range, SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { isBody } from '#language/generated/ast.ts';
import { canonicalUri, isReadable, type Source } from '../sources.ts';
import type { Feature } from './feature.ts';

export const selectionRange: Feature = {
    name: 'selection-range',
    capabilities: { selectionRangeProvider: true },
    register: ({ onRequest, workspace }) => {
        onRequest('textDocument/selectionRange', ({ textDocument, positions }: SelectionRangeParams): readonly SelectionRange[] => {
            const source = workspace.sources.get(canonicalUri(textDocument.uri));
            return isReadable(source) ? positions.map((position) => selectionAt(source, position)) : [];
        });
    },
};

interface Span {
    readonly start: number;
    readonly end: number;
}

function selectionAt(source: Source, position: Position): SelectionRange {
    const { textDocument } = source.document;
    let selection: SelectionRange = { range: { start: { line: 0, character: 0 }, end: textDocument.positionAt(source.text.length) } };
    let around: Span = { start: 0, end: source.text.length };
    for (const span of spansAt(source, textDocument.offsetAt(position))) {
        const isSmaller = span.start >= around.start && span.end <= around.end && span.end - span.start < around.end - around.start;
        if (isSmaller) {
            const range: Range = { start: textDocument.positionAt(span.start), end: textDocument.positionAt(span.end) };
            selection = { range, parent: selection };
            around = span;
        }
    }
    return selection;
}

/** Everything that holds the place, outermost first. */
function* spansAt({ document, text }: Source, offset: number): Generator<Span> {
    const root: AstNode = document.parseResult.value;
    const { textDocument } = document;
    const position = textDocument.positionAt(offset);
    for (const node of AstUtils.streamAst(root, { range: { start: position, end: position } })) {
        const cst = node.$cstNode;
        if (cst !== undefined && cst.offset <= offset && offset <= cst.end) {
            yield { start: cst.offset, end: cst.end };
            if (isBody(node) && cst.offset < offset && offset < cst.end) {
                yield content(text, cst.offset + 1, cst.end - 1);
            }
        }
    }
    const leaf = root.$cstNode && CstUtils.findLeafNodeAtOffset(root.$cstNode, offset);
    if (leaf !== undefined && !leaf.hidden) {
        yield { start: leaf.offset, end: leaf.end };
    }
}

/** What stands between two braces, without the white space around it. */
function content(text: string, start: number, end: number): Span {
    const inner = text.slice(start, end);
    const from = start + (inner.length - inner.trimStart().length);
    return { start: Math.min(from, end), end: Math.max(Math.min(from, end), start + inner.trimEnd().length) };
}
