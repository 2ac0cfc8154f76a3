/** Reads the tokens of a text without its syntax tree, so that it works wherever the text is broken: which bodies are open at a place. */

import type { StrataServices } from '#language/services.ts';
import type { BodyKind } from '#language/statements.ts';

export interface Word {
    readonly image: string;
    readonly type: string;
    readonly start: number;
    readonly end: number;
}

/** A body that is open at a place; the file itself is the outermost. */
export interface OpenBody {
    readonly kind: BodyKind;
    /** The words between its beginning and the place, those of closed bodies in it left out. */
    readonly words: readonly Word[];
    /** The word that names what has the body, where there is one. */
    readonly name?: Word;
}

export function scanWords(services: StrataServices, text: string): readonly Word[] {
    return services.strata.parser.Lexer.tokenize(text).tokens.map(({ image, tokenType, startOffset }) => ({
        image,
        type: tokenType.name,
        start: startOffset,
        end: startOffset + image.length,
    }));
}

/** The bodies that are open before `offset`, outermost first. Words that end at `offset` or later are not looked at. */
export function openBodies(words: readonly Word[], offset: number): readonly [OpenBody, ...OpenBody[]] {
    const file = { kind: 'file' as BodyKind, words: [] as Word[] };
    const inner: { kind: BodyKind; words: Word[]; name?: Word }[] = [];
    for (const word of words) {
        if (word.end >= offset && !(word.end === offset && isMark(word))) {
            break;
        }
        const current = inner.at(-1) ?? file;
        if (word.image === '{') {
            inner.push({ ...bodyOwner(current.words, current.kind), words: [] });
        } else if (word.image === '}') {
            inner.pop();
            (inner.at(-1) ?? file).words.push(word);
        } else {
            current.words.push(word);
        }
    }
    return [file, ...inner];
}

/** A brace, an operator: nothing that is still being typed. */
function isMark(word: Word): boolean {
    return !/^[A-Za-z0-9_"]/.test(word.image);
}

/** What has a body that begins after these words, read backwards from its brace. */
function bodyOwner(words: readonly Word[], around: BodyKind): { readonly kind: BodyKind; readonly name?: Word } {
    let last = words.length - 1;
    const image = (index: number): string => words[index]?.image ?? '';
    if (image(last - 1) === 'extends') {
        last -= 2;
    }
    if (image(last) === ']') {
        while (last > 0 && image(last) !== '[') {
            last -= 1;
        }
        last -= 1;
    }
    const name = words[last];
    const named = name === undefined ? {} : { name };
    if (image(last - 1) === 'as') {
        return { kind: elementKind(image(last - 3)) ?? 'file', ...named };
    }
    if (image(last - 1) === 'for' && elementKind(image(last)) !== undefined) {
        return { kind: elementKind(image(last)) ?? 'file' };
    }
    const keyword = image(last - 1);
    if (image(last) === 'vm' && around === 'engine' && elementKind(keyword) === undefined) {
        return { kind: 'engine-vm' };
    }
    if (image(last - 2) === 'type') {
        return { kind: keyword === 'engine' || keyword === 'runtime' ? `${keyword}-type` : 'hypervisor-type', ...named };
    }
    return { kind: elementKind(keyword) ?? definitionKinds.get(keyword) ?? 'file', ...named };
}

const elementKinds: ReadonlySet<string> = new Set(['host', 'disk', 'nic', 'hypervisor', 'vm', 'engine', 'slice', 'pod', 'container', 'process', 'phase']);
const definitionKinds: ReadonlyMap<string, BodyKind> = new Map([
    ['os', 'os'],
    ['image', 'image'],
    ['scenario', 'scenario'],
]);

function elementKind(word: string): BodyKind | undefined {
    return elementKinds.has(word) ? (word as BodyKind) : undefined;
}
