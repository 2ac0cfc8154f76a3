/** What carrying a workload costs beside what it uses itself, read from a variant of its host with one replica of it and nothing else. */
import { bootChain } from '../lifecycle/boot.ts';
import { at } from '../model/columns.ts';
import { complete } from '../model/complete.ts';
import { memoryFigure, percentFigure, timeFigure } from '../model/figures.ts';
import { indexTopology, type TopologyIndex } from '../model/topology-index.ts';
import { allocateCpu } from '../resources/cpu.ts';
import { cpuResults } from '../resources/cpu-results.ts';
import { memoryUse } from '../resources/memory.ts';
import { singleUnit } from './selection.ts';
import { buildVariant, type Ground, groundOf } from './variants.ts';

export interface CarryingCost {
    /** Of the VM with its system, or of the container, without the workload's own. */
    readonly memory: number;
    /** Share of the CPU that the workload gets; absent where it gets none. */
    readonly cpuShare?: number;
    /** From the moment the host is ready; absent where the workload never starts. */
    readonly start?: number;
}

/** Undefined where the topology lacks the definitions that the way rests on: it knows only those that the text names. */
export function carryingCost(index: TopologyIndex, workload: number, way: 'vms' | 'containers'): CarryingCost | undefined {
    const unit = singleUnit(index, workload);
    if (unit === undefined) return undefined;
    const ground = groundOf(index.topology, [unit], index.topology.definitions);
    if (!isDefined(ground, unit.os.name, way)) return undefined;
    const { topology, places } = buildVariant(way, [unit], ground, 1);
    const variant = indexTopology(complete(topology));
    const [place] = places;
    const root = place && variant.numbers.get(place.root);
    const inner = place && variant.numbers.get(place.workload);
    if (root === undefined || inner === undefined) return undefined;
    // An engine with a virtual machine of its own, such as Docker Desktop, saves nobody one.
    if (way === 'containers' && at(variant.kernel, root) !== at(variant.host, root)) return undefined;
    const memory = memoryUse(variant);
    const boot = bootChain(variant);
    const { granted = 0, overhead = 0 } = cpuResults(variant, allocateCpu(variant))[root] ?? {};
    const start = at(boot.readyAt, inner) - at(boot.readyAt, at(variant.host, root));
    return {
        memory: Math.max(at(memory.used, root) - at(memory.workingSet, root), 0),
        ...(granted > overhead ? { cpuShare: overhead / (granted - overhead) } : {}),
        ...(Number.isFinite(start) ? { start } : {}),
    };
}

function isDefined({ definitions, hypervisor, engine }: Ground, os: string, way: 'vms' | 'containers'): boolean {
    return way === 'vms' ? definitions.hypervisorTypes.has(hypervisor.type) && definitions.operatingSystems.has(os) : definitions.engineTypes.has(engine.type);
}

/** As in `356 MiB of memory, 3 % of its CPU, ready 14.2 s after the host`. */
export function costClause({ memory, cpuShare, start }: CarryingCost): string {
    const cpu = cpuShare === undefined ? '' : `, ${percentFigure(cpuShare)} of CPU on top of its own`;
    return `${memoryFigure(memory)} of memory${cpu}${start === undefined ? '' : `, ready ${timeFigure(start)} after the host`}`;
}
