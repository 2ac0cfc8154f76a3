/** The rows of `elements`: what each replica is, what it stands on, and its figures in the steady state. */

import { at } from '#simulation/model/columns.ts';
import { allInstances, type Instance } from '#simulation/model/instances.ts';
import type { CpuResult, DiskResult, ElementResult, MemoryResult, Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { instancesOf } from './instances.ts';
import { jsonNumber } from './json-text.ts';

/** One row for each replica that is `selected`. */
export function* elementRows(result: Result, index: TopologyIndex, selected: (path: string) => boolean): Generator<object> {
    for (const instance of allInstances(index)) {
        const element = index.elements[instance.number];
        if (element !== undefined && selected(instance.path)) {
            yield {
                path: instance.path,
                ...identity(element, instance.parent?.path),
                kernel: kernelOf(result, index, instance, element),
                ...figures(result.elements.get(element.id)),
            };
        }
    }
}

/** One row for each declared element that is `selected`, with the number of its replicas. */
export function* summaryRows(result: Result, index: TopologyIndex, selected: (path: string) => boolean): Generator<object> {
    for (const [number, element] of index.elements.entries()) {
        if (selected(element.id)) {
            const figured = result.elements.get(element.id);
            yield {
                path: element.id,
                count: at(index.multiplicity, number),
                ...identity(element, element.parent),
                kernel: figured?.kernel,
                ...figures(figured),
            };
        }
    }
}

function identity(element: Element, parent: string | undefined): object {
    return { kind: element.kind, ...variety(element), parent, implicit: element.implicit };
}

function variety(element: Element): object {
    switch (element.kind) {
        case 'hypervisor':
        case 'engine':
            return { type: element.type };
        case 'host':
        case 'vm':
            return { os: element.os?.name };
        case 'container':
            return { image: element.image?.reference };
        case 'disk':
        case 'nic':
        case 'slice':
        case 'pod':
        case 'process':
            return {};
        default:
            return element satisfies never;
    }
}

/** The replica of the kernel that this replica runs on. */
function kernelOf(result: Result, index: TopologyIndex, instance: Instance, element: Element): string | undefined {
    const kernel = result.elements.get(element.id)?.kernel;
    const number = kernel === undefined ? undefined : index.numbers.get(kernel);
    const [nearest] = number === undefined ? [] : instancesOf(index, number, instance);
    return nearest?.path;
}

function figures(figured: ElementResult | undefined): object {
    if (figured === undefined) {
        return {};
    }
    return {
        cpu: figured.cpu && section(cpuFigures(figured.cpu)),
        memory: figured.memory && section(memoryFigures(figured.memory)),
        disk: figured.disk && section(diskFigures(figured.disk)),
        io: figured.io && section({ granted: figured.io.granted }),
        network: figured.network && section({ granted: figured.network.granted }),
        'ready-at': jsonNumber(figured.readyAt),
    };
}

function cpuFigures(cpu: CpuResult): Figures {
    const { weight, limit, demand, granted, throttled, contended, overhead, capacity, headroom, overcommit } = cpu;
    return { weight, limit, demand, granted, throttled, contended, overhead, capacity, headroom, overcommit };
}

function memoryFigures(memory: MemoryResult): Figures {
    const { limit, used, committed, overhead, capacity, headroom, overcommit } = memory;
    return { limit, used, committed, overhead, capacity, headroom, overcommit };
}

function diskFigures(disk: DiskResult): Figures {
    const { used, capacity, headroom } = disk;
    return { used, capacity, headroom };
}

type Figures = Readonly<Record<string, number | undefined>>;

/** The figures that are known, or nothing where none is. */
function section(figuresByName: Figures): Record<string, number> | undefined {
    const known = Object.entries(figuresByName).flatMap(([name, figure]) => {
        const shown = jsonNumber(figure);
        return shown === undefined ? [] : [[name, shown] as const];
    });
    return known.length === 0 ? undefined : Object.fromEntries(known);
}
