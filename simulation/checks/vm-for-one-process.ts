/** A small process does not need a virtual machine to itself for its resources. */

import { type CarryingCost, carryingCost, costClause } from '../comparison/carrying-cost.ts';
import { workloads } from '../isolation/kernels.ts';
import { append } from '../model/append.ts';
import { at } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import type { ElementId } from '../model/ids.ts';
import { osFamily } from '../model/placement.ts';
import type { ElementResult } from '../model/result.ts';
import type { Element } from '../model/topology.ts';
import { systemMemory } from '../resources/memory.ts';
import { type Check, running, subjectOf } from './check.ts';
import { sensitivityOf } from './sensitivity.ts';

/** What carrying it must cost, as a multiple of what it holds itself, before a hint is worth a line. */
const worthSaying = 4;

/**
 * Facts: `held`, the workload's memory; `cost`, the guest system's and the hypervisor's, in bytes; `vmCpu`, `containerCpu`, what either takes of CPU as a
 * share of the workload's; `vmStart`, `containerStart`, seconds from the host's readiness to the workload's; `containerMemory`, as `cost`, of a container.
 */
export const vmForOneProcess: Check = {
    code: 'vm-for-one-process',
    severity: 'hint',
    title: 'A small process does not need a virtual machine to itself',
    explanation:
        'The guest carries one workload, its system and hypervisor hold at least four times as much memory as that, and the host has a kernel of the same family. As a container it would leave that memory to others; ' +
        'the wall around it would be `namespace` in place of `kernel`. Keep the machine where the wall is what it is for; the rule is silent where a `label sensitivity` says so.',
    *run({ index, results }) {
        const inside = new Map<number, number[]>();
        for (const number of workloads(index)) {
            const kernel = at(index.kernel, number);
            append(inside, kernel, number);
        }
        const containers = new Map<number, CarryingCost | undefined>();
        for (const [number, vm] of running(index)) {
            const [only, ...others] = inside.get(number) ?? [];
            const host = index.elements[at(index.host, number)];
            const family = osFamily(index.topology.definitions, vm);
            if (vm.kind !== 'vm' || vm.implicit || only === undefined || others.length > 0) continue;
            if (family !== 'linux' || osFamily(index.topology.definitions, host) !== family || at(index.multiplicity, only) > at(index.multiplicity, number))
                continue;
            const workload = index.elements[only];
            const held = workload === undefined ? 0 : (results.get(workload.id)?.memory?.used ?? 0);
            const cost = systemMemory(index, vm) + (results.get(vm.id)?.memory?.overhead ?? 0);
            if (workload === undefined || host === undefined || held <= 0 || cost < worthSaying * held) continue;
            // Who says how sensitive it is has put it apart for the wall.
            if (sensitivityOf(index, only) !== undefined) continue;
            const now = costNow(results, { vm, workload, host, memory: cost });
            // What carrying a container costs there depends on the host and its engine only.
            const onHost = at(index.host, number);
            const asContainer = containers.has(onHost) ? containers.get(onHost) : carryingCost(index, only, 'containers');
            containers.set(onHost, asContainer);
            yield {
                code: vmForOneProcess.code,
                severity: 'hint',
                subject: vm.id,
                message: `${subjectOf(vm)} carries ${memoryFigure(held)} of ${workload.name} alone, at ${costClause(now)}. As a container on ${host.name} it would cost ${asContainer === undefined ? 'what an engine there takes' : costClause(asContainer)}; the wall would be \`namespace\` in place of \`kernel\`.`,
                facts: {
                    held,
                    cost,
                    ...factsOf('vm', now),
                    ...(asContainer === undefined ? {} : { containerMemory: asContainer.memory, ...factsOf('container', asContainer) }),
                },
                related: [{ subject: workload.id, message: `${workload.name} is all that runs in ${vm.name}` }],
            };
        }
    },
};

interface Carried {
    readonly vm: Element;
    readonly workload: Element;
    readonly host: Element;
    readonly memory: number;
}

function costNow(results: ReadonlyMap<ElementId, ElementResult>, { vm, workload, host, memory }: Carried): CarryingCost {
    const { granted = 0, overhead = 0 } = results.get(vm.id)?.cpu ?? {};
    const start = (results.get(workload.id)?.readyAt ?? Number.NaN) - (results.get(host.id)?.readyAt ?? Number.NaN);
    return {
        memory,
        ...(granted > overhead ? { cpuShare: overhead / (granted - overhead) } : {}),
        ...(Number.isFinite(start) ? { start } : {}),
    };
}

function factsOf(way: 'vm' | 'container', { cpuShare, start }: CarryingCost): Readonly<Record<string, number>> {
    return {
        ...(cpuShare === undefined ? {} : { [`${way}Cpu`]: cpuShare }),
        ...(start === undefined ? {} : { [`${way}Start`]: start }),
    };
}
