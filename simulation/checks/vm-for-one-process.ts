/** A small process does not need a virtual machine to itself for its resources. */
import { workloads } from '../isolation/kernels.ts';
import { at } from '../model/columns.ts';
import { memoryFigure } from '../model/figures.ts';
import { osFamily } from '../model/placement.ts';
import { systemMemory } from '../resources/memory.ts';
import { type Check, running, subjectOf } from './check.ts';

/** What carrying it must cost, as a multiple of what it holds itself, before a hint is worth a line. */
const worthSaying = 4;

/** Facts: `held`, the workload's memory; `cost`, the guest system's and the hypervisor's, in bytes. */
export const vmForOneProcess: Check = {
    code: 'vm-for-one-process',
    severity: 'hint',
    title: 'A small process does not need a virtual machine to itself',
    explanation:
        'The guest carries one workload, its system and hypervisor hold at least four times as much memory as that, and the host has a kernel of the same family. As a container it would leave that memory to others; ' +
        'the wall around it would be `namespace` in place of `kernel`. Keep the machine where the wall is what it is for.',
    *run({ index, results }) {
        const inside = new Map<number, number[]>();
        for (const number of workloads(index)) {
            const kernel = at(index.kernel, number);
            const list = inside.get(kernel);
            if (list === undefined) inside.set(kernel, [number]);
            else list.push(number);
        }
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
            yield {
                code: vmForOneProcess.code,
                severity: 'hint',
                subject: vm.id,
                message: `${subjectOf(vm)} holds ${memoryFigure(cost)} to carry ${memoryFigure(held)} of ${workload.name}. A container on ${host.name} would hold the second only; the wall would be \`namespace\` in place of \`kernel\`.`,
                facts: { held, cost },
                related: [{ subject: workload.id, message: `${workload.name} is all that runs in ${vm.name}` }],
            };
        }
    },
};
