/** Puts an allocation of CPU into words: what each element is granted, what it lost to limits and to competitors, and what binds it. */

import { at } from '../model/columns.ts';
import type { CpuResult } from '../model/result.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { cores, fraction } from '../model/units.ts';
import type { CpuAllocation } from './cpu.ts';
import { cpuBounds } from './cpu-bounds.ts';

/** One entry for each element, in order; undefined where CPU makes no sense. */
export function cpuResults(index: TopologyIndex, cpu: CpuAllocation): readonly (CpuResult | undefined)[] {
    const promised = promisedCpu(index);
    const bounds = cpuBounds(index, cpu);
    const overheads = virtualisationCost(index, cpu);
    return index.elements.map((element, number) => {
        if (element.kind === 'disk' || element.kind === 'nic') return undefined;
        const bound = bounds[number];
        const result: Growing = {};
        if ('cpuWeight' in element && at(cpu.forest.nodes, number) >= 0) result.weight = element.cpuWeight;
        if ('cpuLimit' in element && element.cpuLimit !== undefined) result.limit = element.cpuLimit;
        if (at(index.running, number) === 1 && at(cpu.unknown, number) === 0) addFigures(result, cpu, overheads, number);
        if (element.kind === 'host' || element.kind === 'vm' || element.kind === 'hypervisor')
            Object.assign(result, capacityFigures(index, cpu, promised, number));
        else if (element.kind !== 'engine' && element.kind !== 'process') addRoom(result);
        if (bound !== undefined) result.bound = bound;
        return result;
    });
}

/** A result that is being written, key by key: with hundreds of thousands of elements, spreading its parts would take longer than the solver. */
type Growing = { -readonly [Key in keyof CpuResult]: CpuResult[Key] };

/** What a group leaves of its limit. */
function addRoom(result: Growing): void {
    const { limit, granted } = result;
    if (limit !== undefined && limit > 0 && granted !== undefined) result.headroom = fraction(Math.max(1 - granted / limit, 0));
}

function addFigures(result: Growing, cpu: CpuAllocation, overheads: Float64Array, number: number): void {
    const demand = at(cpu.demand, number);
    const granted = at(cpu.granted, number);
    const uncontended = Math.max(at(cpu.uncontended, number), granted);
    result.demand = cores(demand);
    result.granted = cores(granted);
    result.throttled = fraction(lost(demand, uncontended, demand));
    result.contended = fraction(lost(uncontended, granted, demand));
    result.overhead = cores(at(overheads, number));
}

/** By element: what virtualisation and sandboxes themselves take, of its own kernel's CPUs; a guest's inner costs are in what the guest uses. */
function virtualisationCost(index: TopologyIndex, cpu: CpuAllocation): Float64Array {
    const cost = new Float64Array(index.elements.length);
    for (let number = cost.length - 1; number >= 0; number--) {
        const carrier = at(index.carrier, number);
        const granted = at(cpu.granted, number);
        if (index.elements[number]?.kind === 'vm')
            cost[number] = granted - granted / (1 + (cpu.forest.kernels[at(cpu.forest.positions, number)]?.overhead ?? 0));
        if (index.elements[number]?.kind === 'container') cost[number] = granted - granted / at(cpu.forest.costs, number);
        if (carrier >= 0) cost[carrier] = at(cost, carrier) + at(index.count, number) * at(cost, number);
    }
    return cost;
}

/** The fraction of the demand that lies between two grants; rounding is nobody's loss. */
function lost(more: number, less: number, demand: number): number {
    if (demand <= 0) return 0;
    const share = (more - less) / demand;
    return share < 1e-12 ? 0 : Math.min(share, 1);
}

/** Hosts and VMs have logical CPUs; a hypervisor hands out those of what it stands on. */
function capacityFigures(index: TopologyIndex, cpu: CpuAllocation, promised: Float64Array, number: number): CpuResult {
    const kind = index.elements[number]?.kind;
    const machine = kind === 'hypervisor' ? at(index.carrier, number) : number;
    const kernel = cpu.forest.kernels[at(cpu.forest.positions, machine)];
    if (kernel === undefined || !Number.isFinite(kernel.cpus)) return {};
    const used = at(cpu.granted, number) / (1 + (kind === 'vm' ? kernel.overhead : 0));
    const isKnown = at(index.running, number) === 1 && at(cpu.unknown, number) === 0;
    if (kernel.cpus <= 0) return { capacity: cores(0) };
    return {
        capacity: cores(kernel.cpus),
        ...(isKnown ? { headroom: fraction(Math.max(1 - used / kernel.cpus, 0)) } : {}),
        overcommit: fraction(Math.min(at(promised, number) / kernel.cpus, Number.MAX_VALUE)),
    };
}

/** By element: CPU that is promised on it: vCPUs of the VMs that start by themselves, and reserves; a group's is the larger of its own and its children's. */
function promisedCpu(index: TopologyIndex): Float64Array {
    const promised = new Float64Array(index.elements.length);
    for (let number = index.elements.length - 1; number >= 0; number--) {
        const element = index.elements[number];
        const carrier = at(index.carrier, number);
        if (element === undefined || carrier < 0 || at(index.running, number) === 0) continue;
        const own = element.kind === 'vm' ? (element.vcpus ?? 0) : Math.max('cpuReserve' in element ? element.cpuReserve : 0, at(promised, number));
        promised[carrier] = Math.min(at(promised, carrier) + at(index.count, number) * own, Number.MAX_VALUE);
    }
    return promised;
}
