/** Semantic tokens: what each name means, which no pattern can know; keywords, figures and comments are left to the editor's own patterns. */
import { type AstNode, AstUtils } from 'langium';
import { type SemanticTokens, SemanticTokensBuilder, type SemanticTokensParams, type SemanticTokensRangeParams } from 'vscode-languageserver';
import { catalogScheme } from '#language/catalog.ts';
import { isMeasureCall, isPathMeasure } from '#language/generated/ast.ts';
import { type Occurrence, type TargetKind, targetKey } from '#language/occurrences.ts';
import type { SourceRange, TextPosition } from '#language/origins.ts';
import { rangeOfProperty } from '#language/syntax/ranges.ts';
import { walls } from '#simulation/model/expectation.ts';
import { canonicalUri, isReadable, type Source } from '../sources.ts';
import type { Understanding } from '../understanding.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

const tokenTypes = ['variable', 'type', 'class', 'function', 'property', 'enumMember', 'event'] as const;
const tokenModifiers = ['declaration', 'readonly', 'defaultLibrary'] as const;
type TokenType = (typeof tokenTypes)[number];
type TokenModifier = (typeof tokenModifiers)[number];

export const semanticTokens: Feature = {
    name: 'semantic-tokens',
    capabilities: {
        semanticTokensProvider: { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] }, full: true, range: true },
    },
    register: ({ onRequest, workspace }) => {
        onRequest(
            'textDocument/semanticTokens/full',
            ({ textDocument }: SemanticTokensParams): SemanticTokens => encode(tokensIn(canonicalUri(textDocument.uri), workspace)),
        );
        onRequest(
            'textDocument/semanticTokens/range',
            ({ textDocument, range }: SemanticTokensRangeParams): SemanticTokens =>
                encode(tokensIn(canonicalUri(textDocument.uri), workspace).filter(({ at }) => at.line >= range.start.line && at.line <= range.end.line)),
        );
    },
};

interface Token {
    readonly at: TextPosition;
    readonly length: number;
    readonly type: TokenType;
    readonly modifiers: readonly TokenModifier[];
}

const typeOf: Readonly<Record<Exclude<TargetKind, 'file'>, TokenType>> = {
    element: 'variable',
    phase: 'variable',
    let: 'variable',
    template: 'class',
    scenario: 'event',
    os: 'type',
    image: 'type',
    'hypervisor-type': 'type',
    'engine-type': 'type',
    'runtime-type': 'type',
    policy: 'enumMember',
    label: 'property',
};

/** In the order of the text; where two meanings stand at one place, the first, so that tokens never overlap. */
function tokensIn(uri: string, workspace: Workspace): readonly Token[] {
    const source = workspace.sources.get(uri);
    const understanding = workspace.current(uri);
    if (!isReadable(source) || understanding === undefined) {
        return [];
    }
    const byPlace = new Map<string, Token>();
    for (const token of [...names(uri, understanding), ...conditionWords(source)]) {
        const key = `${token.at.line}:${token.at.character}`;
        if (token.length > 0 && !byPlace.has(key)) {
            byPlace.set(key, token);
        }
    }
    return [...byPlace.values()].sort((a, b) => a.at.line - b.at.line || a.at.character - b.at.character);
}

function* names(uri: string, { lowered }: Understanding): Generator<Token> {
    const builtIn = (target: Occurrence['target']): boolean =>
        (lowered.occurrences.byTarget.get(targetKey(target)) ?? []).some(({ role, at }) => role === 'definition' && at.uri.startsWith(`${catalogScheme}:`));
    // A hypervisor's name is its type's as well: the type says more.
    const found = [...(lowered.occurrences.byUri.get(uri) ?? [])].sort((a, b) => Number(a.target.kind === 'element') - Number(b.target.kind === 'element'));
    for (const { target, role, at } of found) {
        if (target.kind !== 'file' && at.start.line === at.end.line) {
            const type = typeOf[target.kind];
            const modifiers: TokenModifier[] = [
                ...(role === 'definition' ? (['declaration'] as const) : []),
                ...(target.kind === 'let' ? (['readonly'] as const) : []),
                ...(type === 'type' && builtIn(target) ? (['defaultLibrary'] as const) : []),
            ];
            yield tokenOf(at, type, modifiers);
        }
    }
}

/** Functions, walls and metrics, which are no names of anything declared. */
function* conditionWords({ document }: Source): Generator<Token> {
    for (const node of AstUtils.streamAst(document.parseResult.value as AstNode)) {
        if (isMeasureCall(node) && node.function !== undefined) {
            yield tokenOf(rangeOfProperty(node, 'function'), 'function', ['defaultLibrary']);
        } else if (isPathMeasure(node)) {
            const steps = node.path?.steps ?? [];
            const isWall = steps.length === 1 && walls.some((wall) => wall === steps[0]?.name);
            for (const step of steps) {
                if (step.name !== undefined && (isWall || steps.length > 1)) {
                    yield tokenOf(rangeOfProperty(step, 'name'), isWall ? 'enumMember' : 'property', []);
                }
            }
        }
    }
}

function tokenOf({ start, end }: SourceRange, type: TokenType, modifiers: readonly TokenModifier[]): Token {
    return { at: start, length: start.line === end.line ? end.character - start.character : 0, type, modifiers };
}

function encode(tokens: readonly Token[]): SemanticTokens {
    const builder = new SemanticTokensBuilder();
    for (const { at, length, type, modifiers } of tokens) {
        const bits = modifiers.reduce((sum, modifier) => sum + 2 ** tokenModifiers.indexOf(modifier), 0);
        builder.push(at.line, at.character, length, tokenTypes.indexOf(type), bits);
    }
    return builder.build();
}
