/** Elements of a completed topology as numbered columns: what carries each, on which kernel it runs, how many of it there are, whether it runs. */
import { at, type Lists, listsBy, none } from './columns.ts';
import { implicitVmOf } from './complete.ts';
import type { RuntimeType } from './definitions.ts';
import type { ElementId } from './ids.ts';
import { elementsInEngineVm } from './placement.ts';
import type { Container, Element, ElementKind, ElementOf, Topology } from './topology.ts';

/**
 * Elements are numbered in the topology's order.
 * Invariant: a carrier's number is smaller than the numbers of what it carries, so one loop forwards goes down the machines and one backwards goes up.
 */
export interface TopologyIndex {
    readonly topology: Topology;
    readonly elements: readonly Element[];
    readonly numbers: ReadonlyMap<ElementId, number>;
    /** What the element is named under. */
    readonly parent: Int32Array;
    /** What it stands on: the parent, or the implicit virtual machine of the parent. */
    readonly carrier: Int32Array;
    /** Whose kernel it runs on: a host, a VM, or a container with a kernel of its own; disks and NICs have none. */
    readonly kernel: Int32Array;
    readonly host: Int32Array;
    /** Nearest engine, container and hypervisor at or above the element. */
    readonly engine: Int32Array;
    readonly container: Int32Array;
    readonly hypervisor: Int32Array;
    /** Replicas under one replica of the parent. */
    readonly count: Float64Array;
    /** Replicas in all: at most 1e60, so that products with figures stay finite. */
    readonly multiplicity: Float64Array;
    /** 1 where it and all that carries it start by themselves. */
    readonly running: Uint8Array;
    readonly carried: Lists;
}

export function indexTopology(topology: Topology): TopologyIndex {
    const elements = [...topology.elements.values()];
    const numbers = new Map<ElementId, number>();
    for (const [number, element] of elements.entries()) numbers.set(element.id, number);
    const column = () => new Int32Array(elements.length).fill(none);
    const [parent, carrier, kernel, host, engine, container, hypervisor] = [column(), column(), column(), column(), column(), column(), column()];
    const count = new Float64Array(elements.length);
    const multiplicity = new Float64Array(elements.length);
    const running = new Uint8Array(elements.length);
    const inEngineVm = elementsInEngineVm(topology);
    for (const [number, element] of elements.entries()) {
        const above = element.parent === undefined ? none : parentNumber(elements, parent, numbers, number);
        const stand = above === none ? none : inEngineVm.has(element.id) ? implicitVmNumber(topology, numbers, elements[above], above) : above;
        const inherit = (from: Int32Array) => (stand === none ? none : at(from, stand));
        parent[number] = above;
        carrier[number] = stand;
        host[number] = element.kind === 'host' ? number : inherit(host);
        engine[number] = element.kind === 'engine' ? number : element.kind === 'vm' ? none : above === none ? none : at(engine, above);
        container[number] = element.kind === 'container' ? number : element.kind === 'vm' ? none : inherit(container);
        hypervisor[number] = element.kind === 'hypervisor' ? number : element.kind === 'vm' && element.implicit ? none : inherit(hypervisor);
        kernel[number] = hasKernel(topology, element, elements[at(engine, number)])
            ? number
            : element.kind === 'disk' || element.kind === 'nic'
              ? none
              : inherit(kernel);
        count[number] = Math.min(Math.max(element.replicas ?? 1, 0), 1e60);
        multiplicity[number] = Math.min(at(count, number) * (above === none ? 1 : at(multiplicity, above)), 1e60);
        running[number] = startsByItself(element) && (stand === none || at(running, stand) === 1) ? 1 : 0;
    }
    return {
        topology,
        elements,
        numbers,
        parent,
        carrier,
        kernel,
        host,
        engine,
        container,
        hypervisor,
        count,
        multiplicity,
        running,
        carried: listsBy(carrier),
    };
}

/** Nearly always what was numbered last or an ancestor of it; in large topologies that is far faster to see than to look up. */
function parentNumber(elements: readonly Element[], parent: Int32Array, numbers: ReadonlyMap<ElementId, number>, number: number): number {
    const wanted = elements[number]?.parent;
    let steps = 0;
    for (let step = number - 1; step !== none && steps < nearAncestors; step = at(parent, step), steps++) if (elements[step]?.id === wanted) return step;
    return (wanted === undefined ? undefined : numbers.get(wanted)) ?? none;
}

/** Levels that are climbed before a parent is looked up: more than real machines have, few enough for text that nests without end. */
const nearAncestors = 8;

/** The element with a number, where the caller knows its kind. */
export function elementAt<Kind extends ElementKind>(index: TopologyIndex, number: number, kind: Kind): ElementOf<Kind> | undefined {
    const element = index.elements[number];
    return element?.kind === kind ? (element as ElementOf<Kind>) : undefined;
}

/** The runtime of a container: its own, the engine's, or that of the engine's type. None where nobody defined it: then the container is one like any other. */
export function runtimeOf(topology: Topology, container: Container, engine: Element | undefined): RuntimeType | undefined {
    const { engineTypes, runtimeTypes } = topology.definitions;
    const ofEngine = engine?.kind === 'engine' ? (engine.runtime ?? engineTypes.get(engine.type)?.runtime) : undefined;
    const name = container.runtime ?? ofEngine;
    return name === undefined ? undefined : runtimeTypes.get(name);
}

/** Whether it runs a kernel of its own: a host, a VM, or a container whose runtime brings one. */
export function hasKernel(topology: Topology, element: Element, engine: Element | undefined): boolean {
    if (element.kind === 'host' || element.kind === 'vm') return true;
    return element.kind === 'container' && runtimeOf(topology, element, engine)?.class === 'kernel';
}

function implicitVmNumber(topology: Topology, numbers: ReadonlyMap<ElementId, number>, engine: Element | undefined, fallback: number): number {
    const vm = engine?.kind === 'engine' ? implicitVmOf(topology, engine) : undefined;
    return (vm === undefined ? undefined : numbers.get(vm.id)) ?? fallback;
}

export function startsByItself(element: Element): boolean {
    return element.kind === 'vm' || element.kind === 'container' || element.kind === 'process' ? element.autostart : true;
}
