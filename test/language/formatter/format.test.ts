/** Layout: each fixture is a text before, a separator line, and the text after; every file we ship has the layout already. */
import { describe, expect, test } from 'vitest';
import { formatDocument } from '#language/formatter/format.ts';
import { formatDefaults } from '#language/formatter/format-options.ts';
import { services } from '../../helpers/strata.ts';
import { format, formatMarkedRange, formatMarkedTyping, parse, strataFiles } from './formatter.ts';

const separator = '// ==> formatted\n';
const fixtures = [...strataFiles('test/language/formatter')];

describe('fixtures', () => {
    test.each(fixtures)('%s', (_name, content) => {
        const [before = '', after, ...more] = content.split(separator);
        expect(more).toEqual([]);
        expect(format(before)).toBe(after);
    });

    test.each(fixtures)('%s stays as it is once formatted', (_name, content) => {
        const [, after = ''] = content.split(separator);
        expect(format(after)).toBe(after);
    });
});

test.each([...strataFiles('examples'), ...strataFiles('language/catalog')])('%s is formatted', (_name, content) => {
    expect(format(content)).toBe(content);
});

test('a body stays on one line up to column 120', () => {
    const upTo = (column: number): string => `process ${'p'.repeat(column - 37)} { threads 2  cpu 0.5 cores }\n`;
    expect(upTo(120)).toHaveLength(121);
    expect(format(upTo(120))).toBe(upTo(120));
    expect(format(upTo(121))).toBe(`process ${'p'.repeat(84)} {\n  threads 2\n  cpu 0.5 cores\n}\n`);
});

describe('options', () => {
    test('an indentation is as wide as a tab', () => {
        expect(format('host a {\ncpu 2\nvm b {\nvcpus 1\n}\n}', { tabSize: 4 })).toBe('host a {\n    cpu 2\n    vm b {\n        vcpus 1\n    }\n}\n');
    });

    test('tabs indent where they are wanted', () => {
        expect(format('host a {\n  cpu 2\n  /*\n     x\n   */\n  vm b {\n  vcpus 1\n}\n}', { tabSize: 4, insertSpaces: false })).toBe(
            'host a {\n\tcpu 2\n\t/*\n\t   x\n\t */\n\tvm b {\n\t\tvcpus 1\n\t}\n}\n',
        );
    });
});

describe('ends of lines and of the text', () => {
    test('a text with CRLF keeps it', () => {
        expect(format('host a{\r\ncpu 2cores\r\n\r\n\r\n\r\nmemory 1GiB}')).toBe('host a {\r\n  cpu 2 cores\r\n\r\n  memory 1 GiB\r\n}\r\n');
    });

    test('a byte order mark stays where it is', () => {
        expect(format('\ufeff\n  let a=1')).toBe('\ufefflet a = 1\n');
        expect(format('\ufeff/* a\n   b */\n')).toBe('\ufeff/* a\n   b */\n');
    });

    test.each(['', ' ', '\n\n', '\t\r\n'])('nothing but whitespace becomes nothing: %j', (text) => {
        expect(format(text)).toBe('');
    });

    test('the text ends with one line break', () => {
        expect(format('let a = 1')).toBe('let a = 1\n');
        expect(format('let a = 1 \n\n\n')).toBe('let a = 1\n');
        expect(format('let a = 1 // one \n\n// two   ')).toBe('let a = 1 // one\n\n// two\n');
    });
});

describe('a range', () => {
    test('only its lines are formatted', () => {
        expect(formatMarkedRange('let a=1\nlet <|>b=2<|>\nlet c=3\n')).toBe('let a=1\nlet b = 2\nlet c=3\n');
    });

    test('its lines get the indentation of their depth', () => {
        expect(formatMarkedRange('host a {\nvm b {\n<|>      vcpus   2\nmemory 1GiB<|>\n}\n}\n')).toBe(
            'host a {\nvm b {\n    vcpus 2\n    memory 1 GiB\n}\n}\n',
        );
    });

    test('a line that it only reaches the beginning of is left alone', () => {
        expect(formatMarkedRange('<|>let a=1\n<|>let b=2\n')).toBe('let a = 1\nlet b=2\n');
    });

    test('the end of the text belongs to its last line', () => {
        expect(formatMarkedRange('let a=1\n<|>let b=2<|>')).toBe('let a=1\nlet b = 2\n');
    });
});

describe('while typing', () => {
    test('a closing brace formats the body that it ends', () => {
        expect(formatMarkedTyping('let  a=1\nhost a{\ncpu 2cores\n    }<|>\nlet  b=1\n')).toBe('let  a=1\nhost a {\n  cpu 2 cores\n}<|>\nlet  b=1\n');
    });

    test('a closing brace of a body on one line formats its line', () => {
        expect(formatMarkedTyping('host a {\nprocess p {threads 2 cpu 1}<|>\n}\n')).toBe('host a {\n  process p { threads 2  cpu 1 }<|>\n}\n');
    });

    test('a line break formats the line that it ends, and leaves the new one alone', () => {
        expect(formatMarkedTyping('host a {\n  cpu 2cores  \n  <|>\n}\n')).toBe('host a {\n  cpu 2 cores\n  <|>\n}\n');
        expect(formatMarkedTyping('host a {\n  cpu 2cores\n\n\n  <|>')).toBe('host a {\n  cpu 2 cores\n\n\n  <|>');
    });

    test('a line break between braces leaves the cursor where the editor has put it', () => {
        expect(formatMarkedTyping('host a{\n  <|>\n}')).toBe('host a {\n  <|>\n}');
    });

    test('a brace that closes nothing changes nothing', () => {
        expect(formatMarkedTyping('let  a=1\n}<|>')).toBe('let  a=1\n}<|>');
    });
});

describe('size', () => {
    test.each([
        ['ten thousand levels of bodies', 'vm a { '.repeat(10_000) + '}'.repeat(10_000)],
        ['ten thousand open bodies', 'vm a {\n'.repeat(10_000)],
        ['ten thousand open parentheses', `let a = ${'( '.repeat(10_000)}`],
        ['ten thousand closing braces', '} '.repeat(10_000)],
    ])('%s keep their text', (_name, text) => {
        expect(format(text).replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    });

    test.each([
        ['statements', 'process p { threads 2 cpu 0.4cores } '],
        ['operators', '+1 GiB '],
        ['comments', '/* c */ '],
        ['words that mean nothing', 'foo '],
        ['strays', '☃ '],
        ['line breaks', '\n'],
    ])('the time for %s grows in proportion', (_name, part) => {
        const time = (length: number): number => {
            const text = `let a = 1 ${part.repeat(Math.ceil(length / part.length))}`;
            const document = parse(text);
            const start = performance.now();
            formatDocument(services, document, formatDefaults);
            return performance.now() - start;
        };
        time(1 << 14);
        const short = time(1 << 15);
        const long = time(1 << 18);
        // Eight times the text; other work on the machine and the garbage collector get as much again, quadratic time would be sixty-four times.
        expect(long).toBeLessThan(24 * short + 500);
    });
});
