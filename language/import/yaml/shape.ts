/** What YAML of a known format must look like: data, against which a file is checked before anything reads it. */

export type Shape =
    | { readonly kind: 'text'; readonly words?: readonly string[]; readonly pattern?: RegExp; readonly example?: string }
    /** A scalar that is read as something else than text: `accepts` says whether its text means one. */
    | { readonly kind: 'value'; readonly of: ValueType; readonly noun: string; readonly accepts: (source: string) => boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'anything' }
    | { readonly kind: 'list'; readonly item: Shape; readonly distinct: boolean }
    /** Known keys; keys that begin with `x-` are always free. */
    | { readonly kind: 'record'; readonly keys: () => Readonly<Record<string, Shape>>; readonly required: readonly string[] }
    /** Keys that the file chooses. */
    | { readonly kind: 'dictionary'; readonly key: RegExp; readonly value: Shape }
    /** One for each kind of node: told apart by what stands there. */
    | { readonly kind: 'either'; readonly shapes: readonly Shape[] };

/** Which scalars may stand for a value beside text. */
export type ValueType = 'flag' | 'number' | 'text-only';

export const text: Shape = { kind: 'text' };
export const empty: Shape = { kind: 'null' };
export const anything: Shape = { kind: 'anything' };
export const oneOf = (...words: readonly string[]): Shape => ({ kind: 'text', words });
export const textLike = (pattern: RegExp, example: string): Shape => ({ kind: 'text', pattern, example });
export const value = (of: ValueType, noun: string, accepts: (source: string) => boolean): Shape => ({ kind: 'value', of, noun, accepts });
export const list = (item: Shape): Shape => ({ kind: 'list', item, distinct: false });
/** A list in which nothing may stand twice. */
export const distinctList = (item: Shape): Shape => ({ kind: 'list', item, distinct: true });
export const record = (keys: Readonly<Record<string, Shape>>, ...required: readonly string[]): Shape => ({ kind: 'record', keys: () => keys, required });
export const dictionary = (item: Shape, key: RegExp = /./): Shape => ({ kind: 'dictionary', key, value: item });
export const either = (...shapes: readonly Shape[]): Shape => ({ kind: 'either', shapes });

/** What the shape is called in messages. */
export function shapeName(shape: Shape): string {
    switch (shape.kind) {
        case 'text':
            return shape.words === undefined ? (shape.example ?? 'text') : listed(shape.words.map((word) => JSON.stringify(word)));
        case 'value':
            return shape.noun;
        case 'null':
            return 'empty';
        case 'anything':
            return 'anything';
        case 'list':
            return 'a list';
        case 'record':
        case 'dictionary':
            return 'a mapping';
        case 'either':
            return listed([...new Set(shape.shapes.map(shapeName))]);
        default:
            return shape satisfies never;
    }
}

const listed = (words: readonly string[]): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
