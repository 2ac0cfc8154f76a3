/** What holds for every answer, whatever it answers: the positions in it are places of the texts that they name. */
import type { Position } from 'vscode-languageserver';

export interface PlacedPosition {
    readonly path: string;
    readonly uri: string | undefined;
    readonly position: Position;
}

/** Every position with the nearest URI around it, in the order in which they stand. */
export function* positionsIn(value: unknown, uri: string | undefined, path = ''): Generator<PlacedPosition> {
    if (typeof value !== 'object' || value === null) {
        return;
    }
    if ('line' in value && 'character' in value && typeof value.line === 'number' && typeof value.character === 'number') {
        yield { path, uri, position: { line: value.line, character: value.character } };
        return;
    }
    const own = uriOf(value) ?? uri;
    // `data` is the server's own and comes back as it left.
    for (const [key, part] of Object.entries(value).filter(([name]) => name !== 'data')) {
        const target = key.startsWith('target') && 'targetUri' in value ? String(value.targetUri) : own;
        yield* positionsIn(part, path.endsWith('.changes') ? key : target, `${path}.${key}`);
    }
}

function uriOf(value: object): string | undefined {
    const named = 'uri' in value ? value : 'textDocument' in value && typeof value.textDocument === 'object' ? value.textDocument : undefined;
    return named !== null && named !== undefined && 'uri' in named ? String(named.uri) : undefined;
}

/** How wide a piece of text is in an encoding, by what Node makes of it. */
export function widthOf(text: string, encoding: 'utf-8' | 'utf-16'): number {
    return encoding === 'utf-8' ? Buffer.byteLength(text, 'utf8') : text.length;
}

/** The positions that lie in no line of their text; what is about files that the test does not know is not judged. */
export function misplaced(answer: unknown, asked: string, texts: ReadonlyMap<string, string>, encoding: 'utf-8' | 'utf-16'): readonly string[] {
    return [...positionsIn(answer, asked)].flatMap(({ path, uri, position: { line, character } }) => {
        const text = uri === undefined ? undefined : texts.get(uri);
        const lines = text?.split('\n');
        const isAtEnd = lines !== undefined && line === lines.length && character === 0;
        const here = lines?.[line];
        const isThere = text === undefined || isAtEnd || (here !== undefined && character >= 0 && character <= widthOf(here, encoding));
        return isThere ? [] : [`${path} ${line}:${character}`];
    });
}
