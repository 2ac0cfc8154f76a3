/** What keeps each grant of CPU from being more, and the element that sets the bound. */

import { at } from '../model/columns.ts';
import type { CpuResult } from '../model/result.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import type { CpuAllocation } from './cpu.ts';
import { processDemand } from './cpu-forest.ts';

type Bound = CpuResult['bound'];

/** Grants are compared up to rounding. */
const tolerance = 1e-9;

/**
 * One bound for each element, in order; undefined where nothing is known or nothing runs.
 * Who gets all it asks for is bound by its demand. Who gets what its limits leave of it is bound by its own limit, or by one below it.
 * Who gets less is bound from above: by the nearest carrier whose limit is reached, else by its competitors on the host.
 */
export function cpuBounds(index: TopologyIndex, cpu: CpuAllocation): readonly Bound[] {
    const limiting = limitingElements(index, cpu);
    const bounds: Bound[] = [];
    for (const [number, element] of index.elements.entries()) {
        if (at(index.running, number) === 0 || at(cpu.unknown, number) === 1 || element.kind === 'disk' || element.kind === 'nic') {
            bounds.push(undefined);
        } else if (isAtLeast(at(cpu.granted, number), at(cpu.demand, number))) {
            bounds.push({ by: element.kind === 'process' && isCutByThreads(element) ? 'threads' : 'demand' });
        } else {
            bounds.push(
                isAtLeast(at(cpu.granted, number), at(cpu.wanted, number))
                    ? boundBelow(index, cpu, at(limiting, number), number)
                    : boundAbove(index, cpu, bounds, number),
            );
        }
    }
    return bounds;
}

function boundAbove(index: TopologyIndex, cpu: CpuAllocation, bounds: readonly Bound[], number: number): Bound {
    const carrier = at(index.carrier, number);
    const above = index.elements[carrier];
    if (above === undefined) return { by: 'contention' };
    const isSatisfied = isAtLeast(at(cpu.granted, carrier), at(cpu.wanted, carrier));
    const own = ownBound(index, cpu, carrier, at(cpu.granted, carrier));
    if (isSatisfied && own !== undefined) return { by: own, at: above.id };
    const inherited = isSatisfied ? undefined : bounds[carrier];
    if (inherited !== undefined && inherited.by !== 'demand') return { by: inherited.by, at: inherited.at ?? above.id };
    const kernel = index.elements[at(index.kernel, number)];
    return { by: 'contention', ...(kernel === undefined ? {} : { at: kernel.id }) };
}

function boundBelow(index: TopologyIndex, cpu: CpuAllocation, limiting: number, number: number): Bound {
    const by = ownBound(index, cpu, limiting, at(cpu.granted, limiting)) ?? 'limit';
    const element = index.elements[limiting];
    return limiting === number || element === undefined ? { by } : { by, at: element.id };
}

/** By element: itself where its own limit is reached, else the one below it that loses most. */
function limitingElements(index: TopologyIndex, cpu: CpuAllocation): Int32Array {
    const limiting = Int32Array.from(index.elements, (_, number) => number);
    const loss = new Float64Array(index.elements.length);
    for (let number = index.elements.length - 1; number >= 0; number--) {
        if (ownBound(index, cpu, number, at(cpu.granted, number)) !== undefined) limiting[number] = number;
        const carrier = at(index.carrier, number);
        const lost = at(index.count, number) * (at(cpu.demand, number) - at(cpu.granted, number));
        if (carrier < 0 || lost <= at(loss, carrier)) continue;
        loss[carrier] = lost;
        limiting[carrier] = at(limiting, number);
    }
    return limiting;
}

/** The element's own bound that the amount, of what it is granted or would be without competitors, has reached. */
export function ownBound(index: TopologyIndex, cpu: CpuAllocation, number: number, amount: number): 'limit' | 'set' | 'vcpus' | undefined {
    const { forest } = cpu;
    if (isAtLeast(amount, at(forest.limits, number))) return 'limit';
    const set = at(forest.setSizes, number);
    if (Number.isFinite(set) && isAtLeast(amount, set * at(cpu.rate, at(index.kernel, number)))) return 'set';
    const own = forest.kernels[at(forest.positions, number)];
    if (own === undefined || index.elements[number]?.kind !== 'vm') return undefined;
    return isAtLeast(amount, own.cpus * (1 + own.overhead)) ? 'vcpus' : undefined;
}

function isCutByThreads(process: Parameters<typeof processDemand>[0]): boolean {
    const { asked, demand } = processDemand(process);
    return asked > demand;
}

const isAtLeast = (granted: number, bound: number) => granted >= bound * (1 - tolerance);
