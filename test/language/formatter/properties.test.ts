/** What holds for every text, whole or broken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDocument } from '#language/formatter/format.ts';
import { formatDefaults } from '#language/formatter/format-options.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { lowerText, services } from '../../helpers/strata.ts';
import { format, meaningOf, parse, strataFiles, withoutWhitespace } from './formatter.ts';

const examples = [...strataFiles('examples').values()];
const seed = 20261123;

/** Fragments that meet in real texts and in bad ones. */
const fragment = fc.constantFrom(
    'host',
    'vm',
    'process',
    'web',
    'n-1',
    'limit',
    'cpu',
    'memory',
    'memry',
    'let',
    'expect',
    'set',
    'at',
    'and',
    'not',
    'memory-table',
    'vcpus',
    'oom-score-adj',
    '2',
    '16GiB',
    '4  cores',
    '15%',
    '3foo',
    '3host',
    '1.5',
    '5 k',
    '0-3,6',
    '4s/2',
    '-',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '.',
    '..',
    ',',
    '=',
    '==',
    '>=',
    '<',
    '+',
    '*',
    '/',
    '"text"',
    '"open',
    '// comment',
    '/* a\n   b */',
    '/** doc */',
    '/* open',
    ';',
    ':',
    '☃',
    '😀',
    '\ud800',
    '\0',
);
const blanks = fc.constantFrom('', ' ', '  ', '\t', '\n', '\n\n\n', '\r\n', '\r', '    ', '\u00a0', '\u2028', '\ufeff');
const anyText = fc.array(fc.tuple(fragment, blanks), { maxLength: 60 }).map((parts) => parts.flat().join(''));

/** An example with a few places replaced by whatever. */
const mutated = fc
    .tuple(fc.constantFrom(...examples), fc.array(fc.tuple(fc.nat(), fc.nat(12), fragment, blanks), { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) =>
        changes.reduce((current, [at, length, put, blank]) => {
            const offset = at % (current.length + 1);
            return current.slice(0, offset) + blank + put + blank + current.slice(offset + length);
        }, text),
    );

/** An example in which only whitespace is different: a text that means the same. */
const relaid = fc.tuple(fc.constantFrom(...examples), fc.infiniteStream(fc.constantFrom(' ', '   ', '\t', '\n', '\n\n\n\n', ' \n  '))).map(([text, stream]) => {
    const pieces = meaningOf(text);
    return pieces.map(([kind, written]) => written + (kind === 'SL_COMMENT' ? '\n' : (stream.next().value ?? ' '))).join('');
});

const runs = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed });

describe.each([
    ['any text', anyText, 3000],
    ['mutated examples', mutated, 600],
    ['examples laid out differently', relaid, 200],
] as const)('%s', (_name, texts, count) => {
    test('formatting twice is formatting once', () => {
        fc.assert(
            fc.property(texts, (text) => {
                const once = format(text);
                expect(format(once)).toBe(once);
            }),
            runs(count),
        );
    });

    test('tokens, comments and their order stay', () => {
        fc.assert(
            fc.property(texts, fc.boolean(), (text, insertSpaces) => {
                const formatted = format(text, { insertSpaces, tabSize: 4 });
                expect(meaningOf(formatted)).toEqual(meaningOf(text));
                expect(withoutWhitespace(formatted)).toBe(withoutWhitespace(text));
            }),
            runs(count),
        );
    });

    test('edits are in order, touch whitespace only, and change something each', () => {
        fc.assert(
            fc.property(texts, (text) => {
                const formatted = formatDocument(services, parse(text), formatDefaults);
                let offset = 0;
                for (const edit of formatted.kind === 'edits' ? formatted.edits : []) {
                    expect(edit.start).toBeGreaterThanOrEqual(offset);
                    expect(text.slice(edit.start, edit.end) + edit.text).toMatch(/^\s*$/);
                    expect(text.slice(edit.start, edit.end)).not.toBe(edit.text);
                    offset = edit.end;
                }
            }),
            runs(count),
        );
    });
});

test('a text means the same, whatever its layout was', () => {
    fc.assert(
        fc.property(relaid, (text) => {
            expect(topologyOf(format(text))).toEqual(topologyOf(text));
        }),
        runs(100),
    );
});

test('a mutated text lowers to the same', () => {
    fc.assert(
        fc.property(mutated, (text) => {
            expect(topologyOf(format(text))).toEqual(topologyOf(text));
        }),
        runs(200),
    );
});

test('every prefix of every example keeps its text', () => {
    for (const example of examples) {
        for (let end = 0; end <= example.length; end += 7) {
            const prefix = example.slice(0, end);
            expect(withoutWhitespace(format(prefix))).toBe(withoutWhitespace(prefix));
        }
    }
});

/** An expectation is quoted as it was written, so its blanks are not its meaning. */
function topologyOf(text: string): unknown {
    const { topology } = lowerText(text);
    const unspaced = (expectations: Topology['expectations']): unknown => JSON.parse(JSON.stringify(expectations).replaceAll(/\s|\\[nrt]/g, ''));
    const scenarios = topology.scenarios.map((scenario) => ({ ...scenario, expectations: unspaced(scenario.expectations) }));
    return { ...topology, expectations: unspaced(topology.expectations), scenarios };
}
