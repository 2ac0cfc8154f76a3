/** Folding of bodies and block comments that span lines. */
import { type AstNode, AstUtils } from 'langium';
import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from 'vscode-languageserver';
import { isBody, isMemoryTable } from '#language/generated/ast.ts';
import { canonicalUri, isReadable, type Source } from '../sources.ts';
import type { Feature } from './feature.ts';

export const folding: Feature = {
    name: 'folding',
    capabilities: { foldingRangeProvider: true },
    register: ({ onRequest, workspace }) => {
        onRequest('textDocument/foldingRange', ({ textDocument }: FoldingRangeParams): readonly FoldingRange[] => {
            const source = workspace.sources.get(canonicalUri(textDocument.uri));
            return isReadable(source) ? [...bodies(source), ...comments(source)] : [];
        });
    },
};

/** The line of the closing brace stays visible. */
function* bodies({ document }: Source): Generator<FoldingRange> {
    for (const node of AstUtils.streamAst(document.parseResult.value as AstNode)) {
        const range = isBody(node) || isMemoryTable(node) ? node.$cstNode?.range : undefined;
        if (range !== undefined && range.end.line - 1 > range.start.line) {
            yield { startLine: range.start.line, endLine: range.end.line - 1 };
        }
    }
}

function* comments({ text, document }: Source): Generator<FoldingRange> {
    for (const { index, 0: comment } of text.matchAll(/"(?:\\.|[^"\\\r\n])*"?|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g)) {
        if (comment.startsWith('/*')) {
            const startLine = document.textDocument.positionAt(index).line;
            const endLine = document.textDocument.positionAt(index + comment.length).line;
            if (endLine > startLine) {
                yield { startLine, endLine, kind: FoldingRangeKind.Comment };
            }
        }
    }
}
