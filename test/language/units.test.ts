/** Units, literals and expressions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLiteral, similarUnits, toBase, unitNamed, units, usualUnits, writeQuantity } from '#language/units.ts';
import type { Dimension } from '#simulation/model/units.ts';
import { lowerText, problemLines } from '../helpers/strata.ts';

/** The value of an expression as a CPU, memory or time demand of a process. */
function computed(expression: string, lets = ''): number | readonly string[] {
    const lowered = lowerText(`${lets}\nlet it = ${expression}\nexpect it == it`);
    const [expectation] = lowered.topology.expectations;
    return expectation?.condition.kind === 'compare' && expectation.condition.left.kind === 'number' ? expectation.condition.left.value : problemLines(lowered);
}

test('every unit is read in base units', () => {
    for (const unit of units) {
        expect(computed(`3 ${unit.name}`)).toBeCloseTo(3 * unit.factor, 12);
        expect(computed(`3${unit.name}`)).toBe(toBase(3, unit));
    }
});

test('units are told apart by the longest match, whatever follows', () => {
    expect(readLiteral('16GiB')).toMatchObject({ amount: 16, unit: 'GiB', unitOffset: 2 });
    for (const [text, value] of [
        ['1 core-s', 1],
        ['1 core', 1],
        ['2 MB/s', 2e6],
        ['2 MB', 2e6],
        ['1 min', 60],
        ['007 ms', 0.007],
        ['400 k', 4e5],
        ['10 Gbit/s', 1.25e9],
        ['15 %', 0.15],
    ] as const) {
        expect(computed(text)).toBe(value);
    }
});

test('small units give the number that a person expects', () => {
    fc.assert(
        fc.property(fc.integer({ min: 0, max: 1e6 }), (amount) => {
            expect(computed(`${amount} ms`)).toBe(Number(`${amount}e-3`));
            expect(computed(`${amount} %`)).toBe(Number(`${amount}e-2`));
        }),
        { numRuns: 50 },
    );
});

test('what is written is read again', () => {
    const dimensions: readonly Dimension[] = ['memory', 'cpu', 'work', 'time', 'rate', 'number'];
    fc.assert(
        fc.property(fc.constantFrom(...dimensions), fc.integer({ min: 0, max: 1e9 }), fc.constantFrom(1, 1024, 1000, 60), (dimension, amount, factor) => {
            const value = amount * factor;
            const { amount: read, unit } = readLiteral(writeQuantity({ value, dimension }));
            const known = unitNamed(unit);
            expect(unit === '' || known?.dimension === dimension).toBe(true);
            expect(toBase(read, known ?? { name: '', dimension, factor: 1 })).toBeCloseTo(value, -Math.log10(Math.max(value, 1)) + 3);
        }),
    );
});

test('a wrong unit is answered with units of the right quantity', () => {
    fc.assert(
        fc.property(fc.string({ maxLength: 12 }), fc.constantFrom<Dimension>('memory', 'cpu', 'work', 'time', 'rate'), (written, wanted) => {
            for (const name of similarUnits(written, wanted)) {
                expect(unitNamed(name)?.dimension).toBe(wanted);
            }
        }),
    );
    expect(similarUnits('Gi', 'memory')).toEqual(['GiB']);
    expect(similarUnits('sec', 'time')).toEqual(['s']);
    expect(usualUnits.cpu[0]).toBe('cores');
});

describe('expressions', () => {
    test.each([
        ['1 + 2 * 3', 7],
        ['(1 + 2) * 3', 9],
        ['8 - 2 - 1', 5],
        ['16 / 4 / 2', 2],
        ['2 * 3 + 4 * 5', 26],
        ['10 - 4 / 2 + 1', 9],
        ['min(3, 1, 2)', 1],
        ['max(3, 1 + 4)', 5],
        ['4 GiB / 1 GiB', 4],
        ['2 cores * 3 s', 6],
        ['10 MB / 2 MB/s', 5],
        ['10 core-s / 2 s', 5],
        ['(((7)))', 7],
    ])('%s is %d', (expression, value) => {
        expect(computed(expression)).toBe(value);
    });

    test('agree with arithmetic', () => {
        const operator = fc.constantFrom('+', '-', '*', '/');
        fc.assert(
            fc.property(fc.array(fc.tuple(operator, fc.integer({ min: 1, max: 50 })), { maxLength: 8 }), fc.integer({ min: 1, max: 50 }), (rest, first) => {
                const text = `${first}${rest.map(([sign, number]) => ` ${sign} ${number}`).join('')}`;
                expect(computed(text)).toBeCloseTo(Number(new Function(`return ${text}`)()), 9);
            }),
            { numRuns: 200 },
        );
    });

    test('a let is computed from others in any order', () => {
        expect(computed('a + b', 'let a = b * 2 let b = c + 1 let c = 3')).toBe(12);
    });

    test.each([
        '1 / 0',
        '1 / (2 - 2)',
        '1 GiB + 1',
        '2 cores - 1 s',
        '1 GiB * 1 GiB',
        '999999999999999999999',
        'nothing',
        'least(1, 2)',
        'min(1 s, 2)',
        '4 parsecs',
    ])('%s has no value, and a problem', (expression) => {
        expect(computed(expression)).toEqual([expect.stringMatching(/./)]);
    });
});
