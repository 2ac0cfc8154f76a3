/** What is guaranteed, and what there is to guarantee it from: reserves of CPU and memory, summed up the machines. */
import { at } from '../model/columns.ts';
import { finite } from '../model/finite.ts';
import type { Element } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { type MemoryUse, systemMemory } from './memory.ts';

export type ReservedResource = 'cpu' | 'memory';

/** By element: reserves of what it carries. A group stands for the larger of its own and its children's; a VM for its own. */
export function reservedBelow(index: TopologyIndex, resource: ReservedResource): Float64Array {
    const reserved = new Float64Array(index.elements.length);
    for (let number = reserved.length - 1; number >= 0; number--) {
        const element = index.elements[number];
        const carrier = at(index.carrier, number);
        if (element === undefined || carrier < 0 || at(index.running, number) === 0) continue;
        reserved[carrier] = finite(at(reserved, carrier) + at(index.count, number) * reserveOf(reserved, number, element, resource));
    }
    return reserved;
}

export function reserveOf(reserved: Float64Array, number: number, element: Element, resource: ReservedResource): number {
    const own = ownReserve(element, resource);
    return element.kind === 'vm' ? own : Math.max(own, at(reserved, number));
}

export function ownReserve(element: Element, resource: ReservedResource): number {
    if (resource === 'cpu') return 'cpuReserve' in element ? element.cpuReserve : 0;
    return 'memoryReserve' in element ? element.memoryReserve : 0;
}

/** By machine: memory that nobody can have reserved, because idle systems, hypervisors, daemons, virtualisation and runtimes hold it. */
export function heldMemory(index: TopologyIndex, memory: MemoryUse): Float64Array {
    const held = new Float64Array(index.elements.length);
    for (let number = held.length - 1; number >= 0; number--) {
        const element = index.elements[number];
        const carrier = at(index.carrier, number);
        if (element === undefined || at(index.running, number) === 0) continue;
        const cost = at(memory.overhead, number) + (element.kind === 'vm' ? 0 : at(held, number));
        if (element.kind === 'host') held[number] = finite(cost);
        if (element.kind === 'vm') held[number] = finite(at(held, number) + systemMemory(index, element));
        if (carrier >= 0) held[carrier] = finite(at(held, carrier) + at(index.count, number) * cost);
    }
    return held;
}
