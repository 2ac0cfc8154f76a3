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
import type { Run } from './model/timeline.ts';
import type { Topology } from './model/topology.ts';
import { indexTopology, type TopologyIndex } from './model/topology-index.ts';
import { seconds } from './model/units.ts';
import { allocateCpu } from './resources/cpu.ts';
import { cpuResults } from './resources/cpu-results.ts';
import { diskResults, diskUse } from './resources/disk.ts';
import { allocateIo, trafficResults } from './resources/io.ts';
import { memoryUse } from './resources/memory.ts';
import { memoryResults } from './resources/memory-results.ts';
import { runAll } from './timeline/run-all.ts';

/** How far a simulation has come. */
export interface Progress {
    readonly stage: 'steady state' | 'isolation' | 'scenarios' | 'findings';
    /** Of the stage; 0 where it begins. */
    readonly share: number;
}

export interface Options {
    /** Asked when a stage begins and every few milliseconds of a run; once it says true, the simulation ends with `'stopped'` and nothing else. */
    readonly shouldStop: (progress: Progress) => boolean;
    /** The result before an edit: hosts that the edit can't influence are not run again. The result is the same without. */
    readonly previous: Result | undefined;
    /** Whether a topology without scenarios is run for ten minutes as well. */
    readonly defaultRun: boolean;
}

export const defaults: Options = { shouldStop: () => false, defaultRun: false, previous: undefined };

/** Pure: the same topology gives the same result. Throws only where the core itself is wrong. */
export function simulate(topology: Topology): Result;
export function simulate(topology: Topology, options: Partial<Options>): Result | 'stopped';
export function simulate(topology: Topology, options: Partial<Options> = {}): Result | 'stopped' {
    const { shouldStop, defaultRun, previous } = { ...defaults, ...options };
    const index = indexTopology(complete(topology));
    if (shouldStop({ stage: 'steady state', share: 0 })) return 'stopped';
    const cpu = allocateCpu(index);
    if (shouldStop({ stage: 'steady state', share: 0.5 })) return 'stopped';
    const memory = memoryUse(index);
    const boot = bootChain(index);
    const disk = diskUse(index);
    const io = allocateIo(index, cpu);
    const elements = elementResults(index, boot, {
        cpu: cpuResults(index, cpu),
        memory: memoryResults(index, memory),
        disk: diskResults(index, disk),
        io: trafficResults(index, io, 'storage'),
        network: trafficResults(index, io, 'network'),
    });
    if (shouldStop({ stage: 'isolation', share: 0 })) return 'stopped';
    const control = controlGraph(index);
    const expectations = judgements({ index, results: elements, control });
    if (shouldStop({ stage: 'scenarios', share: 0 })) return 'stopped';
    const runs = runAll(index, { shouldStop: (share) => shouldStop({ stage: 'scenarios', share }), defaultRun, results: elements, control, previous });
    if (runs === 'stopped' || shouldStop({ stage: 'findings', share: 0 })) return 'stopped';
    return {
        topology: index.topology,
        elements,
        kernels: kernelGroups(index),
        findings: findings({ index, results: elements, cpu, memory, disk, io, boot, control, judgements: expectations, runs }),
        expectations,
        runs,
        cost: costOf(index, runs),
    };
}

type Resource = 'cpu' | 'memory' | 'disk' | 'io' | 'network';
type Columns = { readonly [Name in Resource]: readonly (ElementResult[Name] | undefined)[] };

function elementResults(index: TopologyIndex, boot: BootChain, columns: Columns): ReadonlyMap<ElementId, ElementResult> {
    const results = new Map<ElementId, ElementResult>();
    for (const [number, element] of index.elements.entries()) {
        // Written key by key: spreading a part for each would take longer than the solver.
        const result: { -readonly [Key in keyof ElementResult]: ElementResult[Key] } = {};
        const carrier = index.elements[at(index.carrier, number)];
        const kernel = index.elements[at(index.kernel, number)];
        const readyAt = at(boot.readyAt, number);
        if (carrier !== undefined) result.carrier = carrier.id;
        if (kernel !== undefined) result.kernel = kernel.id;
        const cpu = columns.cpu[number];
        const memory = columns.memory[number];
        const disk = columns.disk[number];
        const io = columns.io[number];
        const network = columns.network[number];
        if (cpu !== undefined) result.cpu = cpu;
        if (memory !== undefined) result.memory = memory;
        if (disk !== undefined) result.disk = disk;
        if (io !== undefined) result.io = io;
        if (network !== undefined) result.network = network;
        if (!Number.isNaN(readyAt)) result.readyAt = seconds(readyAt);
        results.set(element.id, result);
    }
    return results;
}

function costOf(index: TopologyIndex, runs: readonly Run[]): Cost {
    let elements = 0;
    for (const multiplicity of index.multiplicity) elements += multiplicity;
    return { elements: finite(elements), distinct: index.elements.length, events: runs.reduce((sum, { instants }) => sum + instants, 0) };
}
