/** How messages show figures. */
import { describe, expect, it } from 'vitest';
import { countOf, figure, percentFigure } from '#simulation/model/figures.ts';

describe('a figure', () => {
    it.each([
        [figure(8 * 1024 ** 3, 'memory'), '8 GiB'],
        [figure(1023.9 * 1024 ** 2, 'memory'), '1 GiB'],
        [figure(1.5 * 1024, 'memory'), '1.5 KiB'],
        [figure(0, 'memory'), '0 B'],
        [figure(5000 * 1024 ** 4, 'memory'), '5000 TiB'],
        [figure(-2.5 * 1024 ** 3, 'memory'), '-2.5 GiB'],
        [figure(0.5, 'cpu'), '0.5 cores'],
        [figure(1, 'cpu'), '1 core'],
        [figure(1 / 3, 'cpu'), '0.333 cores'],
        [figure(0.0123456, 'number'), '0.0123'],
        [figure(123456.7, 'number'), '123457'],
        [figure(1.25e9, 'rate'), '1.25 GB/s'],
        [figure(0.2, 'time'), '200 ms'],
        [figure(90, 'time'), '90 s'],
        [figure(600, 'time'), '10 min'],
        [figure(10_800, 'time'), '3 h'],
        [figure(2.5, 'work'), '2.5 core-s'],
        [figure(1e300, 'number'), '1.00e+300'],
        [figure(Number.NaN, 'number'), '0'],
        [percentFigure(0.4123), '41.2 %'],
        [countOf(1, 'vCPU'), '1 vCPU'],
        [countOf(20, 'vCPU'), '20 vCPUs'],
    ])('%s', (shown, wanted) => expect(shown).toBe(wanted));
});
