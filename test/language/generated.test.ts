/** What holds of every valid topology: it has no problem, its layout and the order of its statements mean nothing, and it goes through to a result. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elementId } from '#simulation/model/ids.ts';
import { simulate } from '#simulation/simulate.ts';
import { generatedTopologies } from '../helpers/generated-topologies.ts';
import { notFinite } from '../helpers/numbers.ts';
import { errorsOf, lowerText, problemLines } from '../helpers/strata.ts';
import { format, meaningOf } from './formatter/formatter.ts';

/** Made and lowered once for all that is said of them. */
const samples = fc.sample(generatedTopologies, { numRuns: 80, seed: 20261123 }).map((generated) => ({ ...generated, lowered: lowerText(generated.text) }));

test('a valid text has no problem, and each of its elements is found by its path', () => {
    for (const { text, elements, lowered } of samples) {
        expect(problemLines(errorsOf(lowered)), text).toEqual([]);
        for (const { path, kind } of elements) {
            expect(lowered.topology.elements.get(elementId(path))?.kind, `${path} of\n${text}`).toBe(kind);
        }
    }
});

test('the samples hold every kind of element', () => {
    expect(new Set(samples.flatMap(({ elements }) => elements.map(({ kind }) => kind))).size).toBe(10);
});

test('the order of statements never matters', () => {
    for (const { text, reversed, lowered } of samples) {
        expect(lowerText(reversed).topology, text).toEqual(lowered.topology);
    }
});

test('formatting changes neither a token nor the model, and formatting again changes nothing', () => {
    for (const { text, lowered } of samples) {
        const formatted = format(text);
        expect(meaningOf(formatted), text).toEqual(meaningOf(text));
        expect(lowerText(formatted).topology, text).toEqual(lowered.topology);
        expect(format(formatted), text).toBe(formatted);
    }
});

test('it is simulated, and every figure is finite', () => {
    for (const { text, lowered } of samples) {
        expect(notFinite(simulate(lowered.topology)), text).toBeUndefined();
    }
});
