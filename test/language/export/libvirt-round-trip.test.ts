/** Strata to libvirt and back is the same virtual machine, for all that both can say. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Draft, type DraftStatement, quantity, statement, unknownSize, word } from '#language/import/draft.ts';
import type { Disk, Vm } from '#simulation/model/topology.ts';
import { exportText } from '../../helpers/exports.ts';
import { complaintsAbout, importDrafts, importTexts } from '../../helpers/imports.ts';
import { lowerText } from '../../helpers/strata.ts';

const maybe = (made: fc.Arbitrary<DraftStatement>): fc.Arbitrary<readonly DraftStatement[]> => fc.option(made).map((one) => (one === null ? [] : [one]));
const kibibytes = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most }).map((count) => count * 1024);

const memory = fc.tuple(kibibytes(2 ** 30), fc.option(fc.double({ min: 0, max: 1, noNaN: true }))).map(([bytes, share]): readonly DraftStatement[] => {
    const reserve = share === null ? 0 : Math.ceil((bytes * share) / 1024) * 1024;
    return [statement('memory', quantity(bytes, 'memory')), ...(reserve === 0 ? [] : [statement('memory reserve', quantity(reserve, 'memory'))])];
});

const disk = fc
    .tuple(
        maybe(fc.integer({ min: 1, max: 1_000_000 }).map((count) => statement('iops', quantity(count, 'number')))),
        maybe(fc.integer({ min: 1, max: 10_000 }).map((count) => statement('bandwidth', quantity(count * 1e6, 'rate')))),
    )
    .map((parts) => [unknownSize, ...parts.flat()]);

const vm = fc.record({
    statements: fc
        .tuple(
            fc.integer({ min: 1, max: 512 }).map((count) => [statement('vcpus', quantity(count, 'number'))]),
            memory,
            maybe(fc.integer({ min: 1, max: 10_000 }).map((weight) => statement('cpu weight', quantity(weight, 'number')))),
            // A quota is at least a hundredth of a CPU.
            maybe(fc.integer({ min: 10, max: 64_000 }).map((count) => statement('cpu limit', quantity(count / 1000, 'cpu')))),
            maybe(fc.constant(statement('nested', word('on')))),
            maybe(fc.constant(statement('restart', word('on-failure')))),
        )
        .map((parts) => parts.flat()),
    disks: fc.array(disk, { maxLength: 3 }),
    arch: fc.constantFrom('amd64', 'arm64', 'riscv64', 's390x'),
    hypervisor: fc.constantFrom('kvm', 'qemu'),
});

function machineOf({
    statements,
    disks,
    arch,
    hypervisor,
}: {
    statements: readonly DraftStatement[];
    disks: readonly (readonly DraftStatement[])[];
    arch: string;
    hypervisor: string;
}): Draft {
    const drives = disks.map((own, index): Draft => ({ kind: 'disk', name: `vd${'abc'.charAt(index)}`, statements: own, children: [] }));
    return {
        kind: 'host',
        name: 'libvirt',
        statements: [unknownSize, statement('os', word('linux')), ...(hypervisor === 'kvm' ? [statement('arch', word(arch))] : [])],
        children: [
            {
                kind: 'hypervisor',
                name: hypervisor,
                type: hypervisor,
                statements: [],
                children: [
                    {
                        kind: 'vm',
                        name: 'guest',
                        statements: [...statements, ...(hypervisor === 'qemu' && arch !== 'amd64' ? [statement('arch', word(arch))] : [])],
                        children: drives,
                    },
                ],
            },
        ],
    };
}

/** All that stands there. */
function machinesIn(strata: string): readonly unknown[] {
    const all = [...lowerText(strata).topology.elements.values()];
    return all.filter((element): element is Vm | Disk => element.kind === 'vm' || element.kind === 'disk');
}

test('Strata to libvirt and back is the same virtual machine', () => {
    fc.assert(
        fc.property(vm, (made) => {
            const { text: strata } = importDrafts(machineOf(made));
            expect(complaintsAbout(strata)).toEqual([]);
            const { text: xml, report } = exportText('libvirt', strata);
            // A domain speaks of images, not of their sizes.
            expect(report.filter((line) => !line.includes('The size of'))).toEqual([]);
            const back = importTexts('libvirt', { 'guest.xml': xml });
            expect(back.errors).toEqual([]);
            expect(machinesIn(back.text)).toEqual(machinesIn(strata));
        }),
        { numRuns: 100 },
    );
});
