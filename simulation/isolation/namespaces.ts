/** Which namespaces a container has to itself, and which it shares with its host, its pod or another container. */

import { at, none } from '../model/columns.ts';
import type { NamespaceKind } from '../model/topology.ts';
import { elementAt, runtimeOf, type TopologyIndex } from '../model/topology-index.ts';

/** Whose namespace a container is in: the element that owns it. The kernel's element stands for the initial namespace, a pod for what its containers share. */
export function namespaceOwner(index: TopologyIndex, number: number, kind: NamespaceKind): number {
    let current = number;
    // A cycle of targets has no owner of its own: after as many steps as there are elements, where it stands decides.
    for (let steps = 0; steps < index.elements.length; steps++) {
        const container = elementAt(index, current, 'container');
        if (container === undefined) return index.elements[current]?.kind === 'process' ? at(index.kernel, current) : current;
        const target = container.namespaces[kind];
        if (target === undefined || target.kind === 'own')
            return target === undefined && (kind === 'network' || kind === 'ipc') ? podOf(index, current) : current;
        if (target.kind === 'host') return at(index.kernel, current);
        const next = index.numbers.get(target.of.element);
        // Nobody joins a namespace of another kernel.
        if (next === undefined || next === current || at(index.kernel, next) !== at(index.kernel, current)) return current;
        current = next;
    }
    return current;
}

/** Whether a container runs behind a sandbox such as gVisor, which answers its system calls itself. */
export function isSandboxed(index: TopologyIndex, number: number): boolean {
    const container = elementAt(index, number, 'container');
    return container !== undefined && runtimeOf(index.topology, container, index.elements[at(index.engine, number)])?.class === 'sandbox';
}

/** The pod around a container, else the container. */
function podOf(index: TopologyIndex, container: number): number {
    for (let number = at(index.parent, container); number !== none; number = at(index.parent, number)) {
        const kind = index.elements[number]?.kind;
        if (kind === 'pod') return number;
        if (kind !== 'slice') break;
    }
    return container;
}
