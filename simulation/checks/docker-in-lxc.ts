/** Docker should run in a virtual machine, not in an LXC container. */
import { isSystemContainer } from '../isolation/system-containers.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';
import { type Check, subjectOf } from './check.ts';
import { linuxContainers } from './container-rules.ts';

/** Facts: `what`, the image or process that is an engine. */
export const dockerInLxc: Check = {
    code: 'docker-in-lxc',
    severity: 'warning',
    title: 'Docker should run in a virtual machine, not in an LXC container',
    explanation:
        "An engine inside an LXC container needs nesting, which weakens the container's walls, shares the host's kernel all the same, and breaks with updates of either. Proxmox VE recommends application containers inside a virtual machine. " +
        'The walls between what runs inside are those of one container; the language does not describe them. Source: Proxmox VE, pct(1), "Containers".',
    *run({ index, control }) {
        for (const { container, number } of linuxContainers(index, control)) {
            const what = isSystemContainer(index, number) ? engineIn(index, number) : undefined;
            if (what === undefined) continue;
            yield {
                code: dockerInLxc.code,
                severity: 'warning',
                subject: container.id,
                message: `${subjectOf(container)} runs the engine ${what} inside an LXC container, on the kernel of its host. Put the engine into a VM.`,
                facts: { what },
                related: [],
            };
        }
    },
};

const engineImage = /(^|\/)(docker|dind|podman)(:|@|$)|\bdind\b/;
const engineProcesses: ReadonlySet<string> = new Set(['dockerd', 'docker', 'containerd', 'podman']);

function engineIn(index: TopologyIndex, number: number): string | undefined {
    const container = elementAt(index, number, 'container');
    const reference = container?.image?.reference;
    if (reference !== undefined && engineImage.test(reference)) return reference;
    return container?.children.map((id) => index.topology.elements.get(id)?.name ?? '').find((name) => engineProcesses.has(name));
}
