/** Which files make one topology. */
import { describe, expect, test } from 'vitest';
import { parseText, type StrataDocument } from '#language/services.ts';
import { groupTopologies, importedUris, resolveImport } from '#language/topology-sets.ts';
import { services } from '../helpers/strata.ts';

const file = (name: string, ...imports: readonly string[]): StrataDocument =>
    parseText(services, imports.map((path) => `import "${path}"`).join('\n'), `file:///estate/${name}`);
const sets = (...documents: readonly StrataDocument[]): readonly string[] =>
    groupTopologies(documents).map(({ root, documents: members }) => `${root.slice(15)}: ${members.map((member) => member.uri.path.slice(8)).join(' ')}`);

test('files that nothing imports are topologies of their own', () => {
    expect(sets(file('a.strata'), file('b.strata'))).toEqual(['a.strata: a.strata', 'b.strata: b.strata']);
});

test('imports stand before what imports them, once', () => {
    expect(sets(file('a.strata', 'b.strata', 'c.strata'), file('b.strata', 'c.strata'), file('c.strata'))).toEqual(['a.strata: c.strata b.strata a.strata']);
});

test('a file that two others import is in both of their sets', () => {
    expect(sets(file('a.strata', 'c.strata'), file('b.strata', 'c.strata'), file('c.strata'))).toEqual([
        'a.strata: c.strata a.strata',
        'b.strata: c.strata b.strata',
    ]);
});

test('cycles are one topology, with or without a root', () => {
    expect(sets(file('b.strata', 'a.strata'), file('a.strata', 'b.strata'))).toEqual(['a.strata: b.strata a.strata']);
    expect(sets(file('z.strata', 'a.strata'), file('a.strata', 'b.strata'), file('b.strata', 'a.strata', 'b.strata'))).toEqual([
        'z.strata: b.strata a.strata z.strata',
    ]);
    expect(sets(file('self.strata', 'self.strata'))).toEqual(['self.strata: self.strata']);
});

test('a long chain needs no deep stack', () => {
    const chain = Array.from({ length: 5000 }, (_, index) => file(`f${index}.strata`, `f${index + 1}.strata`));
    expect(groupTopologies(chain)).toHaveLength(1);
});

describe('an import', () => {
    test.each([
        ['b.strata', 'file:///estate/b.strata'],
        ['./b.strata', 'file:///estate/b.strata'],
        ['../b.strata', 'file:///b.strata'],
        ['sub/b.strata', 'file:///estate/sub/b.strata'],
        ['sub\\b.strata', 'file:///estate/sub/b.strata'],
        ['/abs/b.strata', 'file:///abs/b.strata'],
        ['//abs/b.strata', 'file:///abs/b.strata'],
        ['sub/../b.strata', 'file:///estate/b.strata'],
    ])('of %s is relative to its file', (path, uri) => {
        expect(resolveImport(file('a.strata'), path)).toBe(uri);
    });

    test('that is half typed names no file', () => {
        expect(importedUris(parseText(services, 'import\nimport ""', 'file:///a.strata'))).toEqual([]);
    });
});
