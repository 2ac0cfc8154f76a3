/** Finds the replicas that a path on the command line means, by the language's rules: short forms, `[2]`, `[1..2]`. */

import type { IndexRange, InstanceSet } from '#simulation/model/ids.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';
import { isShortFor } from '../short-path.ts';
import { CannotWork } from './cannot-work.ts';

interface Step {
    readonly name: string;
    readonly range?: IndexRange;
}

/** Candidates that a complaint lists at most. */
const mostListed = 5;

/** Throws `CannotWork` where nothing, several things or no such replica is meant. */
export function selectInstances(topology: Topology, wanted: string): InstanceSet {
    const steps = stepsOf(wanted);
    const element = elementOf(topology, wanted, steps.map(({ name }) => name).join('.'));
    const path = pathOf(topology, element);
    const ranges = new Map<Element, IndexRange>();
    let place = path.length - 1;
    // Each step means the nearest element of its name, from the end of the path upwards.
    for (const { name, range } of steps.toReversed()) {
        while (path[place]?.name !== name) {
            place -= 1;
        }
        const named = path[place];
        if (range !== undefined && named !== undefined) {
            ranges.set(named, checked(named, range, wanted));
        }
        place -= 1;
    }
    return {
        element: element.id,
        ranges: path.flatMap((one) => (one.replicas === undefined ? [] : [ranges.get(one) ?? { first: 1, last: one.replicas }])),
    };
}

/** The whole path of a set, with replica numbers where it does not mean all replicas. */
export function writtenPath(topology: Topology, { element, ranges }: InstanceSet): string {
    const target = topology.elements.get(element);
    let place = 0;
    return (target === undefined ? [] : pathOf(topology, target))
        .map(({ name, replicas }) => {
            const range = replicas === undefined ? undefined : ranges[place++];
            if (range === undefined || (range.first === 1 && range.last === replicas)) {
                return name;
            }
            return range.first === range.last ? `${name}[${range.first}]` : `${name}[${range.first}..${range.last}]`;
        })
        .join('.');
}

function stepsOf(wanted: string): readonly Step[] {
    const step = /([A-Za-z_][A-Za-z0-9_-]*)(?:\[(\d+)(?:\.\.(\d+))?\])?(?:\.|$)/y;
    const steps: Step[] = [];
    while (step.lastIndex < wanted.length) {
        const found = step.exec(wanted);
        if (found === null) {
            throw new CannotWork(`${wanted} is no path; a path is written as in rack1.docker.web or web[1..2]`);
        }
        const [, name = '', first, last = first] = found;
        steps.push({ name, ...(first === undefined ? {} : { range: { first: Number(first), last: Number(last) } }) });
    }
    if (steps.length === 0 || wanted.endsWith('.')) {
        throw new CannotWork(`${wanted || 'nothing'} is no path; a path is written as in rack1.docker.web or web[1..2]`);
    }
    return steps;
}

/** A whole path means its element; else the candidate that contains all the others. */
function elementOf(topology: Topology, wanted: string, short: string): Element {
    const candidates = [...topology.elements.values()].filter(({ id }) => isShortFor(short, id));
    const exact = candidates.find(({ id }) => id === short);
    const chosen = exact ?? candidates.find(({ id }) => candidates.every((other) => other.id === id || other.id.startsWith(`${id}.`)));
    if (chosen !== undefined) {
        return chosen;
    }
    if (candidates.length === 0) {
        throw new CannotWork(`nothing is called ${wanted}`);
    }
    const listed = candidates.slice(0, mostListed).map(({ id }) => id);
    const more = candidates.length > mostListed ? ` (and ${candidates.length - mostListed} more)` : '';
    throw new CannotWork(`${wanted} may be ${listed.join(' or ')}${more}; write more of the path`);
}

function pathOf(topology: Topology, element: Element): readonly Element[] {
    const path: Element[] = [];
    for (let step: Element | undefined = element; step !== undefined; step = step.parent === undefined ? undefined : topology.elements.get(step.parent)) {
        path.unshift(step);
    }
    return path;
}

function checked({ name, replicas }: Element, range: IndexRange, wanted: string): IndexRange {
    if (replicas === undefined || replicas === 0) {
        throw new CannotWork(`${wanted}: ${name} has no replicas`);
    }
    if (range.first < 1 || range.last > replicas || range.first > range.last) {
        throw new CannotWork(`${wanted}: ${name} has the replicas 1 to ${replicas}`);
    }
    return range;
}
