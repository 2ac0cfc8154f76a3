/** Makes the parameters of any request: one object that has what each of them asks for, or one that is wrong somewhere. */

import type { Position, Range } from 'vscode-languageserver';
import { viewNames } from '#server/protocol.ts';

export interface Place {
    readonly uri: string;
    readonly text: string;
}

export type Random = () => number;

/** One of the items, of which there must be some; an item may be `undefined`. */
export function pick<Item>(items: readonly Item[], random: Random): Item {
    return items[Math.floor(random() * items.length)] as Item;
}

/** Extra members are allowed in LSP, so one object is right for every method. */
export function wellFormed(place: Place, position: Position, random: Random): Readonly<Record<string, unknown>> {
    const { uri } = place;
    const range: Range = random() < 0.5 ? { start: position, end: position } : { start: { line: 0, character: 0 }, end: position };
    return {
        uri,
        textDocument: { uri },
        position,
        range,
        ranges: [range],
        positions: [position, { line: 0, character: 0 }],
        options: { tabSize: 2, insertSpaces: true, resource: pick(['cpu', 'memory'], random), width: 600 },
        context: { diagnostics: [], includeDeclaration: true, triggerKind: 1 },
        newName: pick(['fresh', 'a', 'not a name', '', '__proto__'], random),
        query: pick(['', 'host', 'p', '☃'], random),
        ch: pick(['}', '\n'], random),
        previousResultIds: [{ uri, value: '1' }],
        files: [{ oldUri: uri, newUri: uri.replace('.strata', '-moved.strata') }],
        command: pick(['strata.compare', 'no.such.command'], random),
        arguments: pick([[uri, 'a'], [], [null], ['nowhere', 3]], random),
        item: { name: 'a', kind: 5, uri, range, selectionRange: range },
        label: pick(['host', 'memory', 'nothing'], random),
        title: 'a fix',
        view: pick([...viewNames], random),
        element: pick(['a', 'a.p', 'no.such.element', ''], random),
        target: { kind: pick(['element', 'definition', 'check', 'source'], random), element: 'a.p', id: 'no such id' },
        format: pick(['svg', 'html'], random),
        statement: pick(['memory limit', 'cpu limit', 'no such statement'], random),
        value: 2 ** 30,
        time: 1,
        known: 'nothing',
    };
}

const nonsense: readonly unknown[] = [
    null,
    true,
    7,
    -1,
    1.5,
    Number.MAX_SAFE_INTEGER,
    '',
    'x',
    '%%%',
    'http://[',
    [],
    [null],
    [[]],
    {},
    { line: 'a' },
    { uri: 7 },
];

/** The same with one member gone or of another kind, at any depth; sometimes no object at all. */
export function malformed(params: Readonly<Record<string, unknown>>, random: Random): unknown {
    return random() < 0.1 ? pick([undefined, [], ['x'], null, 'x', 3], random) : spoiled(params, random);
}

function spoiled(value: unknown, random: Random): unknown {
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || random() < 0.3) {
        return pick(nonsense, random);
    }
    if (Array.isArray(value)) {
        return value.with(Math.floor(random() * value.length), spoiled(value[0], random));
    }
    const key = pick(Object.keys(value), random);
    const { [key]: part, ...others }: Record<string, unknown> = { ...value };
    return random() < 0.3 ? others : { ...others, [key]: spoiled(part, random) };
}

/** A place in a text, or beyond its lines, or beyond its end. */
export function somePosition({ text }: Place, random: Random): Position {
    const lines = text.split('\n');
    const line = Math.floor(random() * lines.length);
    const inLine = { line, character: Math.floor(random() * ((lines[line]?.length ?? 0) + 1)) };
    return random() < 0.8
        ? inLine
        : pick(
              [
                  { line, character: 9_999 },
                  { line: 9_999, character: 3 },
                  { line: 2 ** 31 - 1, character: 2 ** 31 - 1 },
              ],
              random,
          );
}
