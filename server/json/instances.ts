/** Replicas one by one, made only where they are written: the model itself holds a multiplicity. */
import type { ElementId } from '#simulation/model/ids.ts';
import { lastStep } from '../short-path.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';

/** One replica of an element, as the end of a chain of such from its host down. */
export interface Instance {
    readonly element: Element;
    /** As in `rack1.docker.web[2]`. */
    readonly path: string;
    readonly parent?: Instance;
}

/** Every replica of everything, parents before children, siblings as declared. */
export function* allInstances(topology: Topology): Generator<Instance> {
    const children = childrenOf(topology);
    for (const element of topology.elements.values()) {
        if (element.parent === undefined) {
            yield* subtree(element, undefined, children);
        }
    }
}

/** Every replica of one element; of what `within` runs through, only those replicas that it runs through. */
export function* instancesOf(topology: Topology, id: ElementId, within?: Instance): Generator<Instance> {
    const fixed = inChain(id, within);
    if (fixed !== undefined) {
        yield fixed;
        return;
    }
    const element = topology.elements.get(id);
    if (element === undefined) {
        return;
    }
    if (element.parent === undefined) {
        yield* replicasOf(element, undefined);
        return;
    }
    for (const parent of instancesOf(topology, element.parent, within)) {
        yield* replicasOf(element, parent);
    }
}

/** The first replicas of an element, at most `count`. */
export function firstInstances(topology: Topology, id: ElementId, count: number): readonly Instance[] {
    const first: Instance[] = [];
    for (const instance of instancesOf(topology, id)) {
        first.push(instance);
        if (first.length >= count) {
            break;
        }
    }
    return first;
}

/** The replica of `id` that belongs to `context`: the one on its chain, or that hangs from its chain (its first, where it has several). */
export function pathSeenFrom(topology: Topology, context: Instance, id: ElementId): string {
    const [nearest] = instancesOf(topology, id, context);
    return nearest?.path ?? id;
}

/** How many replicas an element has, its ancestors' counted in. */
export function replicaCount(topology: Topology, id: ElementId): number {
    let count = 1;
    for (let element = topology.elements.get(id); element !== undefined; element = parentOf(topology, element)) {
        count *= element.replicas ?? 1;
    }
    return count;
}

/** A path without its replica numbers. */
export function declaredPath(path: string): string {
    return path.replaceAll(/\[\d+\]/g, '');
}

function* subtree(element: Element, parent: Instance | undefined, children: ReadonlyMap<ElementId, readonly Element[]>): Generator<Instance> {
    for (const instance of replicasOf(element, parent)) {
        yield instance;
        for (const child of children.get(element.id) ?? []) {
            yield* subtree(child, instance, children);
        }
    }
}

function* replicasOf(element: Element, parent: Instance | undefined): Generator<Instance> {
    const name = lastStep(element.id);
    const path = parent === undefined ? name : `${parent.path}.${name}`;
    const link = parent === undefined ? {} : { parent };
    if (element.replicas === undefined) {
        yield { element, path, ...link };
        return;
    }
    for (let index = 1; index <= element.replicas; index += 1) {
        yield { element, path: `${path}[${index}]`, ...link };
    }
}

function childrenOf(topology: Topology): ReadonlyMap<ElementId, readonly Element[]> {
    const children = new Map<ElementId, Element[]>();
    for (const element of topology.elements.values()) {
        if (element.parent !== undefined) {
            const siblings = children.get(element.parent) ?? [];
            siblings.push(element);
            children.set(element.parent, siblings);
        }
    }
    return children;
}

function inChain(id: ElementId, chain: Instance | undefined): Instance | undefined {
    for (let link = chain; link !== undefined; link = link.parent) {
        if (link.element.id === id) {
            return link;
        }
    }
    return undefined;
}

function parentOf(topology: Topology, element: Element): Element | undefined {
    return element.parent === undefined ? undefined : topology.elements.get(element.parent);
}
