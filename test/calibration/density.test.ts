/** A thousand guests on one host, against Manco et al., "My VM is Lighter (and Safer) than your Container", SOSP 2017, §6.3, figure 14. */
import { describe, expect, test } from 'vitest';
import { computed, GB, publishedTable, resultAt } from './published.ts';

/** Memory that a thousand of something take, in GB. */
function thousand(inside: string, of: string, host = ''): number {
    const text = `host h { cpu 64 cores  memory 512 GiB  ${host}\n${inside}\n}`;
    return (resultAt(computed(text), of).memory?.used ?? Number.NaN) / GB;
}

const guests = (os: string) => `hypervisor xen { overcommit cpu 16  vm v[1000] { vcpus 1  memory 128 MB  os ${os} } }`;
const debian = thousand(guests('debian'), 'h.xen');
const tinyx = thousand(guests('linux'), 'h.xen');
const docker = thousand('engine docker { container c[1000] { image alpine  process p { memory 0 B } } }', 'h.docker', 'os linux');

describe('memory of a thousand', () => {
    test('Debian guests: 114 GB', () => {
        expect(debian).toBeGreaterThan(114 * 0.99);
        expect(debian).toBeLessThan(114 * 1.01);
    });

    test('guests of a minimal Linux: 27 GB, of which the 30 MB that one needs to boot are an upper bound', () => {
        expect(tinyx).toBeGreaterThanOrEqual(27);
        expect(tinyx).toBeLessThan(27 * 1.25);
    });

    test('containers: 5 GB, of which what the runtime takes is a lower bound, as it leaves out the interpreter inside', () => {
        expect(docker).toBeLessThanOrEqual(5);
        expect(docker).toBeGreaterThan(5 * 0.75);
    });

    test('is in the order, and in the ratios, that were published', () => {
        expect(debian / tinyx).toBeGreaterThan(3);
        expect(debian / tinyx).toBeLessThan(114 / 27);
        expect(tinyx / docker).toBeGreaterThan(27 / 5);
    });

    test('is what the table says that was published', ({ skip }) => {
        const table = publishedTable('lightvm_sosp17.csv');
        skip(table === undefined, 'the published tables are not beside this checkout');
        const totals = table?.filter((row) => row[1] === 'total memory').map(([, , value]) => Number(value));
        expect(totals).toEqual([27, 5, 114]);
    });
});
