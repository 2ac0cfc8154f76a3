/** Positions as the editor counts them: the server counts UTF-16 units, and an editor may count the bytes of UTF-8 instead. */
import type { ClientCapabilities, Position, SemanticTokens } from 'vscode-languageserver';
import { PositionEncodingKind } from 'vscode-languageserver';

/** Turns every position in what comes in and in what goes out; a new object where anything differs. */
export interface PositionEncoding {
    readonly kind: PositionEncodingKind;
    /** What stands in a line of UTF-16 units, as the server has it. */
    readonly characterIn: (line: string, character: number) => number;
    readonly fromEditor: <Params>(params: Params) => Params;
    /** What was asked names the file that an answer without a URI is about. */
    readonly toEditor: <Answer>(method: string, answer: Answer, asked: unknown) => Answer;
}

/** The line of a file, counted from 0; nothing where there is none. */
export type LineOf = (uri: string, line: number) => string | undefined;

/** The first in the editor's order of preference that the server knows. */
export function chooseEncoding({ general }: ClientCapabilities): PositionEncodingKind {
    const known: readonly PositionEncodingKind[] = [PositionEncodingKind.UTF8, PositionEncodingKind.UTF16];
    return (Array.isArray(general?.positionEncodings) ? general.positionEncodings : []).find((kind) => known.includes(kind)) ?? PositionEncodingKind.UTF16;
}

export const utf16: PositionEncoding = {
    kind: PositionEncodingKind.UTF16,
    characterIn: (_, character) => character,
    fromEditor: (params) => params,
    toEditor: (_, answer) => answer,
};

export function utf8(lineOf: LineOf): PositionEncoding {
    const turned =
        (count: (line: string, character: number) => number): Turn =>
        ({ line, character }, uri) => {
            const text = uri === undefined ? undefined : lineOf(uri, line);
            return { line, character: text === undefined ? character : count(text, character) };
        };
    const toUnits = turned(unitsOf);
    const toBytes = turned(bytesOf);
    return {
        kind: PositionEncodingKind.UTF8,
        characterIn: unitsOf,
        fromEditor: (params) => turnAll(params, uriOf(params), toUnits),
        toEditor: (method, answer, asked) => {
            const uri = uriOf(asked);
            return method.startsWith('textDocument/semanticTokens') ? turnTokens(answer, uri, toBytes) : turnAll(answer, uri, toBytes);
        },
    };
}

/** How many UTF-16 units of a line lie before as many bytes; behind the end of the line, its end. */
export function unitsOf(line: string, bytes: number): number {
    let units = 0;
    let counted = 0;
    for (const character of line) {
        counted += sizeOf(character);
        if (counted > bytes) {
            break;
        }
        units += character.length;
    }
    return units;
}

/** How many bytes of a line lie before as many UTF-16 units; behind the end of the line, its end. */
export function bytesOf(line: string, units: number): number {
    let bytes = 0;
    let counted = 0;
    for (const character of line) {
        counted += character.length;
        if (counted > units) {
            break;
        }
        bytes += sizeOf(character);
    }
    return bytes;
}

function sizeOf(character: string): number {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return 1;
    if (code < 0x800) return 2;
    return code < 0x1_00_00 ? 3 : 4;
}

type Turn = (position: Position, uri: string | undefined) => Position;

/** Every position belongs to the file that the nearest URI around it names. */
function turnAll<Value>(value: Value, uri: string | undefined, turn: Turn): Value {
    return turnValue(value, uri, turn) as Value;
}

function turnValue(value: unknown, uri: string | undefined, turn: Turn): unknown {
    if (Array.isArray(value)) {
        return value.map((each) => turnValue(each, uri, turn));
    }
    if (!isRecord(value)) {
        return value;
    }
    if (typeof value['line'] === 'number' && typeof value['character'] === 'number') {
        return turn({ line: value['line'], character: value['character'] }, uri);
    }
    const own = uriOf(value) ?? uri;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, turnPart(key, part, value, own, turn)]));
}

function turnPart(key: string, part: unknown, whole: Readonly<Record<string, unknown>>, uri: string | undefined, turn: Turn): unknown {
    if (key === 'data') {
        // The server's own notes, which come back as they left.
        return part;
    }
    if (key === 'changes' && isRecord(part)) {
        return Object.fromEntries(Object.entries(part).map(([file, edits]) => [file, turnValue(edits, file, turn)]));
    }
    const target = whole['targetUri'];
    return turnValue(part, key.startsWith('target') && typeof target === 'string' ? target : uri, turn);
}

/** The file that an object is about: its own URI, its document's, or that of the item it was asked for. */
function uriOf(value: unknown): string | undefined {
    if (!isRecord(value)) {
        return undefined;
    }
    const { uri, textDocument, item, from } = value;
    return [uri, ...[textDocument, item, from].map((part) => (isRecord(part) ? part['uri'] : undefined))].find((each) => typeof each === 'string');
}

/** Five numbers a token: lines and characters from the one before, length, type, modifiers. */
function turnTokens<Answer>(answer: Answer, uri: string | undefined, turn: Turn): Answer {
    if (!isRecord(answer) || !Array.isArray(answer['data'])) {
        return answer;
    }
    const data: number[] = [...(answer as unknown as SemanticTokens).data];
    const before = { line: 0, units: 0, bytes: 0 };
    for (let index = 0; index + 4 < data.length; index += 5) {
        const [lines = 0, characters = 0, length = 0] = data.slice(index, index + 3);
        const line = before.line + lines;
        const start = lines === 0 ? before.units + characters : characters;
        const bytes = turn({ line, character: start }, uri).character;
        data[index + 1] = lines === 0 ? bytes - before.bytes : bytes;
        data[index + 2] = turn({ line, character: start + length }, uri).character - bytes;
        Object.assign(before, { line, units: start, bytes });
    }
    return { ...answer, data };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
