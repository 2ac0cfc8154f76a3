/** Numbers of other formats mean here what they mean there. */
import { describe, expect, test } from 'vitest';
import { weightOfShares } from '#language/import/cgroup-weights.ts';
import { catalogSystems } from '#language/import/guest-system.ts';
import { milliCores, parseQuantity } from '#language/import/kubernetes/quantities.ts';
import { lowerText } from '../../helpers/strata.ts';

test.each([
    ['500m', 0.5],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['+3', 3],
    ['-2', -2],
    ['128Mi', 128 * 2 ** 20],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['12e-1', 1.2],
    ['2k', 2000],
    ['1Ki', 1024],
    ['100u', 1e-4],
])('the quantity %s is %d', (written, value) => {
    expect(parseQuantity(written)).toBeCloseTo(value, 9);
});

test.each(['', 'm', '1 Gi', '1GiB', '1K', '1e', 'NaN', 'Infinity', '1e999', '0x10', '1_000', '1,5'])('%j is no quantity', (written) => {
    expect(parseQuantity(written)).toBeUndefined();
});

test.each([
    [0.1, 100],
    [0.29, 290],
    [0.0001, 1],
    [1.0005, 1001],
])('%d cores are %d thousandths, rounded up', (cores, milli) => {
    expect(milliCores(cores)).toBe(milli);
});

// What crun and runc compute, which agree.
test.each([
    [0, 1],
    [2, 1],
    [100, 17],
    [256, 35],
    [512, 59],
    [1024, 100],
    [2048, 174],
    [4096, 303],
    [262_144, 10_000],
    [1e9, 10_000],
])('%d shares weigh %d', (shares, weight) => {
    expect(weightOfShares(shares)).toBe(weight);
});

describe('what guests need room for', () => {
    test.each(Object.entries(catalogSystems))('%s is as the catalog says', (name, { family, memory, disk }) => {
        const { operatingSystems } = lowerText(`host machine { cpu 1  memory 8 GiB  os ${name} }`).topology.definitions;
        expect(operatingSystems.get(name)).toMatchObject({ family, memory, disk });
    });
});
