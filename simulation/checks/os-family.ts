/** A container's image must run on the kernel that its engine offers. */

import { at } from '../model/columns.ts';
import { implicitVmOf } from '../model/complete.ts';
import { engineCarrier, imageFamily, osFamily, placeFamily } from '../model/placement.ts';
import { elementAt } from '../model/topology-index.ts';
import { type Check, running, subjectOf } from './check.ts';

/** Facts: `required`, the image's family; `offered`, the kernel's; `host` and `engine`, ids; `image`, as written. */
export const osFamilyCheck: Check = {
    code: 'os-family',
    severity: 'error',
    title: "A container's image must be for the kernel that it runs on",
    explanation:
        'A container brings no kernel of its own, so a Windows image needs a Windows kernel and a Linux image a Linux one. Some engines bring a Linux virtual machine where it is needed; none brings Windows. ' +
        'The remedy is a VM with the system that the image needs, and an engine inside it.',
    *run({ index }) {
        const { topology } = index;
        for (const [number, element] of running(index)) {
            const engine = elementAt(index, at(index.engine, number), 'engine');
            if (element.kind !== 'container' || engine === undefined) continue;
            const required = imageFamily(topology.definitions, element);
            const kernel = index.elements[at(index.kernel, at(index.carrier, number))];
            const offered = osFamily(topology.definitions, kernel);
            const isPlaceable = placeFamily(topology, engine, required) !== 'incompatible';
            if (offered === undefined || kernel === undefined || (isPlaceable && offered === required)) continue;
            const carrier = engineCarrier(topology, engine);
            const image = element.image?.reference ?? 'its image';
            yield {
                code: osFamilyCheck.code,
                severity: 'error',
                subject: element.id,
                statement: 'image',
                message:
                    offered === required
                        ? `${subjectOf(element)} cannot run: ${engine.name} does not run ${familyName(required)} images here. Use an engine that does, or put the container into a VM of its own.`
                        : `${subjectOf(element)} cannot run: ${image} needs a ${familyName(required)} kernel, and ${kernel.name} has a ${familyName(offered)} one. Put the container into a VM with ${familyName(required)}.`,
                facts: {
                    required,
                    offered,
                    engine: engine.id,
                    host: carrier?.id ?? kernel.id,
                    image,
                    hasEngineVm: implicitVmOf(topology, engine) !== undefined,
                },
                related: [{ subject: kernel.id, statement: 'os', message: `${kernel.name} runs ${familyName(offered)}` }],
            };
        }
    },
};

function familyName(family: string): string {
    return names.get(family) ?? family;
}

const names: ReadonlyMap<string, string> = new Map([
    ['linux', 'Linux'],
    ['windows', 'Windows'],
    ['macos', 'macOS'],
    ['freebsd', 'FreeBSD'],
]);
