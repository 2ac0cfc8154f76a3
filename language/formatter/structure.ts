/** What the formatter takes from the syntax tree: where statements begin, which signs belong to a word, and where the text is broken. */
import { AstUtils, GrammarUtils, type AstNode, type CstNode } from 'langium';
import {
    isBody, isCpuRange, isCpuSet, isDocument, isLiteral, isMeasureCall, isMemoryRow, isMemoryTable, isReference, isUnknown, type Document, type Unknown,
} from '../generated/ast.ts';
import type { StrataDocument } from '../services.ts';
import { stray, type Piece } from './pieces.ts';

/** Tokens are named by the offset they begin at. */
export interface Structure {
    readonly statements: ReadonlySet<number>;
    /** What stands apart on its line like a statement, but never on a line of its own. */
    readonly cells: ReadonlySet<number>;
    /** Words of something misspelt: one that begins a line is probably a statement of its own. */
    readonly unknowns: ReadonlySet<number>;
    /** Tokens that stand against what precedes, against what follows. */
    readonly tightBefore: ReadonlySet<number>;
    readonly tightAfter: ReadonlySet<number>;
    /** Lines that the parser did not understand: they keep their blanks and line breaks. */
    readonly brokenLines: ReadonlySet<number>;
}

export function structureOf(document: StrataDocument, pieces: readonly Piece[]): Structure {
    const structure = {
        statements: new Set<number>(), cells: new Set<number>(), unknowns: new Set<number>(), tightBefore: new Set<number>(), tightAfter: new Set<number>(),
        brokenLines: brokenLines(document, pieces),
    };
    for (const node of AstUtils.streamAst(document.parseResult.value)) {
        addLists(node, structure.statements, structure.cells);
        if (isUnknown(node)) {
            ownWords(node).forEach(word => structure.unknowns.add(word.offset));
        }
        addSigns(node, structure.tightBefore, structure.tightAfter);
    }
    return structure;
}

function addLists(node: AstNode, statements: Set<number>, cells: Set<number>): void {
    if (isDocument(node) || isBody(node)) {
        addOffsets(node.items, statements);
    } else if (isMemoryTable(node)) {
        addOffsets(node.rows, statements);
    } else if (isMemoryRow(node)) {
        addOffsets(node.cells, cells);
    }
}

/** `min(1, 2)`, `-500` and `cpu set 0-3,6` have no blanks where `memory (a * 2)`, `a - b` and `max(a, b)` have. */
function addSigns(node: AstNode, tightBefore: Set<number>, tightAfter: Set<number>): void {
    const signs = (keyword: string): readonly CstNode[] => GrammarUtils.findNodesForKeyword(node.$cstNode, keyword);
    if (isReference(node) || isMeasureCall(node)) {
        signs('(').forEach(sign => tightBefore.add(sign.offset));
    } else if (isLiteral(node)) {
        signs('-').forEach(sign => tightAfter.add(sign.offset));
    } else if (isCpuSet(node) || isCpuRange(node)) {
        for (const sign of signs(isCpuSet(node) ? ',' : '-')) {
            tightBefore.add(sign.offset);
            tightAfter.add(sign.offset);
        }
    }
}

const ownWords = (node: Unknown): readonly CstNode[] =>
    ['words', 'quantities', 'texts'].flatMap(property => GrammarUtils.findNodesForProperty(node.$cstNode, property));

function addOffsets(nodes: readonly AstNode[], offsets: Set<number>): void {
    for (const { $cstNode } of nodes) {
        if ($cstNode !== undefined && $cstNode.length > 0) {
            offsets.add($cstNode.offset);
        }
    }
}

function brokenLines({ parseResult }: StrataDocument, pieces: readonly Piece[]): ReadonlySet<number> {
    const lines = new Set<number>();
    for (const error of parseResult.parserErrors) {
        const previous = 'previousToken' in error ? [error.previousToken as typeof error.token] : [];
        for (const token of [...previous, error.token, ...error.resyncedTokens]) {
            lines.add(token.startLine ?? 0);
        }
    }
    for (const piece of pieces.filter(({ kind }) => kind === stray)) {
        lines.add(piece.line);
        lines.add(piece.endLine);
    }
    addUnread(parseResult.value, pieces, lines);
    return lines;
}

/** Where the parser gave up, all that follows is unread. */
function addUnread(root: Document, pieces: readonly Piece[], lines: Set<number>): void {
    const end = root.$cstNode?.end ?? 0;
    for (const piece of pieces.filter(({ start }) => start >= end)) {
        lines.add(piece.line);
        lines.add(piece.endLine);
    }
}
