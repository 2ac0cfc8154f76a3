/** An architecture must be one that exists. */
import { architectureNamed, architectures } from '../compatibility/architectures.ts';
import { at } from '../model/columns.ts';
import type { Finding } from '../model/finding.ts';
import type { Element } from '../model/topology.ts';
import { type Check, subjectOf } from './check.ts';

/** Facts: `arch`, as written; `known`, the names there are; `meant`, the one that was probably meant, where there is one; on containers `image`. */
export const archUnknown: Check = {
    code: 'arch-unknown',
    severity: 'error',
    title: 'An architecture must be one that exists',
    explanation:
        'Architectures go by the names that container images use: `amd64` (which others call x86-64) and `arm64` (AArch64) first of all. Nothing can be said of one that nobody knows.',
    *run({ index }) {
        for (const [number, element] of index.elements.entries()) {
            if (at(index.multiplicity, number) === 0) continue;
            if (element.kind === 'host' || element.kind === 'vm') {
                if (element.arch !== undefined && !architectures.includes(element.arch)) yield finding(element, element.arch, 'arch');
            } else if (element.kind === 'container' && element.image?.definition !== undefined) {
                for (const arch of index.topology.definitions.images.get(element.image.definition)?.archs ?? [])
                    if (!architectures.includes(arch)) yield finding(element, arch, 'image');
            }
        }
    },
};

function finding(element: Element, arch: string, statement: 'arch' | 'image'): Finding {
    const meant = architectureNamed(arch);
    const where = statement === 'arch' ? `${subjectOf(element)} has the architecture \`${arch}\`` : `The image of ${subjectOf(element)} is for \`${arch}\``;
    return {
        code: archUnknown.code,
        severity: 'error',
        subject: element.id,
        statement,
        message: `${where}, which nobody knows. ${meant === undefined ? `Write one of ${architectures.map((one) => `\`${one}\``).join(', ')}.` : `Write \`${meant}\`.`}`,
        facts: { arch, known: architectures, ...(meant === undefined ? {} : { meant }) },
        related: [],
    };
}
