/** Sums reserves up the machines, for the two rules that admit them. */

import { at, listAt } from '../model/columns.ts';
import { coresFigure, memoryFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import type { Element } from '../model/topology.ts';
import { heldMemory, ownReserve, type ReservedResource, reservedBelow, reserveOf } from '../resources/reserves.ts';
import { type CheckContext, rounding, running, subjectOf } from './check.ts';

/** Findings where reserves exceed what a machine has for them, a VM's own size, or a group's own limit. Facts: `reserved`, `available`, in base units. */
export function* unadmitted(context: CheckContext, code: string, resource: ReservedResource): Generator<Finding> {
    const reserved = reservedBelow(context.index, resource);
    const held = resource === 'memory' ? heldMemory(context.index, context.memory) : new Float64Array(reserved.length);
    const show = resource === 'cpu' ? coresFigure : memoryFigure;
    for (const [number, element] of running(context.index)) {
        for (const { asked, available, statement, where, isBelow } of claimsOn(element, { below: at(reserved, number), held: at(held, number), resource })) {
            if (asked === 0 || asked <= available * rounding) continue;
            yield {
                code,
                severity: 'error',
                subject: element.id,
                statement,
                message:
                    `${show(asked)} of ${resource === 'cpu' ? 'CPU' : 'memory'} are reserved ${where} ${show(available)}${isBelow ? ' for them' : ''}. ` +
                    `Lower the reserves by ${show(asked - available)}, or make room.`,
                facts: { reserved: asked, available },
                related: isBelow || element.kind !== 'vm' ? largest(context, reserved, number, resource) : [],
            };
        }
    }
}

/** Reserves that must fit into something of one element. */
interface Claim {
    readonly asked: number;
    readonly available: number;
    readonly statement: string;
    readonly where: string;
    /** Whether it is what the element carries that asks, not itself. */
    readonly isBelow: boolean;
}

interface Reserved {
    /** By what it carries. */
    readonly below: number;
    /** What nobody can have reserved: idle systems, hypervisors, daemons, virtualisation. */
    readonly held: number;
    readonly resource: ReservedResource;
}

function claimsOn(element: Element, { below, held, resource }: Reserved): readonly Claim[] {
    const isCpu = resource === 'cpu';
    const who = subjectOf(element);
    switch (element.kind) {
        case 'host':
        case 'vm': {
            const size = isCpu ? (element.kind === 'host' ? element.cpu : element.vcpus) : element.memory;
            const limit = isCpu && element.kind === 'vm' ? (element.cpuLimit ?? Infinity) : Infinity;
            const claims: Claim[] = [];
            const available = Math.max(Math.min(size ?? Infinity, limit) - held, 0);
            const statement = isCpu ? (element.kind === 'host' ? 'cpu' : 'vcpus') : 'memory';
            claims.push({ asked: below, available, statement, where: `on ${who}, which has`, isBelow: true });
            if (element.kind === 'vm') {
                const own = Math.min(size ?? Infinity, limit);
                claims.push({
                    asked: ownReserve(element, resource),
                    available: own,
                    statement: `${resource} reserve`,
                    where: `for ${who}, which can use`,
                    isBelow: false,
                });
            }
            return claims;
        }
        case 'slice':
        case 'pod':
        case 'container': {
            const available = (isCpu ? element.cpuLimit : element.memoryLimit) ?? Infinity;
            const asked = Math.max(ownReserve(element, resource), below);
            return [{ asked, available, statement: `${resource} reserve`, where: `in ${who}, whose limit is`, isBelow: false }];
        }
        default:
            return [];
    }
}

function largest({ index }: CheckContext, reserved: Float64Array, number: number, resource: ReservedResource): Finding['related'] {
    return [...listAt(index.carried, number)]
        .filter((child) => at(index.running, child) === 1)
        .flatMap((child) => {
            const element = index.elements[child];
            return element === undefined ? [] : [{ element, amount: at(index.count, child) * reserveOf(reserved, child, element, resource) }];
        })
        .filter(({ amount }) => amount > 0)
        .sort((a, b) => b.amount - a.amount)
        .slice(0, 5)
        .map(({ element, amount }) => ({
            subject: element.id,
            message: `${element.name} reserves ${resource === 'cpu' ? coresFigure(amount) : memoryFigure(amount)}`,
        }));
}
