/** Puts memory into words: used and committed, room and promises against capacities and limits, and the parts that `used` is made of. */

import { at, listAt } from '../model/columns.ts';
import { finite } from '../model/finite.ts';
import type { MemoryPart, MemoryResult } from '../model/result.ts';
import type { Element } from '../model/topology.ts';
import { runtimeOf, type TopologyIndex } from '../model/topology-index.ts';
import { bytes, fraction } from '../model/units.ts';
import { innerSystemMemory, type MemoryUse, systemMemory } from './memory.ts';

/** One entry for each element, in order; undefined where memory makes no sense. */
export function memoryResults(index: TopologyIndex, use: MemoryUse): readonly (MemoryResult | undefined)[] {
    const parts = memoryParts(index, use);
    return index.elements.map((element, number) => {
        if (element.kind === 'disk' || element.kind === 'nic') return undefined;
        const limit = 'memoryLimit' in element ? element.memoryLimit : undefined;
        const result: { -readonly [Key in keyof MemoryResult]: MemoryResult[Key] } = {};
        if (limit !== undefined) result.limit = limit;
        if (at(index.running, number) === 0) return result;
        const capacity = memoryOf(index, number);
        const isOpen = element.kind === 'container' && at(use.unknown, number) === 1;
        if (!isOpen) result.used = bytes(at(use.used, number));
        if (!isOpen || limit !== undefined) result.committed = bytes(at(use.committed, number));
        if (hasOverhead(element)) result.overhead = bytes(at(use.overhead, number));
        if (capacity !== undefined || limit !== undefined)
            Object.assign(result, capacityFigures(index, use, number, capacity ?? limit, capacity !== undefined));
        if (!isOpen) result.parts = parts[number] ?? [];
        return result;
    });
}

/** Hosts and VMs have memory; a hypervisor hands out that of what it stands on. */
function memoryOf(index: TopologyIndex, number: number): number | undefined {
    const element = index.elements[number];
    const machine = element?.kind === 'hypervisor' ? index.elements[at(index.carrier, number)] : element;
    return machine?.kind === 'host' || machine?.kind === 'vm' ? machine.memory : undefined;
}

function hasOverhead(element: Element): boolean {
    return element.kind === 'container' || element.kind === 'vm' || element.kind === 'host' || element.kind === 'hypervisor' || element.kind === 'engine';
}

/** Room and promises against a machine's memory, or against a group's limit. */
function capacityFigures(index: TopologyIndex, use: MemoryUse, number: number, capacity: number | undefined, isMachine: boolean): MemoryResult {
    if (capacity === undefined || (!isMachine && at(use.unknown, number) === 1)) return {};
    if (capacity <= 0) return isMachine ? { capacity: bytes(0) } : {};
    const element = index.elements[number];
    const inside = element?.kind === 'vm' || element?.kind === 'container' ? insideOf(use, number, element) : at(use.used, number);
    const headroom = fraction(finite(1 - inside / capacity));
    if (!isMachine) return { headroom };
    const committed = element?.kind === 'vm' ? committedInside(index, use, number) : at(use.committed, number);
    return { capacity: bytes(capacity), headroom, overcommit: fraction(finite(committed / capacity)) };
}

/** What counts against a machine's memory or a container's limit: the runtime's share of a container stands outside its control group. */
function insideOf(use: MemoryUse, number: number, element: Element): number {
    return element.kind === 'container' ? at(use.workingSet, number) : at(use.inside, number);
}

function committedInside(index: TopologyIndex, use: MemoryUse, number: number): number {
    const element = index.elements[number];
    let sum = element?.kind === 'vm' ? systemMemory(index, element) : 0;
    for (const child of listAt(index.carried, number)) if (at(index.running, child) === 1) sum += at(index.count, child) * at(use.committed, child);
    return finite(sum);
}

/** The summands of each element's `used`, largest first. */
function memoryParts(index: TopologyIndex, use: MemoryUse): readonly (readonly MemoryPart[] | undefined)[] {
    return index.elements.map((element, number) => {
        if (element.kind === 'disk' || element.kind === 'nic' || at(index.running, number) === 0) return undefined;
        const inner = element.kind === 'vm' ? systemMemory(index, element) : innerSystemMemory(index, number);
        const own = at(use.overhead, number) - (element.kind === 'container' ? inner : 0);
        const parts: MemoryPart[] = own > 0 ? [{ label: ownLabel(element), origin: ownOrigin(element), bytes: bytes(own) }] : [];
        if (element.kind === 'process') parts.push({ label: 'working set', origin: 'processes', bytes: bytes(at(use.used, number)) });
        if (inner > 0) parts.push({ label: `${innerSystemName(index, number, element)}, idle`, origin: 'system', bytes: bytes(inner) });
        for (const child of listAt(index.carried, number)) {
            const amount = at(index.count, child) * at(use.used, child);
            const { id, name } = index.elements[child] ?? element;
            if (amount > 0 && at(index.running, child) === 1)
                parts.push({
                    label: at(index.count, child) === 1 ? name : `${name} × ${at(index.count, child)}`,
                    origin: 'carried',
                    element: id,
                    bytes: bytes(finite(amount)),
                });
        }
        const beyond = element.kind === 'vm' ? at(use.inside, number) - Math.min(at(use.inside, number), element.memory ?? Infinity) : 0;
        parts.sort((a, b) => b.bytes - a.bytes);
        if (beyond > 0) parts.push({ label: 'beyond its memory', origin: 'beyond', bytes: bytes(-beyond) });
        return parts;
    });
}

function innerSystemName(index: TopologyIndex, number: number, element: Element): string {
    if (element.kind === 'container') return runtimeOf(index.topology, element, index.elements[at(index.engine, number)])?.os ?? 'system';
    return (element.kind === 'vm' ? element.os?.name : undefined) ?? 'system';
}

function ownOrigin(element: Element): MemoryPart['origin'] {
    switch (element.kind) {
        case 'host':
            return 'system';
        case 'vm':
        case 'hypervisor':
            return 'virtualisation';
        default:
            return 'containers';
    }
}

function ownLabel(element: Element): string {
    switch (element.kind) {
        case 'host':
            return `${element.os?.name ?? 'system'}, idle`;
        case 'vm':
            return 'virtualisation';
        case 'engine':
            return 'daemon';
        case 'hypervisor':
            return 'hypervisor';
        default:
            return "the runtime's share";
    }
}
