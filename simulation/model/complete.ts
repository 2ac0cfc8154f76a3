/** Adds the virtual machines that products bring along unasked, such as Docker Desktop's, so that the rest of the core knows only elements. */
import type { EngineType } from './definitions.ts';
import type { ElementId } from './ids.ts';
import { elementId } from './ids.ts';
import { elementsInEngineVm, engineCarrier, placeFamily, vmFamily } from './placement.ts';
import type { Element, Engine, Topology, Vm } from './topology.ts';
import { bytes, cores } from './units.ts';

/**
 * The same topology with an element `<engine>.vm` for each engine that needs one, right behind its engine.
 * Invariant: containers keep their paths and parents; only what carries them changes (see `topology-index.ts`). Completing twice adds nothing.
 */
export function complete(topology: Topology): Topology {
    const inside = elementsInEngineVm(topology);
    const enginesWithVm = new Set<ElementId>();
    for (const id of inside) {
        const parent = topology.elements.get(id)?.parent;
        if (parent !== undefined) enginesWithVm.add(parent);
    }
    const engines = new Set<ElementId>();
    for (const [id, element] of topology.elements) {
        if (element.kind !== 'engine' || implicitVmOf(topology, element) !== undefined) continue;
        const type = topology.definitions.engineTypes.get(element.type);
        if (type !== undefined && (enginesWithVm.has(id) || alwaysHasVm(topology, element, type))) engines.add(id);
    }
    return engines.size === 0 ? topology : { ...topology, elements: withVms(topology, engines) };
}

function withVms(topology: Topology, engines: ReadonlySet<ElementId>): ReadonlyMap<ElementId, Element> {
    const elements = new Map<ElementId, Element>();
    for (const [id, element] of topology.elements) {
        const type = element.kind === 'engine' ? topology.definitions.engineTypes.get(element.type) : undefined;
        if (element.kind !== 'engine' || type === undefined || !engines.has(id)) {
            elements.set(id, element);
            continue;
        }
        const vm = implicitVm(topology, element, type);
        elements.set(id, { ...element, children: [vm.id, ...element.children] });
        elements.set(vm.id, vm);
    }
    return elements;
}

/** The virtual machine that was added to an engine, if any. */
export function implicitVmOf(topology: Topology, engine: Engine): Vm | undefined {
    const first = engine.children[0];
    const vm = first === undefined ? undefined : topology.elements.get(first);
    return vm?.kind === 'vm' && vm.implicit ? vm : undefined;
}

function alwaysHasVm(topology: Topology, engine: Engine, type: EngineType): boolean {
    return type.vm === 'always' && placeFamily(topology, engine, vmFamily(topology.definitions, type)) === 'vm';
}

/** Sized by the text; else all CPUs of what the engine stands on, and the share of its memory that the type takes. */
function implicitVm(topology: Topology, engine: Engine, type: EngineType): Vm {
    const carrier = engineCarrier(topology, engine);
    const vcpus = engine.vm?.vcpus ?? (carrier?.kind === 'host' ? carrier.cpu : carrier?.vcpus);
    const memory = engine.vm?.memory ?? (carrier?.memory === undefined ? undefined : bytes(carrier.memory * type.vmMemory));
    return {
        kind: 'vm',
        id: freeId(topology, engine),
        name: 'vm',
        parent: engine.id,
        children: [],
        labels: {},
        implicit: true,
        ...(vcpus === undefined ? {} : { vcpus }),
        ...(memory === undefined ? {} : { memory }),
        memoryReserve: bytes(0),
        cpuWeight: 100,
        cpuReserve: cores(0),
        os: { name: type.vmOs },
        nested: false,
        autostart: true,
        restart: 'always',
        hostFailure: 'stay',
    };
}

/** `vm` is not free as the name of an engine's child; a topology that takes it all the same keeps its own element. */
function freeId(topology: Topology, engine: Engine): ElementId {
    let path = `${engine.id}.vm`;
    while (topology.elements.has(elementId(path))) path += '_';
    return elementId(path);
}
