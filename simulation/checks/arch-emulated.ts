/** Code should be for the CPU that it runs on. */
import { architectureOf, architectures, runsOn } from '../compatibility/architectures.ts';
import { at } from '../model/columns.ts';
import { type Check, running, subjectOf } from './check.ts';

/** Facts: `arch`, what the code is for; `offered`, the machine's; `machine`, its id. */
export const archEmulated: Check = {
    code: 'arch-emulated',
    severity: 'warning',
    title: 'Guests and images should be for the CPU of their machine',
    explanation:
        'Code for another architecture has to be translated, instruction by instruction: a guest by QEMU, a container by binfmt and QEMU, without which it ends with "exec format error". ' +
        'Translated boots were measured to take twenty times the CPU work. The figures here do not include that.',
    *run({ index }) {
        for (const [number, element] of running(index)) {
            const isGuest = element.kind === 'vm' && element.arch !== undefined;
            if (!isGuest && element.kind !== 'container') continue;
            const below = at(index.carrier, number);
            const offered = architectureOf(index, below);
            const machine = index.elements[at(index.kernel, below)];
            const wanted =
                element.kind === 'container'
                    ? imageArchitectures(index.topology.definitions.images.get(element.image?.definition ?? ''))
                    : [element.arch ?? ''];
            if (offered === undefined || machine === undefined || !architectures.includes(offered)) continue;
            // Who finds only unknown architectures was told so.
            const [arch] = wanted.filter((one) => architectures.includes(one));
            if (arch === undefined || wanted.some((one) => runsOn(one, offered))) continue;
            yield {
                code: archEmulated.code,
                severity: 'warning',
                subject: element.id,
                statement: element.kind === 'container' ? 'image' : 'arch',
                message:
                    `${subjectOf(element)} is for ${wanted.join(' or ')}, but ${machine.name} has ${offered} CPUs, so every instruction is translated, at many times the cost. ` +
                    `Use ${element.kind === 'container' ? 'an image' : 'a system'} for ${offered}, or a host with ${arch}.`,
                facts: { arch, offered, machine: machine.id },
                related: [{ subject: machine.id, statement: 'arch', message: `${machine.name} has ${offered} CPUs` }],
            };
        }
    },
};

function imageArchitectures(image: { readonly archs: readonly string[] } | undefined): readonly string[] {
    return image?.archs ?? [];
}
