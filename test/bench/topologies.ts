/** The topologies that are timed: as data for the core, as text for everything above it. */
import type { Topology } from '#simulation/model/topology.ts';
import { bytes, cores } from '#simulation/model/units.ts';
import { container, engine, GiB, host, hypervisor, MiB, process, type Sketch, topology, vm } from '../simulation/topology-builder.ts';

/** Elements of a host in `flat`: itself, an engine, ten containers, a process in each. */
const elementsPerFlatHost = 22;
/** Elements of a host in `nested`: itself, a hypervisor, ten VMs with an engine and two containers with a process each. */
const elementsPerNestedHost = 62;
/** Lines of a VM and of the host around 25 of them in `virtualMachinesText`. */
export const machinesPerHost = 25;

/** What tells one container from another: spread by multiplication, so that neither weights nor demands come in a pattern. */
const scatter = (number: number, values: number): number => ((Math.imul(number + 1, 0x9e3779b1) >>> 8) % values) + 1;
export const weightOf = (number: number): number => 100 * scatter(number, 4);
export const demandOf = (number: number): number => 0.125 * scatter(number + 7, 12);
export const limitOf = (number: number): number => (scatter(number + 3, 4) === 1 ? 0.5 : Number.POSITIVE_INFINITY);

function service(name: string, number: number, cpuSet?: readonly number[]): Sketch {
    const limit = limitOf(number);
    return container(
        name,
        { cpuWeight: weightOf(number), ...(limit < Number.POSITIVE_INFINITY ? { cpuLimit: cores(limit) } : {}), ...(cpuSet === undefined ? {} : { cpuSet }) },
        [process('main', { cpu: cores(demandOf(number)), memory: bytes(200 * MiB) })],
    );
}

const list = <Item>(length: number, item: (number: number) => Item): readonly Item[] => Array.from({ length }, (_, number) => item(number));

/** Hosts of 4 CPUs with ten containers each, no two alike. */
export function flat(elements: number, cpuSet: (container: number) => readonly number[] | undefined = () => undefined): Topology {
    return topology(
        list(Math.round(elements / elementsPerFlatHost), (machine) =>
            host(`h${machine}`, { cpu: cores(4), memory: bytes(16 * GiB) }, [
                engine(
                    'docker',
                    {},
                    list(10, (place) => service(`c${place}`, 10 * machine + place, cpuSet(place))),
                ),
            ]),
        ),
    );
}

/** The same with overlapping CPU sets on half of the containers. */
export const withSets = (elements: number): Topology =>
    flat(elements, (place) => (place % 2 === 0 ? [place % 4, (place + 1) % 4].sort((a, b) => a - b) : undefined));

/** One declared host of so many replicas, with one declared container of ten. */
export const identical = (hosts: number): Topology =>
    topology([
        host('h', { cpu: cores(4), memory: bytes(16 * GiB), replicas: hosts }, [
            engine('docker', {}, [container('c', { replicas: 10 }, [process('main', { cpu: cores(0.5), memory: bytes(200 * MiB) })])]),
        ]),
    ]);

/** Hosts of 8 CPUs, ten VMs of one vCPU on each, two containers in each of those. */
export const nested = (elements: number): Topology =>
    topology(
        list(Math.round(elements / elementsPerNestedHost), (machine) =>
            host(`h${machine}`, { cpu: cores(8), memory: bytes(64 * GiB) }, [
                hypervisor(
                    'kvm',
                    { overcommitCpu: 2 },
                    list(10, (guest) =>
                        vm(`v${guest}`, { vcpus: 1, memory: bytes(2 * GiB) }, [
                            engine(
                                'docker',
                                {},
                                list(2, (place) => service(`c${place}`, 20 * machine + 2 * guest + place)),
                            ),
                        ]),
                    ),
                ),
            ]),
        ),
    );

/** 13 lines a VM, 7 around 25 of them: 1,328 lines for 100, 11,288 for 850. */
export function virtualMachinesText(machines: number, firstHost = 0): string {
    const lines: string[] = [];
    for (let machine = 0; machine < machines; machine++) {
        if (machine % machinesPerHost === 0) {
            lines.push(`host h${firstHost + machine / machinesPerHost} {`, '  cpu 64 cores', '  memory 128 GiB', '  os debian', '  hypervisor kvm {');
        }
        lines.push(
            `    vm v${machine} {`,
            '      vcpus 2',
            '      memory 4 GiB',
            '      os debian',
            '      engine docker {',
            '        container app {',
            '          image nginx',
            `          memory limit ${limitText}`,
            `          cpu weight ${weightOf(machine)}`,
            `          process main { cpu ${demandOf(machine)} cores  memory 300 MiB }`,
            '        }',
            '      }',
            '    }',
        );
        if (machine % machinesPerHost === machinesPerHost - 1 || machine === machines - 1) {
            lines.push('  }', '}');
        }
    }
    return `${lines.join('\n')}\n`;
}

/** Above the working set of 300 MiB; the other is below it, and of the same length. */
export const limitText = '512 MiB';
export const tooSmallText = '256 MiB';
