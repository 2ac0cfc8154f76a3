/** What a VM or a container of its own would cost is what the simulation of one says that stands in the text. */
import { expect, it } from 'vitest';
import { type CarryingCost, carryingCost } from '#simulation/comparison/carrying-cost.ts';
import { complete } from '#simulation/model/complete.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { bytes, cores, seconds } from '#simulation/model/units.ts';
import { simulate } from '#simulation/simulate.ts';
import { catalog, container, engine, engineType, GiB, host, hypervisor, process as job, MiB, named, topology, vm } from '../topology-builder.ts';

const held = 20 * MiB;
const service = job('p', { memory: bytes(held), cpu: cores(0.5) });
/** As large as a VM is made for the service: its working set and the system. */
const size = { vcpus: 1, memory: bytes(held + (catalog.operatingSystems.get('debian')?.memory ?? 0)), os: { name: 'debian' } };
const costly = engineType('docker', { memoryPerContainer: bytes(4 * MiB), start: seconds(0.2) });
const written = topology(
    [
        host('h', { cpu: cores(16), memory: bytes(64 * GiB), os: { name: 'debian' } }, [
            engine('docker', {}, [container('c', {}, [service])]),
            hypervisor('kvm', {}, [vm('own', size, [service])]),
        ]),
    ],
    { engineTypes: named(costly) },
);

it.each([
    ['vms', 'h.docker.c', 'h.kvm.own', 'h.kvm.own.p'],
    ['containers', 'h.kvm.own.p', 'h.docker.c', 'h.docker.c'],
] as const)('in %s it is that of one that is written', (way, asked, root, workload) => {
    const { elements } = simulate(written);
    const there = elements.get(elementId(root));
    const { granted = 0, overhead = 0 } = there?.cpu ?? {};
    const cost = costOf(written, asked, way);
    expect(cost?.memory).toBeCloseTo((there?.memory?.used ?? 0) - held);
    expect(cost?.memory).toBeGreaterThan(0);
    expect(cost?.cpuShare).toBeCloseTo(overhead / (granted - overhead));
    expect(cost?.start).toBeCloseTo((elements.get(elementId(workload))?.readyAt ?? 0) - (elements.get(elementId('h'))?.readyAt ?? 0));
});

it('is unknown where the text defines no type to carry it', () => {
    const bare = { ...written, definitions: { ...catalog, hypervisorTypes: new Map(), engineTypes: new Map() } };
    expect(costOf(bare, 'h.docker.c', 'vms')).toBeUndefined();
    expect(costOf(bare, 'h.kvm.own.p', 'containers')).toBeUndefined();
});

function costOf(from: Topology, path: string, way: 'vms' | 'containers'): CarryingCost | undefined {
    const index = indexTopology(complete(from));
    return carryingCost(index, index.numbers.get(elementId(path)) ?? -1, way);
}
