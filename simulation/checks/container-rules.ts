/** What the rules about containers have in common: which containers they look at, and which policies ask for what. */

import type { ContainerPowers } from '../isolation/reach/container-powers.ts';
import type { ControlGraph } from '../isolation/reach/control-graph.ts';
import type { Edge, EdgeRule } from '../isolation/reach/edge.ts';
import { at, none } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { elementAt } from '../model/topology-index.ts';
import { running } from './check.ts';

/** Where public rule sets ask for something; each has a `policy` that turns it on. */
export interface Demand {
    /** Number in the CIS Docker Benchmark. */
    readonly cisDocker?: string;
    /** The weaker of the Pod Security Standards that has it; the stricter one contains it. */
    readonly pss?: 'baseline' | 'restricted';
}

/** Containers that exist and start by themselves, but for Windows ones, which the rule sets are not about. */
export function* linuxContainers(index: TopologyIndex, { powers }: ControlGraph): Generator<ContainerPowers> {
    for (const [number] of running(index)) {
        const own = powers[number];
        if (own !== undefined && !own.isWindows) yield own;
    }
}

/** Which policies of the topology ask for it, as in `CIS Docker 5.11`; undefined where none does. */
export function demandedBy(index: TopologyIndex, { cisDocker, pss }: Demand): string | undefined {
    const { policies } = index.topology;
    const names = [
        ...(cisDocker !== undefined && policies.includes('cis-docker') ? [`CIS Docker ${cisDocker}`] : []),
        ...(pss === 'baseline' && policies.includes('pss-baseline') ? ['PSS baseline'] : []),
        ...(pss !== undefined && policies.includes('pss-restricted') ? ['PSS restricted'] : []),
    ];
    return names.length === 0 ? undefined : names.join(' and ');
}

/** Edges of one kind that lead from a container to root with nothing broken but, perhaps, its own permissions. */
export function openEdges({ edges }: ControlGraph, number: number, rule: EdgeRule): readonly Edge[] {
    return (edges[number] ?? []).filter((edge) => edge.rule === rule && (edge.needs === 'none' || edge.needs === 'process'));
}

/** What an open edge means, as a clause: as root in the container nothing has to be broken, as anybody else one has to become root first. */
export function controlClause(subject: string, edge: Edge): string {
    return edge.needs === 'none' ? `${subject} controls its kernel with nothing to break` : `whoever becomes root in ${subject} controls its kernel`;
}

/** A finding's tail: which kernel falls, so that the reader sees what is at stake. */
export function kernelNameOf(index: TopologyIndex, { kernel }: ContainerPowers): string {
    const element = index.elements[kernel];
    return element === undefined ? 'its machine' : element.implicit ? element.id : element.name;
}

/** Whether the container, or a group around it, has a control. */
export function isBounded(index: TopologyIndex, number: number, control: 'memoryLimit' | 'cpuLimit' | 'cpuSet' | 'pidsLimit'): boolean {
    for (let step = number; step !== none; step = at(index.parent, step)) {
        const group = elementAt(index, step, 'container') ?? elementAt(index, step, 'pod') ?? elementAt(index, step, 'slice');
        if (group?.[control] !== undefined) return true;
    }
    return false;
}
