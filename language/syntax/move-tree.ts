/** Moves pieces of a concrete syntax tree to another place of a text. */
import { type CstNode, isCompositeCstNode } from 'langium';

/** By how much; `columns` holds for what stands on `line` only, as it was before. */
interface Shift {
    readonly offset: number;
    readonly lines: number;
    readonly line: number;
    readonly columns: number;
}

/** Where Langium keeps the place of a leaf, and the range of a composite node once somebody asked for it. */
interface Placed {
    _offset: number;
    _startLine: number;
    _endLine: number;
    _startColumn: number;
    _endColumn: number;
    _rangeCache: unknown;
}

export function moveTree(nodes: readonly CstNode[], { offset, lines, line, columns }: Shift): void {
    if (offset === 0 && lines === 0 && columns === 0) {
        return;
    }
    const open = [...nodes];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
        const placed = node as unknown as Placed;
        if (isCompositeCstNode(node)) {
            placed._rangeCache = undefined;
            for (const child of node.content) {
                open.push(child);
            }
        } else {
            placed._startColumn += placed._startLine === line ? columns : 0;
            placed._endColumn += placed._endLine === line ? columns : 0;
            placed._offset += offset;
            placed._startLine += lines;
            placed._endLine += lines;
        }
    }
}
