/** The one entry of the core: what a topology gives, as plain data. */
import { findings } from './checks/checks.ts';
import { judgements } from './expectations.ts';
import { kernelGroups } from './isolation/kernels.ts';
import { controlGraph } from './isolation/reach/control-graph.ts';
import { type BootChain, bootChain } from './lifecycle/boot.ts';
import { at } from './model/columns.ts';
import { complete } from './model/complete.ts';
import { finite } from './model/finite.ts';
import type { ElementId } from './model/ids.ts';
import type { Cost, ElementResult, Result } from './model/result.ts';
import type { Topology } from './model/topology.ts';
import { indexTopology, type TopologyIndex } from './model/topology-index.ts';
import { seconds } from './model/units.ts';
import { allocateCpu } from './resources/cpu.ts';
import { cpuResults } from './resources/cpu-results.ts';
import { diskResults, diskUse } from './resources/disk.ts';
import { memoryUse } from './resources/memory.ts';
import { memoryResults } from './resources/memory-results.ts';

export interface Options {
    /** Asked between stages; once it says true, the simulation ends with `'stopped'` and nothing else. */
    readonly shouldStop: () => boolean;
}

export const defaults: Options = { shouldStop: () => false };

/** Pure: the same topology gives the same result. Throws only where the core itself is wrong. */
export function simulate(topology: Topology): Result;
export function simulate(topology: Topology, options: Partial<Options>): Result | 'stopped';
export function simulate(topology: Topology, options: Partial<Options> = {}): Result | 'stopped' {
    const { shouldStop } = { ...defaults, ...options };
    const index = indexTopology(complete(topology));
    if (shouldStop()) return 'stopped';
    const cpu = allocateCpu(index);
    if (shouldStop()) return 'stopped';
    const memory = memoryUse(index);
    const boot = bootChain(index);
    const disk = diskUse(index);
    const elements = elementResults(index, cpuResults(index, cpu), memoryResults(index, memory), diskResults(index, disk), boot);
    if (shouldStop()) return 'stopped';
    const control = controlGraph(index);
    const expectations = judgements({ index, results: elements, control });
    return {
        topology: index.topology,
        elements,
        kernels: kernelGroups(index),
        findings: findings({ index, results: elements, cpu, memory, disk, boot, control, judgements: expectations }),
        expectations,
        cost: costOf(index),
    };
}

type Column<Value> = readonly (Value | undefined)[];

function elementResults(
    index: TopologyIndex,
    cpu: Column<ElementResult['cpu']>,
    memory: Column<ElementResult['memory']>,
    disk: Column<ElementResult['disk']>,
    boot: BootChain,
): ReadonlyMap<ElementId, ElementResult> {
    const results = new Map<ElementId, ElementResult>();
    for (const [number, element] of index.elements.entries()) {
        const carrier = index.elements[at(index.carrier, number)]?.id;
        const kernel = index.elements[at(index.kernel, number)]?.id;
        const ofCpu = cpu[number];
        const ofMemory = memory[number];
        const ofDisk = disk[number];
        const readyAt = at(boot.readyAt, number);
        results.set(element.id, {
            ...(carrier === undefined ? {} : { carrier }),
            ...(kernel === undefined ? {} : { kernel }),
            ...(ofCpu === undefined ? {} : { cpu: ofCpu }),
            ...(ofMemory === undefined ? {} : { memory: ofMemory }),
            ...(ofDisk === undefined ? {} : { disk: ofDisk }),
            ...(Number.isNaN(readyAt) ? {} : { readyAt: seconds(readyAt) }),
        });
    }
    return results;
}

function costOf(index: TopologyIndex): Cost {
    let elements = 0;
    for (const multiplicity of index.multiplicity) elements += multiplicity;
    return { elements: finite(elements), distinct: index.elements.length, events: 0 };
}
