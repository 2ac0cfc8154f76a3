/**
 * Disk space. All that a machine stores stands on its disks taken together; the first one takes it all, since nothing says otherwise.
 *
 * engine  used = Σ images of its containers, each definition once
 * VM      used = installed system + Σ engines in it: what a thin disk has really allocated
 *         promised = its disks' sizes, or what it uses where it has none or outgrew them: what a thin disk may come to allocate
 * host    used = installed system + Σ engines + Σ VMs' used;   promised = the same with the VMs' promised
 *
 * Thin disks are the default of every hypervisor in the catalog, so `used` is what is there now; a disk is too small (an error) when it cannot hold what is
 * promised, because a guest that fills its own disk in good faith would stop all others.
 * What does not start by itself still takes its space: disks outlive a power-off.
 */

import { at, listAt } from '../model/columns.ts';
import { finite } from '../model/finite.ts';
import type { DiskResult } from '../model/result.ts';
import type { Container } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { bytes, fraction } from '../model/units.ts';

/** Bytes by element, for each of its replicas. */
export interface DiskUse {
    readonly used: Float64Array;
    readonly promised: Float64Array;
    /** Size of all disks of a host or VM; NaN where none has a size. */
    readonly capacity: Float64Array;
}

export function diskUse(index: TopologyIndex): DiskUse {
    const size = index.elements.length;
    const use = { used: new Float64Array(size), promised: new Float64Array(size), capacity: new Float64Array(size).fill(Number.NaN) };
    const images = imagesByEngine(index);
    for (let number = size - 1; number >= 0; number--) {
        const element = index.elements[number];
        if (element === undefined) continue;
        const carrier = at(index.carrier, number);
        let own = 0;
        if (element.kind === 'disk' && element.size !== undefined && carrier >= 0)
            use.capacity[carrier] = finite((at(use.capacity, carrier) || 0) + at(index.count, number) * element.size);
        if (element.kind === 'host' || element.kind === 'vm') own = installedSize(index, element.os?.name);
        // An engine's images lie where its containers run: in its own machine, if it has one that carries any of them.
        own += at(images, number);
        use.used[number] = finite(at(use.used, number) + own);
        use.promised[number] = finite(at(use.promised, number) + own);
        if (element.kind === 'vm') use.promised[number] = Math.max(at(use.promised, number), at(use.capacity, number) || 0);
        if (carrier < 0 || element.kind === 'container' || element.kind === 'disk') continue;
        for (const sum of [use.used, use.promised]) sum[carrier] = finite(at(sum, carrier) + at(index.count, number) * at(sum, number));
    }
    return use;
}

export function diskResults(index: TopologyIndex, use: DiskUse): readonly (DiskResult | undefined)[] {
    const isFirst = firstDisks(index);
    return index.elements.map((element, number): DiskResult | undefined => {
        switch (element.kind) {
            case 'host':
            case 'vm':
                return { used: bytes(at(use.used, number)), ...room(at(use.used, number), at(use.capacity, number)) };
            case 'disk': {
                const used = at(isFirst, number) === 1 ? at(use.used, at(index.carrier, number)) : 0;
                return { used: bytes(used), ...room(used, element.size ?? Number.NaN) };
            }
            case 'engine':
                return { used: bytes(at(use.used, number)) };
            case 'container': {
                const size = imageSize(index, element);
                return size === undefined ? undefined : { used: bytes(size) };
            }
            default:
                return undefined;
        }
    });
}

function room(used: number, capacity: number): DiskResult {
    if (Number.isNaN(capacity)) return {};
    return { capacity: bytes(capacity), ...(capacity > 0 ? { headroom: fraction(finite(1 - used / capacity)) } : {}) };
}

/** By element: image bytes that an engine (or its own machine) stores, each definition once. */
function imagesByEngine(index: TopologyIndex): Float64Array {
    const stored = new Float64Array(index.elements.length);
    const seen = new Set<string>();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind !== 'container' || at(index.multiplicity, number) === 0) continue;
        const store = storeOf(index, number);
        const size = imageSize(index, element);
        const key = `${store} ${element.image?.definition ?? ''}`;
        if (size === undefined || store < 0 || seen.has(key)) continue;
        seen.add(key);
        stored[store] = finite(at(stored, store) + size);
    }
    return stored;
}

/** The implicit machine that carries a container, else its engine. */
function storeOf(index: TopologyIndex, container: number): number {
    const kernel = at(index.kernel, container) === container ? at(index.kernel, at(index.carrier, container)) : at(index.kernel, container);
    return index.elements[kernel]?.implicit === true ? kernel : at(index.engine, container);
}

function imageSize(index: TopologyIndex, container: Container): number | undefined {
    const definition = container.image?.definition;
    return definition === undefined ? undefined : index.topology.definitions.images.get(definition)?.size;
}

function installedSize(index: TopologyIndex, os: string | undefined): number {
    return (os === undefined ? undefined : index.topology.definitions.operatingSystems.get(os)?.disk) ?? 0;
}

/** 1 for the first disk of each machine. */
function firstDisks(index: TopologyIndex): Uint8Array {
    const first = new Uint8Array(index.elements.length);
    for (const [number, element] of index.elements.entries()) {
        if (element.kind !== 'host' && element.kind !== 'vm') continue;
        const disk = listAt(index.carried, number).find((child) => index.elements[child]?.kind === 'disk');
        if (disk !== undefined) first[disk] = 1;
    }
    return first;
}
