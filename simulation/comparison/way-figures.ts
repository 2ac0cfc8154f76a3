/** Reads what a way costs from the results of its variants; nothing is computed here that the simulation did not say. */

import { wallsBetween } from '../isolation/boundaries.ts';
import { append } from '../model/append.ts';
import { at, none } from '../model/columns.ts';
import type { OsFamily } from '../model/definitions.ts';
import type { Wall } from '../model/expectation.ts';
import { walls } from '../model/expectation.ts';
import type { ElementId, InstanceSet } from '../model/ids.ts';
import { osFamily } from '../model/placement.ts';
import type { MemoryPart, Result } from '../model/result.ts';
import type { ElementKind } from '../model/topology.ts';
import { indexTopology, type TopologyIndex } from '../model/topology-index.ts';
import { bytes, cores, fraction, seconds } from '../model/units.ts';
import type { WayCpu, WayCrash, WayDisk, WayIdle, WayKernels, WayMemory, WayReady } from './comparison.ts';
import type { Variant } from './variants.ts';

/** A variant with its result, and the elements of the result as numbered columns. */
export interface Run {
    readonly variant: Variant;
    readonly result: Result;
    readonly index: TopologyIndex;
    readonly isKnown: boolean;
}

export function runOf(variant: Variant, result: Result, isKnown: boolean): Run {
    return { variant, result, index: indexTopology(result.topology), isKnown };
}

export const hostsOf = ({ index }: Run): number => total(index, 'host', () => 1);

export function memoryOf({ index, result, isKnown }: Run): WayMemory {
    const sums: Record<MemoryPart['origin'], number> = { processes: 0, system: 0, virtualisation: 0, containers: 0, carried: 0, beyond: 0 };
    for (const [number, element] of index.elements.entries()) {
        const memory = result.elements.get(element.id)?.memory;
        // A container that nobody described has no sum, but its runtime's share is known.
        const parts = memory?.parts ?? [{ origin: 'containers' as const, bytes: memory?.overhead ?? 0 }];
        for (const part of parts) sums[part.origin] += part.bytes * at(index.multiplicity, number);
    }
    const ofHosts = (figure: 'used' | 'committed'): number => total(index, 'host', (id) => result.elements.get(id)?.memory?.[figure] ?? 0);
    return {
        ...(isKnown ? { used: bytes(ofHosts('used')), committed: bytes(ofHosts('committed')), workloads: bytes(sums.processes + sums.beyond) } : {}),
        systems: bytes(sums.system),
        virtualisation: bytes(sums.virtualisation),
        containers: bytes(sums.containers),
    };
}

export function diskOf({ index, result }: Run): WayDisk {
    const used = total(index, 'host', (id) => result.elements.get(id)?.disk?.used ?? 0);
    const images = total(index, 'engine', (id) => result.elements.get(id)?.disk?.used ?? 0);
    return { used: bytes(used), systems: bytes(used - images) };
}

export function cpuOf({ index, result, isKnown }: Run): WayCpu {
    if (!isKnown) return {};
    const granted = total(index, 'host', (id) => result.elements.get(id)?.cpu?.granted ?? 0);
    // A host's own figure leaves out what is spent inside its guests.
    const overheadOf = (id: ElementId): number => result.elements.get(id)?.cpu?.overhead ?? 0;
    const overhead = total(index, 'vm', overheadOf) + total(index, 'container', overheadOf);
    const work = granted - overhead;
    return { granted: cores(granted), overhead: cores(overhead), ...(work > 0 ? { overheadShare: fraction(overhead / work) } : {}) };
}

export function readyOf({ index, result, variant }: Run): WayReady {
    let last = 0;
    let longest = 0;
    for (const { root, workload } of variant.places) {
        const ready = result.elements.get(workload)?.readyAt;
        const host = index.elements[at(index.host, index.numbers.get(root) ?? none)];
        const hostReady = host === undefined ? undefined : result.elements.get(host.id)?.readyAt;
        if (ready === undefined || hostReady === undefined) return {};
        last = Math.max(last, ready);
        longest = Math.max(longest, host?.id === root ? ready : ready - hostReady);
    }
    return { at: seconds(last), start: seconds(longest) };
}

export function idleOf({ index, result, isKnown }: Run): WayIdle {
    if (!isKnown) return {};
    const free = (kind: 'host' | 'vm', resource: 'cpu' | 'memory'): number | undefined => {
        let sum = 0;
        for (const [number, element] of index.elements.entries()) {
            if (element.kind !== kind) continue;
            const { capacity, headroom } = result.elements.get(element.id)?.[resource] ?? {};
            if (capacity === undefined || headroom === undefined) return undefined;
            sum += at(index.multiplicity, number) * capacity * Math.max(headroom, 0);
        }
        return sum;
    };
    const [cpu, memory, inGuests] = [free('host', 'cpu'), free('host', 'memory'), free('vm', 'memory')];
    return {
        ...(cpu === undefined ? {} : { cpu: cores(cpu) }),
        ...(memory === undefined ? {} : { memory: bytes(memory) }),
        ...(inGuests === undefined ? {} : { inGuests: bytes(inGuests) }),
    };
}

/** Kernels and their families; `runs` is what could run on them. */
export function kernelsOf({ index, variant }: Run, runs: readonly OsFamily[]): WayKernels {
    const kernels = new Set(variant.places.map(({ workload }) => at(index.kernel, index.numbers.get(workload) ?? none)));
    let count = 0;
    for (const kernel of kernels) count += at(index.multiplicity, kernel);
    const families = new Set([...kernels].flatMap((kernel) => kernelFamily(index, kernel) ?? []));
    return { count, families: [...families].sort(), runs };
}

function kernelFamily(index: TopologyIndex, kernel: number): OsFamily | undefined {
    const element = index.elements[kernel];
    // A container's own kernel is of its runtime's system, and no runtime has any but Linux's unless the text defines one.
    return element?.kind === 'container'
        ? index.topology.definitions.operatingSystems.get(index.topology.definitions.runtimeTypes.get(element.runtime ?? '')?.os ?? '')?.family
        : osFamily(index.topology.definitions, element);
}

/**
 * The weakest wall between any two workloads, of one copy or of two. Walls between workloads on one kernel are weaker than all others, so one pair
 * on each kernel, each workload with its own copy, and one pair of different kernels are enough. Invariant: `run` is of two copies.
 */
export function wallOf({ index, variant }: Run): { readonly wall: Wall; readonly because: string } {
    const byKernel = new Map<number, number[]>();
    for (const [place, { workload }] of variant.places.entries()) {
        const kernel = at(index.kernel, index.numbers.get(workload) ?? none);
        append(byKernel, kernel, place);
    }
    const firsts = [...byKernel.values()].flatMap(([first]) => first ?? []);
    const pairs: (readonly [number, number])[] = [];
    if (firsts.length > 1) pairs.push([firsts[0] ?? 0, firsts[1] ?? 0]);
    for (const [first, second] of byKernel.values()) if (first !== undefined && second !== undefined) pairs.push([first, second]);
    for (const place of variant.places.keys()) pairs.push([place, place]);
    const found = pairs.flatMap(([a, b]) => wallsBetween(index, copyOf(index, variant, a, 1), copyOf(index, variant, b, a === b ? 2 : 1)));
    const rank = ({ wall }: { readonly wall: Wall }): number => walls.indexOf(wall);
    const [weakest = { wall: 'machine', because: 'there is only one' } as const] = found.toSorted((a, b) => rank(a) - rank(b));
    return weakest;
}

/** One copy of a workload: that replica of its root, and all of what stands in it. */
function copyOf(index: TopologyIndex, variant: Variant, place: number, copy: number): InstanceSet {
    const { workload } = variant.places[place] ?? { workload: '' as ElementId };
    const ranges = [{ first: copy, last: copy }];
    const { root } = variant.places[place] ?? { root: '' as ElementId };
    for (let id: ElementId | undefined = workload; id !== undefined && id !== root; id = index.topology.elements.get(id)?.parent) {
        const replicas = index.topology.elements.get(id)?.replicas;
        if (replicas !== undefined) ranges.splice(1, 0, { first: 1, last: replicas });
    }
    return { element: workload, ranges };
}

/** Who stands on the kernel under a workload, directly or in guests of it; of each workload's, the kernel with the most. */
export function crashOf({ index, variant }: Run): WayCrash {
    const carried = new Map<number, number>();
    let of = 0;
    for (const { workload } of variant.places) {
        const number = index.numbers.get(workload) ?? none;
        const count = at(index.multiplicity, number) / insideCount(index, variant, workload);
        of += count;
        for (const kernel of kernelChain(index, number)) carried.set(kernel, (carried.get(kernel) ?? 0) + count);
    }
    let worst = { falls: 0, isHost: false };
    for (const { workload } of variant.places) {
        const kernel = at(index.kernel, index.numbers.get(workload) ?? none);
        const falls = (carried.get(kernel) ?? 0) / Math.max(at(index.multiplicity, kernel), 1);
        if (falls > worst.falls) worst = { falls, isHost: index.elements[kernel]?.kind === 'host' };
    }
    return { ...worst, of };
}

/** Replicas of a process within one replica of its workload. */
function insideCount(index: TopologyIndex, variant: Variant, workload: ElementId): number {
    const root = variant.places.find((place) => place.workload === workload)?.root;
    const number = index.numbers.get(workload) ?? none;
    const rootNumber = index.numbers.get(root ?? workload) ?? number;
    return Math.max(at(index.multiplicity, number) / Math.max(at(index.multiplicity, rootNumber), 1), 1);
}

function kernelChain(index: TopologyIndex, number: number): readonly number[] {
    const chain: number[] = [];
    for (
        let kernel = at(index.kernel, number);
        kernel !== none;
        kernel = at(index.carrier, kernel) === none ? none : at(index.kernel, at(index.carrier, kernel))
    )
        chain.push(kernel);
    return chain;
}

function total(index: TopologyIndex, kind: ElementKind, figure: (id: ElementId) => number): number {
    let sum = 0;
    for (const [number, element] of index.elements.entries()) if (element.kind === kind) sum += figure(element.id) * at(index.multiplicity, number);
    return sum;
}
