/** Tells of a container what no foreign description of containers can say. */
import type { Container, Element, Topology } from '#simulation/model/topology.ts';
import type { ExportLog } from './export-log.ts';

export function noteContainer(container: Container, { elements }: Topology, log: ExportLog): void {
    for (const id of container.children) {
        const child = elements.get(id);
        if (child !== undefined) {
            log.note(
                child,
                undefined,
                'not-carried-over',
                `What ${child.name} demands`,
                'Nothing: the image says what runs, and its demand is for the simulation.',
            );
        }
    }
    if (container.boot !== undefined) {
        log.note(container, 'boot', 'not-carried-over', 'How long it takes to start', 'Nothing: it is for the simulation.');
    }
    if (container.oomGroup) {
        log.note(container, 'oom-group', 'not-carried-over', 'That all of it is killed when memory runs out', 'Nothing.');
    }
    if (container.ioLimit !== undefined) {
        log.note(container, 'io limit', 'not-carried-over', 'A limit of reading and writing together', 'Set a limit of the device by hand.');
    }
}

/** Limits of a slice around it are nowhere said. */
export function noteSlices(elements: readonly Element[], log: ExportLog): void {
    for (const element of elements) {
        if (element.kind === 'slice') {
            log.note(element, undefined, 'not-carried-over', `The slice ${element.name} and its limits`, 'Give its containers limits of their own.');
        }
    }
}
