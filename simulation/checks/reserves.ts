/** Sums reserves up the machines, for the two rules that admit them. */

import { at, listAt } from '../model/columns.ts';
import { coresFigure, memoryFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import { finite } from '../model/finite.ts';
import type { Element } from '../model/topology.ts';
import { type CheckContext, rounding, running, subjectOf } from './check.ts';

export type ReservedResource = 'cpu' | 'memory';

/** Findings where reserves exceed what a machine has for them, or a group's own limit. Facts: `reserved`, `available`, in base units. */
export function* unadmitted(context: CheckContext, code: string, resource: ReservedResource): Generator<Finding> {
    const { index } = context;
    const reserved = reservedBelow(context, resource);
    for (const [number, element] of running(index)) {
        const available = availableFor(context, number, resource);
        const own = ownReserve(element, resource);
        const asked = element.kind === 'host' || element.kind === 'vm' ? at(reserved, number) : Math.max(own, at(reserved, number));
        if (available === undefined || asked === 0 || asked <= available * rounding) continue;
        const isGroup = element.kind !== 'host' && element.kind !== 'vm';
        const [show, statement] =
            resource === 'cpu' ? [coresFigure, isGroup ? 'cpu reserve' : cpuStatement(element)] : [memoryFigure, isGroup ? 'memory reserve' : 'memory'];
        yield {
            code,
            severity: 'error',
            subject: element.id,
            statement,
            message:
                `${show(asked)} ${resource === 'cpu' ? 'of CPU' : 'of memory'} are reserved ${isGroup ? `in ${subjectOf(element)}, whose limit is ${show(available)}` : `on ${subjectOf(element)}, which has ${show(available)} for them`}. ` +
                `Lower the reserves by ${show(asked - available)}, or make room.`,
            facts: { reserved: asked, available },
            related: largest(context, reserved, number, resource),
        };
    }
}

function cpuStatement(element: Element): string {
    return element.kind === 'vm' ? 'vcpus' : 'cpu';
}

/** By element: reserves of what it carries. A group stands for the larger of its own and its children's; a VM for its own. */
function reservedBelow({ index }: CheckContext, resource: ReservedResource): Float64Array {
    const reserved = new Float64Array(index.elements.length);
    for (let number = reserved.length - 1; number >= 0; number--) {
        const element = index.elements[number];
        const carrier = at(index.carrier, number);
        if (element === undefined || carrier < 0 || at(index.running, number) === 0) continue;
        reserved[carrier] = finite(at(reserved, carrier) + at(index.count, number) * standsFor(reserved, number, element, resource));
    }
    return reserved;
}

function standsFor(reserved: Float64Array, number: number, element: Element, resource: ReservedResource): number {
    const own = ownReserve(element, resource);
    return element.kind === 'vm' ? own : Math.max(own, at(reserved, number));
}

function ownReserve(element: Element, resource: ReservedResource): number {
    if (resource === 'cpu') return 'cpuReserve' in element ? element.cpuReserve : 0;
    return 'memoryReserve' in element ? element.memoryReserve : 0;
}

/** What is there to be reserved: a machine's capacity without what its operating system holds, a group's limit. */
function availableFor({ index, memory }: CheckContext, number: number, resource: ReservedResource): number | undefined {
    const element = index.elements[number];
    switch (element?.kind) {
        case 'host':
            if (resource === 'cpu') return element.cpu;
            return element.memory === undefined ? undefined : Math.max(element.memory - at(memory.overhead, number), 0);
        case 'vm':
            return resource === 'cpu' ? element.vcpus : element.memory;
        case 'slice':
        case 'pod':
        case 'container':
            return resource === 'cpu' ? element.cpuLimit : element.memoryLimit;
        default:
            return undefined;
    }
}

function largest({ index }: CheckContext, reserved: Float64Array, number: number, resource: ReservedResource): Finding['related'] {
    return [...listAt(index.carried, number)]
        .filter((child) => at(index.running, child) === 1)
        .flatMap((child) => {
            const element = index.elements[child];
            return element === undefined ? [] : [{ element, amount: at(index.count, child) * standsFor(reserved, child, element, resource) }];
        })
        .filter(({ amount }) => amount > 0)
        .sort((a, b) => b.amount - a.amount)
        .slice(0, 5)
        .map(({ element, amount }) => ({
            subject: element.id,
            message: `${element.name} reserves ${resource === 'cpu' ? coresFigure(amount) : memoryFigure(amount)}`,
        }));
}
