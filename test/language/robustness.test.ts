/** Whatever the text, lowering ends in time with finite figures and without an exception. */

import { createDefaultCoreModule, inject } from 'langium';
import { describe, expect, test } from 'vitest';
import type { Document } from '#language/generated/ast.ts';
import { StrataGeneratedModule } from '#language/generated/module.ts';
import { type Lowered, lower } from '#language/lowering/lower.ts';
import { parseText, strataModule } from '#language/services.ts';
import { maximumNesting, StrataLexer } from '#language/syntax/lexer.ts';
import { examples, languageFiles } from '../helpers/examples.ts';
import { notFinite } from '../helpers/numbers.ts';
import { catalog, lowerText, problemLines, services, testUri } from '../helpers/strata.ts';

const texts = [...languageFiles, ...examples];

/** Every prefix in the whole run (`STRATA_FUZZ` is set, see `test/server/fuzz.test.ts`), every third otherwise. */
const stride = process.env['STRATA_FUZZ'] === undefined ? 3 : 1;

function lowerSafely(text: string): Lowered {
    const lowered = lowerText(text);
    const broken = notFinite(lowered.topology);
    if (broken !== undefined) {
        throw new Error(`In the topology ${broken}.`);
    }
    for (const { at, message } of lowered.problems) {
        if (Number.isNaN(at.start.line + at.start.character + at.end.line + at.end.character) || /\bundefined\b|\[object/.test(message)) {
            throw new Error(`A problem without place or words: ${message}`);
        }
    }
    return lowered;
}

describe.each(texts)('$name', ({ text }) => {
    test('any prefix is lowered', () => {
        for (let length = 0; length <= text.length; length += stride) {
            lowerSafely(text.slice(0, length));
        }
    }, 120_000);
});

test('names of the platform are names like others', () => {
    const { topology, problems } = lowerSafely(
        'host __proto__ { cpu 1 memory 1 GiB process constructor { memory 1 MiB } label toString "x" label __proto__ "y" }',
    );
    expect(problems).toEqual([]);
    expect([...topology.elements.keys()]).toEqual(['__proto__', '__proto__.constructor']);
});

describe('nesting', () => {
    const nested = (open: string, inner: string, close: string, depth: number): string => open.repeat(depth) + inner + close.repeat(depth);

    test.each([
        ['braces', `host a { cpu 1 memory 1 GiB ${nested('slice s { ', '', '} ', 10_000)} }`],
        ['parentheses of a value', `let x = ${nested('(', '1', ')', 10_000)}`],
        ['parentheses of a condition', `expect ${nested('(', '1 < 2', ')', 10_000)}`],
        ['open braces', 'host a { '.repeat(10_000)],
        ['closing braces', '}'.repeat(10_000)],
        ['open parentheses', `let x = ${'('.repeat(10_000)}`],
    ])('of ten thousand %s is refused in plain words', (_, text) => {
        const codes = new Set(lowerSafely(text).problems.map((problem) => problem.code));
        expect(codes.has('nesting') || codes.has('syntax')).toBe(true);
    });

    test('to the bound is read', () => {
        const braces = `host a { cpu 1 memory 1 GiB ${nested('slice s { ', '', '} ', maximumNesting - 1)} }`;
        expect(problemLines(lowerSafely(braces))).toEqual([]);
        expect(problemLines(lowerSafely(`let x = ${nested('(', '1', ')', maximumNesting)}`))).toEqual([]);
    });

    test('leaves a margin: twice the bound does not exhaust the stack either', () => {
        const depth = maximumNesting * 2;
        const lenient = inject(createDefaultCoreModule({ shared: services.shared }), StrataGeneratedModule, strataModule, {
            parser: { Lexer: (core) => new StrataLexer(core, depth) },
        });
        for (const text of [
            `host a { cpu 1 memory 1 GiB ${nested('slice s { ', '', '} ', depth - 1)} }`,
            `let x = ${nested('(', '1', ')', depth)}`,
            `expect ${nested('(', '1 < 2', ')', depth)}`,
        ]) {
            const document = parseText({ shared: services.shared, strata: lenient }, text, testUri);
            const parsed = lenient.parser.LangiumParser.parse<Document>(text);
            expect(parsed.lexerErrors).toEqual([]);
            Object.assign(parsed.value, { $document: document });
            const { topology } = lower({ documents: [{ ...document, parseResult: parsed }], catalog });
            expect([...topology.elements.values()].every((element) => element.kind !== 'vm')).toBe(true);
        }
    });
});

describe('size', () => {
    test.each([
        ['one line of a megabyte', `host a { cpu 1 memory 1 GiB ${'process p { cpu 0.1 } '.repeat(45_000)} }`],
        ['a megabyte of nonsense', ') ] + '.repeat(180_000)],
        ['a megabyte of stray operators in a body', `host a { ${'cpu 1 + '.repeat(130_000)} }`],
        ['a megabyte of letters', 'x'.repeat(1_000_000)],
        ['a megabyte of characters that the language has not', '§'.repeat(1_000_000)],
        ['a megabyte of an open comment', `/*${' *'.repeat(500_000)}`],
        ['a megabyte of an open text', `host a { arch "${'x'.repeat(1_000_000)}`],
        ['a megabyte of one sum', `let x = 1${' + 1'.repeat(250_000)}`],
        ['a megabyte of comments', '/**/'.repeat(250_000)],
        ['ten thousand lets that wait for each other', Array.from({ length: 10_000 }, (_, index) => `let l${index} = l${index + 1} + 1`).join('\n')],
        [
            'a condition of twenty thousand parts',
            `host a { cpu 1 memory 1 GiB } expect ${Array.from({ length: 20_000 }, () => 'a.cpu.granted < 1').join(' and ')}`,
        ],
        ['a negation of a hundred thousand nots', `host a { cpu 1 memory 1 GiB } expect ${'not '.repeat(100_000)} a.cpu.granted < 1`],
        [
            'ten thousand templates that extend each other',
            `${Array.from({ length: 10_000 }, (_, index) => `template t${index} for vm extends t${index + 1} { }`).join(' ')} host a { cpu 1 memory 1 GiB hypervisor kvm { vm v extends t0 } }`,
        ],
        ['forty thousand labels', `host a { cpu 1 memory 1 GiB ${Array.from({ length: 40_000 }, (_, index) => `label l${index} "x"`).join(' ')} }`],
        [
            'ten thousand elements of one name, and a thousand paths to them',
            `${Array.from({ length: 10_000 }, (_, index) => `host h${index} { cpu 1 memory 1 GiB process p }`).join(' ')} ${'expect p.cpu.granted < 1 '.repeat(1000)}`,
        ],
        ['another language', 'services:\n  web:\n    image: "nginx:1.27"\n    ports:\n      - 80:80\n'.repeat(2000)],
    ])(
        '%s is read in time',
        (_, text) => {
            lowerSafely(text);
        },
        20_000,
    );

    test('a thousand million replicas cost nothing', () => {
        const { topology, problems } = lowerSafely('host a[1000000000] { cpu 1 memory 1 GiB engine docker { container c[1000000000] } }');
        expect(problems).toEqual([]);
        expect(topology.elements.size).toBe(3);
    });
});
