/** A workload that shares a kernel with others of another sensitivity goes into a VM of its own, with a system of the same family. */
import { elementId } from '#simulation/model/ids.ts';
import { osFamily } from '#simulation/model/placement.ts';
import { lastStep } from '../short-path.ts';
import type { Fix, FixInput, FixRule } from './fix.ts';
import { guestFor, moveIntoVm } from './own-vm.ts';

export const mixedSensitivity: FixRule = {
    codes: ['mixed-sensitivity'],
    *fixes(input: FixInput): Generator<Fix> {
        const { finding, analysis } = input;
        const { subject, facts } = finding;
        const topology = analysis.result?.topology;
        const kernel = topology?.elements.get(elementId(String(facts['kernel'])));
        const container = subject === undefined ? undefined : topology?.elements.get(subject);
        const host = hostOf(input);
        if (topology === undefined || (kernel?.kind !== 'host' && kernel?.kind !== 'vm') || container?.kind !== 'container' || host === undefined) {
            return;
        }
        const usual = guestFor(osFamily(topology.definitions, kernel) ?? '');
        const statements = container.labels['sensitivity'] === undefined ? labelLines(facts['sensitivities']) : [];
        // On Docker Desktop the kernel is the product's own, whose system nobody installs.
        const system = kernel.implicit ? usual?.system : kernel.os?.name;
        if (usual === undefined || system === undefined || statements === undefined) {
            return;
        }
        const edits = moveIntoVm(input, { ...usual, system, statements });
        if (edits !== undefined) {
            yield {
                title: `Put ${lastStep(container.id)} in a VM of its own`,
                edits,
                isPreferred: true,
                effect: { kind: 'fits', on: host, resource: 'memory' },
            };
        }
    },
};

/** What stood around it said how sensitive it is, and no longer does; undefined where that can't be written as it is. */
function labelLines(sensitivities: unknown): readonly string[] | undefined {
    const own: unknown = Array.isArray(sensitivities) ? sensitivities[1] : undefined;
    return typeof own === 'string' && !/["\\\n]/.test(own) ? [`label sensitivity "${own}"`] : undefined;
}

function hostOf({ finding: { subject }, analysis: { result } }: FixInput) {
    for (let id = subject; id !== undefined; id = result?.topology.elements.get(id)?.parent) {
        if (result?.topology.elements.get(id)?.kind === 'host') {
            return id;
        }
    }
    return undefined;
}
