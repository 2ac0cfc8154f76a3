/** YAML is read with places and bounds: nothing in a file makes it slow, large or silent. */
import { describe, expect, test } from 'vitest';
import { ImportLog } from '#language/import/import-log.ts';
import { readYaml } from '#language/import/yaml/read-yaml.ts';
import { entriesOf, itemsOf, textOf, valueAt } from '#language/import/yaml/yaml-node.ts';

function read(text: string) {
    const log = new ImportLog();
    const documents = readYaml(text, 'a.yaml', log);
    return { documents, errors: log.errors.map(({ line, column, code, reason }) => `${line}:${column} ${code} ${reason}`) };
}

test('merge keys give what the map does not say itself', () => {
    const { documents } = read('base: &base { a: 1, b: 2 }\nmore:\n  <<: [*base, { c: 3, a: 9 }]\n  b: own\n');
    const more = entriesOf(valueAt(documents?.[0], 'more')).map(({ key, value }) => [key, textOf(value)]);
    expect(Object.fromEntries(more)).toEqual({ a: '1', b: 'own', c: '3' });
});

test('an alias means the anchor before it, and tags of its own are kept', () => {
    const { documents } = read('a: &list [x, y]\nb: *list\nc: !reset null\n');
    expect(itemsOf(valueAt(documents?.[0], 'b')).map(textOf)).toEqual(['x', 'y']);
    expect(valueAt(documents?.[0], 'c')).toMatchObject({ tag: '!reset' });
});

describe('is refused at its place:', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x]', ...Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(8)}]`)].join('\n');
    test.each([
        ['an alias bomb', bomb, /^\d+:\d+ yaml-aliases/],
        ['an alias of itself', 'a: &a [*a]', /^1:\d+ yaml-aliases/],
        ['an alias without its anchor', 'a: *b', /^1:4 yaml-syntax The alias \*b has no anchor/],
        ['a key that stands twice', 'a: 1\na: 2', /^2:1 yaml-key The key "a" stands in line 1 already/],
        ['a key that is a list', '? [a]\n: b', /^1:3 yaml-key/],
        ['a merge of what is no mapping', '<<: 1', /^1:1 yaml-key/],
        ['a tab as indentation', 'a:\n\tb: 1', /^2:1 yaml-syntax/],
        ['nesting in brackets', '['.repeat(50_000), /^1:\d+ yaml-nesting/],
        ['nesting in braces that end', `${'{a: '.repeat(5000)}${'}'.repeat(5000)}`, /^1:\d+ yaml-nesting/],
        ['more words than anyone writes', '- a\n'.repeat(60_000), /^1:1 yaml-size/],
        ['nesting by dashes', '- '.repeat(20_000), /^1:\d+ yaml-nesting/],
        ['nesting by indentation', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), /^\d+:\d+ yaml-nesting/],
    ])('%s', (_, text, message) => {
        const { documents, errors } = read(text);
        expect(documents).toBeUndefined();
        expect(errors[0]).toMatch(message);
    });
});
