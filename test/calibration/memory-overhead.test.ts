/** Memory that a VM costs beside its own, against what vendors, upstream tests and raw measurements say. */
import { describe, expect, test } from 'vitest';
import { computed, MiB, publishedTable, resultAt } from './published.ts';

/** What one VM of a type costs its host. */
function overhead(type: string, vcpus: number, memory: string, definitions = ''): number {
    const host = `host h { cpu 64 cores  memory 1 TiB  ${type === 'esxi' ? '' : 'os linux'}  hypervisor ${type} { vm v { vcpus ${vcpus}  memory ${memory}  os linux } } }`;
    const { memory: figures } = resultAt(computed(`${definitions}\n${host}`), `h.${type}.v`);
    return figures?.overhead ?? Number.NaN;
}

describe('KubeVirt, said as a type of one’s own', () => {
    /**
     * `GetMemoryOverhead`: memory/512 for page tables, 8 MiB a vCPU, and what is the same for all: 240 MiB of its own processes, 8 MiB for I/O threads, 32 MiB of
     * video memory, and what a feature takes. Cases of kubevirt@d923fdb, pkg/hypervisor hypervisorbackend_test.go: name, MiB of the base, vCPUs, MiB published.
     */
    const cases = [
        ['1Gi default', 280, 1, 290],
        ['1Gi 2x2x2', 280, 8, 346],
        ['1Gi limits cpu 5', 280, 5, 322],
        ['1Gi requests cpu 3', 280, 3, 306],
        ['1Gi no graphics', 280 - 32, 1, 258],
        ['1Gi arm64', 280 + 128, 1, 418],
        ['1Gi VFIO', 280 + 1024, 1, 1314],
        ['1Gi downward metrics', 280 + 1, 1, 291],
        ['1Gi liveness exec', 280 + 110, 1, 400],
        ['1Gi both exec probes', 280 + 120, 1, 410],
        ['1Gi SEV', 280 + 256, 1, 546],
        ['1Gi TPM', 280 + 53, 1, 343],
        ['1Gi dedicated cpu', 280 + 100, 1, 390],
    ] as const;
    const kubevirt = (base: number) => `type hypervisor kubevirt { class kernel  memory ${base} MiB per-vcpu 8 MiB per-memory 0.1953125 % }`;

    test.each(cases)('%s: to the byte', (_name, base, vcpus, published) => {
        expect(overhead('kubevirt', vcpus, '1 GiB', kubevirt(base))).toBe(published * MiB);
    });

    test('the typed cases are those of the published table', ({ skip }) => {
        const table = publishedTable('kubevirt_overhead_golden.csv');
        skip(table === undefined, 'the published tables are not beside this checkout');
        expect(cases.map(([name, , , published]) => [name, published * MiB])).toEqual(table?.map(([name, bytes]) => [name, Number(bytes)]));
    });

    test('4 GiB: a byte less, because upstream rounds the memory up to a thousand bytes first', () => {
        const upstream = Math.floor((Math.ceil((4096 * MiB) / 1000) * 1000) / 512) + (280 + 8) * MiB;
        expect(upstream).toBe(296 * MiB + 1);
        expect(overhead('kubevirt', 1, '4 GiB', kubevirt(280))).toBe(296 * MiB);
    });
});

describe('VMware ESXi 6.5', () => {
    const vcpus = [1, 2, 4, 8];

    test('the vendor’s table comes out of a host', ({ skip }) => {
        const table = publishedTable('vmware65_overhead.csv');
        skip(table === undefined, 'the published tables are not beside this checkout');
        for (const [memory = '', ...cells] of table ?? []) {
            for (const [place, cell] of cells.entries()) expect(overhead('esxi', vcpus[place] ?? 0, `${memory} MiB`) / MiB).toBeCloseTo(Number(cell), 9);
        }
        expect(table).toHaveLength(4);
    });

    /** Worked out by hand from the table of "vSphere Resource Management" 6.5: halfway and a third of the way, along one side and along both. */
    test.each([
        [640, 1, (20.29 + 25.9) / 2],
        [512, 1, 20.29 + (25.9 - 20.29) / 3],
        [1024, 3, (29.91 + 37.86) / 2],
        [640, 3, (24.28 + 29.91 + 32.23 + 37.86) / 4],
        [10_240, 6, (60.67 + 76.78 + 151.93 + 168.6) / 4],
        [2048, 5, (37.86 + (53.82 - 37.86) / 4) * (2 / 3) + (60.67 + (76.78 - 60.67) / 4) / 3],
    ])('%i MiB and %i vCPUs lie between the points', (memory, cpus, published) => {
        expect(overhead('esxi', cpus, `${memory} MiB`) / MiB).toBeCloseTo(published, 9);
    });

    test('stays by the plane that fits the table: 18.4 MiB + 0.74 % + 3.98 MiB a further vCPU, within 0.3 MiB to 4 GiB and 1.2 MiB above', () => {
        for (const memory of [256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 16_384]) {
            for (const cpus of [1, 2, 3, 4, 6, 8]) {
                const plane = 18.4 + 0.0074 * memory + 3.98 * (cpus - 1);
                expect(Math.abs(overhead('esxi', cpus, `${memory} MiB`) / MiB - plane), `${memory} MiB, ${cpus} vCPUs`).toBeLessThan(
                    memory <= 4096 ? 0.31 : 1.2,
                );
            }
        }
    });
});

describe('micro-VM monitors and QEMU at ten sizes', () => {
    /**
     * Private data of the monitor beyond the guest's memory, in MiB. Agache et al., NSDI 2020, raw data of figure 7 (`pmap`): flat in the guest's size, which is what
     * the catalog says with one figure. The precision is the scatter of the measurements.
     */
    const sizes = [128, 256, 512, 1024, 1536, 2048, 3072, 4096, 6144, 8192];
    const qemu = [147.55, 131.3, 131.3, 131.18, 131.5, 131.18, 131.16, 131.59, 131.59, 132.35];
    const monitors = [
        { type: 'firecracker', name: 'fc', published: sizes.map((size) => (size === 3072 ? 2.5 : 2.49)), precision: 0.011 },
        { type: 'cloud-hypervisor', name: 'chv', published: sizes.map(() => 13.34), precision: 0.011 },
        { type: 'kvm', name: 'qemu', published: qemu, precision: 1.1 },
    ];

    test.each(monitors)('$type', ({ type, published, precision }) => {
        for (const [place, size] of sizes.entries()) {
            // A QEMU of 128 MiB was measured to hold 16 MiB more than all larger ones: the one size at which flat is not right.
            const isOutlier = type === 'kvm' && size === 128;
            const error = Math.abs(overhead(type, 1, `${size} MiB`) / MiB - (published[place] ?? Number.NaN));
            expect(error, `${size} MiB`).toBeLessThan(isOutlier ? 16.5 : precision);
        }
    });

    test.for(monitors)('$type: the typed figures are those of the raw data', ({ name, published }, { skip }) => {
        const rows = publishedTable('nsdi20_mem.csv')?.filter(([monitor]) => monitor === name);
        skip(rows === undefined, 'the published tables are not beside this checkout');
        expect(rows?.map(([, size, , figure]) => [Number(size), Number(figure)])).toEqual(sizes.map((size, place) => [size, published[place]]));
    });
});
