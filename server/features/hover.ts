/** Hover: what an element is granted and why, what a name means, what a statement does, what a figure is in base units. */

import { type CancellationToken, type Hover, type HoverParams, MarkupKind, type Range } from 'vscode-languageserver';
import { type Occurrence, type Target, targetKey } from '#language/occurrences.ts';
import type { SourceRange } from '#language/origins.ts';
import { elementId } from '#simulation/model/ids.ts';
import { openBodies, scanWords, type Word } from '../completion/token-scan.ts';
import { type Cursor, cursorOf, namesAt } from '../cursor.ts';
import { explainCondition } from '../explain/condition.ts';
import { definitionText, describeDefinition, escapeComment, shortened } from '../explain/definition.ts';
import { explainElement } from '../explain/element.ts';
import { linksInto } from '../explain/links.ts';
import { codeBlock, codeSpan } from '../explain/markdown.ts';
import { explainLiteral, explainStatement } from '../explain/statement.ts';
import { isReadable, type Source } from '../sources.ts';
import type { Understanding } from '../understanding.ts';
import type { Workspace } from '../workspace.ts';
import type { Feature } from './feature.ts';

export const hover: Feature = {
    name: 'hover',
    capabilities: { hoverProvider: true },
    register: ({ onRequest, workspace, spelling }) => {
        onRequest('textDocument/hover', async (params: HoverParams, token): Promise<Hover | null> => {
            const cursor = cursorOf(params);
            const understanding = workspace.current(cursor.uri);
            const names = understanding === undefined ? [] : namesAt(cursor, understanding);
            const [first] = names;
            if (understanding !== undefined && first !== undefined) {
                const text = await explainNames(names, { understanding, cursor, workspace, spelling, token });
                return text === '' ? null : { contents: { kind: MarkupKind.Markdown, value: text }, range: { start: first.at.start, end: first.at.end } };
            }
            const source = workspace.sources.get(cursor.uri);
            if (!isReadable(source)) {
                return null;
            }
            const analysis = await workspace.analysed(cursor.uri, token);
            const condition =
                analysis?.result &&
                explainCondition(cursor, { source, understanding: analysis, result: analysis.result, links: linksInto(analysis, spelling) });
            return condition === undefined
                ? explainWord(source, cursor, workspace)
                : { contents: { kind: MarkupKind.Markdown, value: condition.text }, range: { start: condition.at.start, end: condition.at.end } };
        });
    },
};

interface Asked {
    readonly understanding: Understanding;
    readonly cursor: Cursor;
    readonly workspace: Workspace;
    readonly spelling: (uri: string) => string;
    readonly token: CancellationToken;
}

/** A hypervisor's name is its type's as well; a name in a template is that of every element which came of it, of which one is shown. */
async function explainNames(names: readonly Occurrence[], { understanding, cursor, workspace, spelling, token }: Asked): Promise<string> {
    const elements = names.filter(({ target }) => target.kind === 'element');
    const [element] = elements;
    const parts: string[] = [];
    if (element !== undefined) {
        const result = (await workspace.analysed(cursor.uri, token))?.result ?? workspace.lastGood(cursor.uri)?.result;
        const links = linksInto(understanding, spelling);
        const more = elements.length > 1 ? `\n\n${elements.length - 1} more came of this declaration.` : '';
        parts.push(
            ...commentsOf(element.target, understanding, workspace),
            result === undefined ? '' : explainElement(elementId(element.target.name), result, links) + more,
        );
    }
    for (const { target } of names.filter((name) => name.target.kind !== 'element')) {
        const [place] = definitionsOf(target, understanding);
        const text = place === undefined ? undefined : definitionText(place, workspace);
        parts.push([...commentsOf(target, understanding, workspace), text === undefined ? codeSpan(target.name) : codeBlock(shortened(text))].join('\n\n'));
    }
    return parts.filter((part) => part !== '').join('\n\n---\n\n');
}

function definitionsOf(target: Target, { lowered }: Understanding): readonly SourceRange[] {
    return (lowered.occurrences.byTarget.get(targetKey(target)) ?? []).filter(({ role }) => role === 'definition').map(({ at }) => at);
}

function commentsOf(target: Target, understanding: Understanding, workspace: Workspace): readonly string[] {
    return [...new Set(definitionsOf(target, understanding).flatMap((place) => describeDefinition(place, workspace) ?? []))].map(escapeComment);
}

/** The statement or figure at the cursor, by its words alone, so that it works in broken text as well. */
function explainWord({ text, document }: Source, { position }: Cursor, workspace: Workspace): Hover | null {
    const offset = document.textDocument.offsetAt(position);
    const words = scanWords(workspace.services, text);
    const index = words.findIndex(({ start, end }) => start <= offset && offset <= end && start !== end);
    const word = words[index];
    if (word === undefined) {
        return null;
    }
    const bodies = openBodies(words, word.start);
    const kind = (bodies.at(-1) ?? bodies[0]).kind;
    const range = (first: Word, last: Word): Range => ({
        start: document.textDocument.positionAt(first.start),
        end: document.textDocument.positionAt(last.end),
    });
    const literal = word.type === 'QUANTITY' ? explainLiteral(word.image) : undefined;
    if (literal !== undefined) {
        return { contents: { kind: MarkupKind.Markdown, value: literal }, range: range(word, word) };
    }
    for (const [first, last] of [
        [index, index + 1],
        [index - 1, index],
        [index, index],
    ] as const) {
        const [from, to] = [words[first], words[last]];
        const key = first === last ? word.image : `${from?.image ?? ''} ${to?.image ?? ''}`;
        const explained = from === undefined || to === undefined ? undefined : explainStatement(key, kind);
        if (explained !== undefined && from !== undefined && to !== undefined) {
            return { contents: { kind: MarkupKind.Markdown, value: explained }, range: range(from, to) };
        }
    }
    return null;
}
