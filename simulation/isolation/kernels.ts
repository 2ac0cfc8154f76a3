/** Kernels, and the workloads that share each. */

import { append } from '../model/append.ts';
import { at } from '../model/columns.ts';
import type { OsFamily } from '../model/definitions.ts';
import { osFamily } from '../model/placement.ts';
import type { KernelGroup } from '../model/result.ts';
import type { Container } from '../model/topology.ts';
import { runtimeOf, type TopologyIndex } from '../model/topology-index.ts';

/** A workload is a container, or a process outside any; what has no replica is none. */
export function isWorkload(index: TopologyIndex, number: number): boolean {
    const kind = index.elements[number]?.kind;
    if (at(index.multiplicity, number) === 0) return false;
    return kind === 'container' || (kind === 'process' && at(index.container, number) < 0);
}

/** Numbers of all workloads, in the topology's order. */
export function workloads(index: TopologyIndex): readonly number[] {
    return [...index.elements.keys()].filter((number) => isWorkload(index, number));
}

/**
 * One group for each kernel that carries something or could.
 * Invariant: every workload is in exactly one group; a container with a kernel of its own is the only member of its group.
 */
export function kernelGroups(index: TopologyIndex): readonly KernelGroup[] {
    const members = new Map<number, number[]>();
    for (const [number, element] of index.elements.entries()) {
        if (at(index.multiplicity, number) > 0 && (element.kind === 'vm' || (element.kind === 'host' && element.os !== undefined))) members.set(number, []);
    }
    for (const number of workloads(index)) {
        const kernel = at(index.kernel, number);
        append(members, kernel, number);
    }
    const groups: KernelGroup[] = [];
    for (const [kernel, numbers] of members) {
        const element = index.elements[kernel];
        if (element === undefined) continue;
        const family = element.kind === 'container' ? innerFamily(index, kernel, element) : osFamily(index.topology.definitions, element);
        groups.push({
            kernel: element.id,
            ...(family === undefined ? {} : { family }),
            members: numbers.flatMap((number) => index.elements[number]?.id ?? []),
        });
    }
    return groups;
}

/** The family of the system inside a container with a kernel of its own. */
function innerFamily(index: TopologyIndex, number: number, container: Container): OsFamily | undefined {
    const runtime = runtimeOf(index.topology, container, index.elements[at(index.engine, number)]);
    return runtime === undefined ? undefined : index.topology.definitions.operatingSystems.get(runtime.os)?.family;
}
