/** Two columns are made of the same where nothing that goes into them differs. */
import { describe, expect, test } from 'vitest';
import { bareColumn } from '#server/picture/amount-columns.ts';
import { type Ingredients, isSameIngredients } from '#server/picture/ingredients.ts';
import { type Measure, nobody } from '#server/picture/measures.ts';
import { elementId } from '#simulation/model/ids.ts';
import { cores } from '#simulation/model/units.ts';
import { container, engine, host, topologyOf } from '../helpers/topologies.ts';

const [small, large] = [1, 2].map((limit) => {
    const { elements } = topologyOf(host('h', {}, engine('docker', {}, container('c', { cpuLimit: cores(limit) }))));
    return elements.get(elementId('h.docker.c')) ?? expect.fail('There is no container.');
});
const words = { labels: ['free'], details: [], description: () => 'free' };
const free = (): ReturnType<typeof bareColumn> => bareColumn({ key: 'idle:h', role: 'idle', words }, 1);

const measure: Measure = { amount: 1, cost: 2, idle: 3, over: 4, lostBy: nobody, unknown: false };
const measures: Required<Measure> = { amount: 9, cost: 9, idle: 9, over: 9, lostBy: [{ element: elementId('h.x'), name: 'x', amount: 1 }], unknown: true };
const of: Ingredients = {
    resource: 'cpu',
    share: 'granted',
    element: small ?? expect.fail(),
    figures: { cpu: { granted: cores(1) } },
    count: 1,
    stopped: false,
    measure,
    findings: [{ severity: 'error', message: 'It does not fit.' }],
    tint: 1,
    workloads: 2,
    carries: [free()],
    tooHigh: { elements: 1, levels: 1, amount: 1 },
};
/** Every ingredient once more, another one: one that is added has to be added here. */
const others: { readonly [Name in keyof Required<Ingredients>]: Ingredients[Name] } = {
    resource: 'memory',
    share: 'limited',
    element: large ?? expect.fail(),
    figures: { cpu: { granted: cores(2) } },
    count: 3,
    stopped: true,
    measure: { ...measure, amount: 2 },
    findings: [{ severity: 'warning', message: 'It does not fit.' }],
    tint: undefined,
    workloads: undefined,
    // It says the same, and is another all the same.
    carries: [free()],
    tooHigh: undefined,
};

describe('ingredients', () => {
    test('are the same where they are equal, whoever made them', () => {
        const { carries, ...rest } = of;
        expect(isSameIngredients(of, { ...structuredClone(rest), carries: [...carries] })).toBe(true);
    });

    test.each(Object.entries(others))('are others where their %s differs', (name, other) => {
        expect(isSameIngredients(of, { ...of, [name]: other })).toBe(false);
    });

    test('are others where the labels stand in another order, in which they are said', () => {
        const labelled = (labels: Readonly<Record<string, string>>): Ingredients => ({ ...of, element: { ...of.element, labels } });
        expect(isSameIngredients(labelled({ a: '1', b: '2' }), labelled({ a: '1', b: '2' }))).toBe(true);
        expect(isSameIngredients(labelled({ a: '1', b: '2' }), labelled({ b: '2', a: '1' }))).toBe(false);
    });

    test.each(Object.entries(measures))('are others where the measured %s differs', (name, other) => {
        expect(isSameIngredients(of, { ...of, measure: { ...measure, [name]: other } })).toBe(false);
    });
});
