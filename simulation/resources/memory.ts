/**
 * How much memory is used in the steady state, what it may come to, and where it comes from.
 *
 * process    used = working set (the peak over its phases, ramps included)
 * container  used = Σ processes + the runtime's share;                    committed = limit, else used
 *            with a kernel of its own (Kata) also the idle system in it;   committed = (limit, else Σ processes) + the rest
 * slice, pod used = Σ children;                                           committed = min(limit, Σ committed)
 * engine     used = Σ children + the daemon's own
 * VM         used = min(guest, memory) + overhead;                        committed = memory + overhead
 *            guest = idle system + Σ children: what the guest has touched, where nothing ever shrinks
 * hypervisor used = Σ children + its own memory
 * host       used = idle system + Σ children
 *
 * Overhead of a VM: the hypervisor's `overhead memory`, else its type's formula or table (bilinear between the vendor's points, linear
 * beyond the outermost two). A virtual machine that a product brings along costs its size; no vendor publishes more.
 * What does not start by itself uses and commits nothing. Sums are of replicas; figures are finite whatever the text says.
 */

import { at } from '../model/columns.ts';
import type { MemoryOverhead } from '../model/definitions.ts';
import { finite } from '../model/finite.ts';
import type { Element, Process, Vm } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { elementAt, runtimeOf } from '../model/topology-index.ts';
import { hypervisorTypeOf } from './cpu-forest.ts';
import { interpolate } from './overhead-table.ts';

/** Memory by element, for each of its replicas. */
export interface MemoryUse {
    /** As its carrier sees it. */
    readonly used: Float64Array;
    readonly committed: Float64Array;
    /** Processes only, without what carrying them costs. */
    readonly workingSet: Float64Array;
    /** What stands inside: of a VM what its guest uses, uncapped; elsewhere `used`. */
    readonly inside: Float64Array;
    /** The element's own cost beside what it carries. */
    readonly overhead: Float64Array;
    /** 1 where nothing below says what is used. */
    readonly unknown: Uint8Array;
}

/** The peak of a process's working set. */
export function workingSet(process: Process): number {
    let peak = process.phases.length === 0 ? process.memory : 0;
    for (const phase of process.phases) peak = Math.max(peak, phase.memory, phase.memoryTo ?? 0);
    return finite(Math.max(peak, 0));
}

export function memoryUse(index: TopologyIndex): MemoryUse {
    const size = index.elements.length;
    const column = () => new Float64Array(size);
    const use = { used: column(), committed: column(), workingSet: column(), inside: column(), overhead: column(), unknown: new Uint8Array(size) };
    const known = new Uint8Array(size);
    // While going up, `used` and `committed` hold the sums of what the element carries until its own turn comes.
    for (let number = size - 1; number >= 0; number--) {
        const element = index.elements[number];
        if (element === undefined || at(index.running, number) === 0) continue;
        settle(index, use, number, element);
        if (element.kind === 'process') known[number] = 1;
        if (element.kind === 'container' && element.children.length === 0) use.unknown[number] = 1;
        const carrier = at(index.carrier, number);
        if (carrier < 0) continue;
        const count = at(index.count, number);
        for (const sum of [use.used, use.committed, use.workingSet]) sum[carrier] = finite(at(sum, carrier) + count * at(sum, number));
        if (count > 0) {
            known[carrier] = at(known, carrier) | at(known, number);
            use.unknown[carrier] = at(use.unknown, carrier) | at(use.unknown, number);
        }
    }
    for (let number = 0; number < size; number++) use.unknown[number] = at(use.unknown, number) & ~at(known, number);
    return use;
}

/** Adds an element's own cost to the sums of what it carries. */
function settle(index: TopologyIndex, use: MemoryUse, number: number, element: Element): void {
    const inside = at(use.used, number);
    const own = finite(ownMemory(index, number, element));
    use.overhead[number] = own;
    use.inside[number] = inside;
    switch (element.kind) {
        case 'process':
            for (const column of [use.used, use.committed, use.workingSet, use.inside]) column[number] = workingSet(element);
            return;
        case 'container':
            use.used[number] = finite(inside + own);
            use.committed[number] =
                at(index.kernel, number) === number ? finite((element.memoryLimit ?? inside) + own) : (element.memoryLimit ?? finite(inside + own));
            return;
        case 'slice':
        case 'pod':
            use.committed[number] = Math.min(at(use.committed, number), element.memoryLimit ?? Infinity);
            return;
        case 'vm': {
            const system = systemMemory(index, element);
            const guest = finite(inside + system);
            use.inside[number] = guest;
            use.used[number] = finite(Math.min(guest, element.memory ?? Infinity) + own);
            use.committed[number] = finite((element.memory ?? guest) + own);
            return;
        }
        case 'host':
        case 'hypervisor':
        case 'engine':
            use.used[number] = finite(inside + own);
            use.inside[number] = at(use.used, number);
            use.committed[number] = finite(at(use.committed, number) + own);
            return;
        case 'disk':
        case 'nic':
            return;
        default:
            element satisfies never;
    }
}

/** What an element costs beside what it carries. */
export function ownMemory(index: TopologyIndex, number: number, element: Element): number {
    const { definitions } = index.topology;
    switch (element.kind) {
        case 'host':
            return systemMemory(index, element);
        case 'hypervisor':
            return element.ownMemory ?? definitions.hypervisorTypes.get(element.type)?.ownMemory ?? 0;
        case 'vm':
            return vmOverhead(index, number, element);
        case 'engine':
            return definitions.engineTypes.get(element.type)?.memory ?? 0;
        case 'container': {
            const engine = elementAt(index, at(index.engine, number), 'engine');
            const ofEngine = (engine === undefined ? undefined : definitions.engineTypes.get(engine.type)?.memoryPerContainer) ?? 0;
            return ofEngine + (runtimeOf(index.topology, element, engine)?.memoryPerContainer ?? 0) + innerSystemMemory(index, number);
        }
        default:
            return 0;
    }
}

/** What the idle operating system of a host or guest holds. */
export function systemMemory(index: TopologyIndex, element: { readonly os?: { readonly name: string } }): number {
    return (element.os === undefined ? undefined : index.topology.definitions.operatingSystems.get(element.os.name)?.memory) ?? 0;
}

/** What the idle system inside a container with a kernel of its own holds. */
export function innerSystemMemory(index: TopologyIndex, number: number): number {
    const container = elementAt(index, number, 'container');
    if (container === undefined || at(index.kernel, number) !== number) return 0;
    const runtime = runtimeOf(index.topology, container, index.elements[at(index.engine, number)]);
    return runtime === undefined ? 0 : systemMemory(index, { os: { name: runtime.os } });
}

/** Memory that a VM costs its host beside its own. */
function vmOverhead(index: TopologyIndex, number: number, vm: Vm): number {
    const hypervisor = elementAt(index, at(index.carrier, number), 'hypervisor');
    if (hypervisor?.overheadMemory !== undefined) return hypervisor.overheadMemory;
    const type = hypervisorTypeOf(index, number);
    return type === undefined ? 0 : overheadBy(type.memory, vm.vcpus ?? 0, vm.memory ?? 0);
}

function overheadBy(overhead: MemoryOverhead, vcpus: number, memory: number): number {
    switch (overhead.kind) {
        case 'formula':
            return overhead.base + overhead.perVcpu * vcpus + overhead.perMemory * memory;
        case 'table':
            return interpolate(overhead.rows, memory, vcpus);
        default:
            return overhead satisfies never;
    }
}
