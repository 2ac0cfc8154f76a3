/** Which replica owns a namespace that another is in. */
import { at, none } from '../model/columns.ts';
import type { InstanceSet } from '../model/ids.ts';
import { type Instance, instanceOf } from '../model/instances.ts';
import type { NamespaceKind } from '../model/topology.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';
import { namespaceOwner } from './namespaces.ts';

/** The replica that owns a container's namespace: itself, another container, its pod, or its kernel. Undefined where its kernel stands on no replica of its own. */
export function namespaceHolder(index: TopologyIndex, container: Instance, kind: NamespaceKind): Instance | undefined {
    const last = lastTarget(index, container, kind);
    const owner = namespaceOwner(index, last.number, kind);
    if (owner === last.number) return last;
    for (let step = last.parent; step !== undefined; step = step.parent) if (step.number === owner) return step;
    return kernelInstance(index, last);
}

/** The container at the end of a chain of targets: its own ancestors' replicas, and the named ones below them. */
export function lastTarget(index: TopologyIndex, container: Instance, kind: NamespaceKind): Instance {
    let current = container;
    for (let steps = 0; steps < index.elements.length; steps++) {
        const target = elementAt(index, current.number, 'container')?.namespaces[kind];
        if (target?.kind !== 'container') return current;
        const next = targetOf(index, current, target.of);
        if (next === undefined || at(index.kernel, next.number) !== at(index.kernel, current.number)) return current;
        current = next;
    }
    return current;
}

/** The replica of the kernel that a container runs on; undefined where that is its own. */
export function kernelInstance(index: TopologyIndex, container: Instance): Instance | undefined {
    const kernel = at(index.kernel, container.number);
    const holder = index.elements[kernel]?.implicit === true ? at(index.parent, kernel) : kernel;
    for (let step = container.parent; step !== undefined; step = step.parent) {
        if (step.number === holder) return holder === kernel ? step : instanceOf(index, kernel, 1, step);
    }
    return undefined;
}

/** The replica that a target means: the container's own ancestors where they are common, the first of those named elsewhere. */
function targetOf(index: TopologyIndex, from: Instance, set: InstanceSet): Instance | undefined {
    const number = index.numbers.get(set.element);
    if (number === undefined) return undefined;
    const own = new Map<number, Instance>();
    for (let step: Instance | undefined = from; step !== undefined; step = step.parent) own.set(step.number, step);
    const steps: number[] = [];
    for (let step = number; step !== none; step = at(index.parent, step)) steps.push(step);
    let place = 0;
    let instance: Instance | undefined;
    for (const step of steps.reverse()) {
        const range = index.elements[step]?.replicas === undefined ? undefined : set.ranges[place++];
        const isCommon = step !== from.number && own.has(step);
        instance = isCommon ? own.get(step) : instanceOf(index, step, range?.first ?? 1, instance);
    }
    return instance;
}
