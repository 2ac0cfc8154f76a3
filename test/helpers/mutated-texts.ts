/** Texts that almost are topologies: the examples with words, pieces and bytes put in, taken out and swapped, the same ones in every run. */
import { examples, languageFiles } from './examples.ts';

const originals = [...languageFiles, ...examples].map(({ text }) => text);
const words = originals.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');

/** What breaks parsers, arithmetic, objects used as maps, and whoever loops over a count. */
const hostile: readonly string[] = [
    'import "//x"',
    'import "C:\\\\x\ud800"',
    ...'{}()[]",.=-;:#§'.split(''),
    '/*',
    '*/',
    '/**',
    '..',
    '\r\n',
    '\r',
    '\ufeff',
    '\u0000',
    '\ud800',
    '\u2028',
    '☃',
    '0',
    '-1',
    '1e309',
    '0.000000000000000000001',
    '999999999999999999999 TB',
    '1000000000 M',
    '100000000000000 h',
    '(1 / 0)',
    '(0 / 0)',
    '[1000000000]',
    '[0]',
    '[-1]',
    '[1..0]',
    '[n / 2]',
    '%',
    '10 foos',
    'extends',
    'vm { vcpus 2 }',
    'cpu limit 0.000001 mcores',
    'cpu weight 10000',
    'memory 900000 TB',
    'cpu 900000000000 k',
    'overcommit cpu 100000 M',
    'overhead cpu 100000000 %',
    'not',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
];

/** A few changes to a random text, of the examples unless others are given, as often as asked; the same texts for the same seed. */
export function* mutatedTexts(seed: number, count: number, texts: readonly string[] = originals): Generator<string> {
    const random = randomFrom(seed);
    for (let round = 0; round < count; round++) {
        let text = pick(texts, random);
        const changes = 1 + Math.floor(random() * 6);
        for (let change = 0; change < changes; change++) {
            text = changed(text, random);
        }
        yield text;
    }
}

/** A text through so many edits as a person makes them: each comes of the one before; now and then another text is begun. */
export function* editedTexts(seed: number, count: number): Generator<string> {
    const random = randomFrom(seed);
    let text = '';
    for (let round = 0; round < count; round++) {
        // Whoever breaks a text undoes it sooner or later; a long way of hostile edits would leave nothing that parses.
        const before = text;
        text = round % 8 === 0 ? pick(originals, random) : changed(text, random);
        yield text;
        if (random() < 0.5 && round % 8 !== 0) {
            text = before;
            yield text;
        }
    }
}

/** Mulberry32: the same numbers on every platform. */
export function randomFrom(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

function changed(text: string, random: () => number): string {
    const from = Math.floor(random() * (text.length + 1));
    const to = Math.min(text.length, from + Math.floor(random() * 40));
    const [before, piece, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    switch (Math.floor(random() * 6)) {
        case 0:
            return before + after;
        case 1:
            return before + piece + piece + after;
        case 2:
            return `${before} ${pick(hostile, random)} ${piece}${after}`;
        case 3:
            return `${before}${pick(hostile, random)}${after}`;
        case 4:
            return numberChanged(text, from, random);
        default:
            return `${before} ${pick(words, random)} ${after}`;
    }
}

/** The next number becomes another: most of the text stays whole, so that it is simulated and not only refused. */
function numberChanged(text: string, from: number, random: () => number): string {
    const number = /\d+(\.\d+)?/.exec(text.slice(from));
    const value = pick(['0', '1', '3', '0.001', '1000000', '1000000000', '999999999999999999'], random);
    return number === null ? text : text.slice(0, from + number.index) + value + text.slice(from + number.index + number[0].length);
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) {
        throw new Error('There is nothing to pick from.');
    }
    return item;
}
