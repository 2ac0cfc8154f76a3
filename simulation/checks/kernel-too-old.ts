/** A kernel must be as new as the images on it need. */
import { kernelVersion, satisfies } from '../compatibility/kernel-versions.ts';
import { isSandboxed } from '../isolation/namespaces.ts';
import { at } from '../model/columns.ts';
import { imageFamily, osFamily } from '../model/placement.ts';
import { type Check, running, subjectOf } from './check.ts';

/** Facts: `required`, as the image says it; `offered`, the kernel's version; `kernel`, the id of its machine. */
export const kernelTooOld: Check = {
    code: 'kernel-too-old',
    severity: 'error',
    title: 'A kernel must be of the version that the images on it need',
    explanation:
        'A container runs on the kernel under its engine, whatever its image was built on, so a feature that this kernel lacks is missing. Behind gVisor or Kata it is not that kernel which counts. ' +
        'Where the text names a version of the operating system, its kernel is not known and nothing is said.',
    *run({ index }) {
        const { definitions } = index.topology;
        for (const [number, element] of running(index)) {
            const image = element.kind === 'container' ? definitions.images.get(element.image?.definition ?? '') : undefined;
            const machine = index.elements[at(index.kernel, number)];
            if (element.kind !== 'container' || image?.kernel === undefined || (machine?.kind !== 'host' && machine?.kind !== 'vm')) continue;
            if (isSandboxed(index, number) || osFamily(definitions, machine) !== imageFamily(definitions, element)) continue;
            const offered = kernelVersion(machine.os, definitions.operatingSystems.get(machine.os?.name ?? ''));
            if (offered === undefined || satisfies(offered, image.kernel) !== false) continue;
            yield {
                code: kernelTooOld.code,
                severity: 'error',
                subject: element.id,
                statement: 'image',
                message: `${subjectOf(element)} needs a kernel ${image.kernel}, but ${machine.name} has ${offered}. Give ${machine.name} another system, or put ${element.name} into a VM with a kernel ${image.kernel}.`,
                facts: { required: image.kernel, offered, kernel: machine.id },
                related: [{ subject: machine.id, statement: 'os', message: `${machine.name} runs ${machine.os?.name ?? 'a system'} with kernel ${offered}` }],
            };
        }
    },
};
