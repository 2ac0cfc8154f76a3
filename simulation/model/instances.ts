/** Replicas one by one, made only when asked for: a topology of a thousand million replicas costs nothing until somebody walks it. */

import { at, listAt, listsBy, none } from './columns.ts';
import { type InstancePath, type InstanceSet, instancePath } from './ids.ts';
import type { TopologyIndex } from './topology-index.ts';

/** One replica of an element, as the end of a chain of such from its host down. */
export interface Instance {
    /** Number of the element. */
    readonly number: number;
    readonly path: InstancePath;
    /** From 1; 1 as well where the text gives no count. */
    readonly replica: number;
    readonly parent?: Instance;
}

/** Every replica of everything, parents before children, in the order of declaration and then of replica. */
export function* allInstances(index: TopologyIndex): Generator<Instance> {
    const children = listsBy(index.parent);
    const hosts = Int32Array.from(index.elements.keys()).filter((number) => at(index.parent, number) === none);
    yield* walk(index, hosts, undefined, (instance) => listAt(children, instance.number));
}

/**
 * Every replica of the given elements under one replica of their parent, and below each those that `below` names.
 * Uses a stack of its own, because text can nest deeper than calls may.
 */
export function* walk(
    index: TopologyIndex,
    elements: Int32Array,
    parent: Instance | undefined,
    below: (instance: Instance) => Int32Array,
): Generator<Instance> {
    const open = [{ elements, parent, place: 0, replica: 1 }];
    for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
        const number = frame.elements[frame.place];
        if (number === undefined) {
            open.pop();
            continue;
        }
        if (frame.replica > at(index.count, number)) {
            frame.place++;
            frame.replica = 1;
            continue;
        }
        const instance = instanceOf(index, number, frame.replica, frame.parent);
        frame.replica++;
        yield instance;
        const children = below(instance);
        if (children.length > 0) open.push({ elements: children, parent: instance, place: 0, replica: 1 });
    }
}

/** One replica of an element under a replica of its parent. */
export function instanceOf(index: TopologyIndex, number: number, replica: number, parent: Instance | undefined): Instance {
    const element = index.elements[number];
    const name = `${element?.name ?? ''}${element?.replicas === undefined ? '' : `[${replica}]`}`;
    const path = instancePath(parent === undefined ? name : `${parent.path}.${name}`);
    return { number, path, replica, ...(parent === undefined ? {} : { parent }) };
}

/** How many replicas a set names. */
export function setSize(index: TopologyIndex, set: InstanceSet): number {
    const number = index.numbers.get(set.element);
    if (number === undefined) return 0;
    let size = 1;
    let place = set.ranges.length - 1;
    for (let step = number; step !== none; step = at(index.parent, step)) {
        const declared = index.elements[step]?.replicas;
        if (declared === undefined) continue;
        const range = set.ranges[place--] ?? { first: 1, last: declared };
        size *= Math.max(0, Math.min(range.last, declared) - Math.max(range.first, 1) + 1);
    }
    return Math.min(size, 1e60);
}
