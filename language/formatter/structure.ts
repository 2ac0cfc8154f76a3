/** What the formatter takes from the syntax tree: where statements begin, which signs belong to a word, and where the text is broken. */
import { type AstNode, AstUtils, type CstNode, GrammarUtils } from 'langium';
import { isBody, isCpuRange, isCpuSet, isDocument, isLiteral, isMeasureCall, isMemoryRow, isMemoryTable, isReference, isUnknown } from '../generated/ast.ts';
import type { StrataDocument } from '../services.ts';
import { isComment, type Piece, stray } from './pieces.ts';

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
        statements: new Set<number>(),
        cells: new Set<number>(),
        unknowns: new Set<number>(),
        tightBefore: new Set<number>(),
        tightAfter: new Set<number>(),
        brokenLines: brokenLines(document, pieces),
    };
    for (const node of AstUtils.streamAst(document.parseResult.value)) {
        addLists(node, structure);
        addSigns(node, structure);
    }
    return structure;
}

type Offsets = Readonly<Record<'statements' | 'cells' | 'unknowns' | 'tightBefore' | 'tightAfter', Set<number>>>;

function addLists(node: AstNode, { statements, cells, unknowns }: Offsets): void {
    if (isDocument(node) || isBody(node)) {
        addOffsets(node.items.map(cstOf), statements);
    } else if (isMemoryTable(node)) {
        addOffsets(node.rows.map(cstOf), statements);
    } else if (isMemoryRow(node)) {
        addOffsets(node.cells.map(cstOf), cells);
    } else if (isUnknown(node)) {
        const properties = ['words', 'quantities', 'texts'];
        addOffsets(
            properties.flatMap((property) => GrammarUtils.findNodesForProperty(node.$cstNode, property)),
            unknowns,
        );
    }
}

/** `min(1, 2)`, `-500` and `cpu set 0-3,6` have no blanks where `memory (a * 2)`, `a - b` and `max(a, b)` have. */
function addSigns(node: AstNode, { tightBefore, tightAfter }: Offsets): void {
    const signs = (keyword: string): readonly CstNode[] => GrammarUtils.findNodesForKeyword(node.$cstNode, keyword);
    if (isReference(node) || isMeasureCall(node)) {
        addOffsets(signs('('), tightBefore);
    } else if (isLiteral(node)) {
        addOffsets(signs('-'), tightAfter);
    } else if (isCpuSet(node) || isCpuRange(node)) {
        const joined = signs(isCpuSet(node) ? ',' : '-');
        addOffsets(joined, tightBefore);
        addOffsets(joined, tightAfter);
    }
}

const cstOf = ({ $cstNode }: AstNode): CstNode | undefined => $cstNode;

/** What the parser has put in for something that is missing has no length. */
function addOffsets(nodes: readonly (CstNode | undefined)[], offsets: Set<number>): void {
    for (const node of nodes) {
        if (node !== undefined && node.length > 0) {
            offsets.add(node.offset);
        }
    }
}

/** Lines of tokens around an error, of strays, and of all that stands where the parser had given up. That the text ends too early breaks no line of it. */
function brokenLines({ parseResult }: StrataDocument, pieces: readonly Piece[]): ReadonlySet<number> {
    const lines = new Set<number>();
    for (const error of parseResult.parserErrors) {
        const isAtEnd = Number.isNaN(error.token.startOffset) || error.token.image === '';
        const previous = 'previousToken' in error ? [error.previousToken as typeof error.token] : [];
        for (const token of isAtEnd ? error.resyncedTokens : [...previous, error.token, ...error.resyncedTokens]) {
            lines.add(token.startLine ?? 0);
        }
    }
    const end = parseResult.value.$cstNode?.end ?? 0;
    for (const piece of pieces) {
        if (piece.kind === stray || (piece.start >= end && !isComment(piece))) {
            lines.add(piece.line);
            lines.add(piece.endLine);
        }
    }
    return lines;
}
