/** Where an engine's containers run: on the kernel that the engine stands on, in a virtual machine of the engine's own, or nowhere. */
import type { Definitions, EngineType, OsFamily } from './definitions.ts';
import type { ElementId } from './ids.ts';
import type { Container, Element, Engine, Host, Topology, Vm } from './topology.ts';

export type Placement = 'direct' | 'vm' | 'incompatible';

/** Operating-system family of a host or VM; undefined where it has no system, or one that nobody defined. */
export function osFamily(definitions: Definitions, element: Element | undefined): OsFamily | undefined {
    if (element?.kind !== 'host' && element?.kind !== 'vm') return undefined;
    return element.os === undefined ? undefined : definitions.operatingSystems.get(element.os.name)?.family;
}

/** Operating-system family that a container's image needs. An image that nobody defined, or none, is taken for Linux, as nearly all are. */
export function imageFamily(definitions: Definitions, container: Container): OsFamily {
    const definition = container.image?.definition;
    return (definition === undefined ? undefined : definitions.images.get(definition)?.family) ?? 'linux';
}

/** Family of the system inside an engine's own virtual machine. */
export function vmFamily(definitions: Definitions, type: EngineType): OsFamily {
    return definitions.operatingSystems.get(type.vmOs)?.family ?? 'linux';
}

/** The host or VM on whose kernel an engine stands. */
export function engineCarrier(topology: Topology, engine: Engine): Host | Vm | undefined {
    const carrier = engine.parent === undefined ? undefined : topology.elements.get(engine.parent);
    return carrier?.kind === 'host' || carrier?.kind === 'vm' ? carrier : undefined;
}

/** Where images of a family run under an engine. What nobody defined runs directly: its name was reported, its consequences need not be. */
export function placeFamily(topology: Topology, engine: Engine, family: OsFamily): Placement {
    const { definitions } = topology;
    const type = definitions.engineTypes.get(engine.type);
    if (type === undefined) return 'direct';
    const inside = vmFamily(definitions, type);
    const kernel = osFamily(definitions, engineCarrier(topology, engine));
    if (kernel === undefined) return type.vm === 'always' && family === inside ? 'vm' : 'direct';
    const listed = type.runs.length === 0 ? family === kernel : type.runs.some((rule) => rule.image === family && rule.on === kernel);
    if (!listed) return 'incompatible';
    if (type.vm === 'always' && family === inside) return 'vm';
    if (family === kernel) return 'direct';
    return type.vm === 'when-needed' && family === inside ? 'vm' : 'incompatible';
}

/**
 * Elements that stand in their engine's own virtual machine although the text names them under the engine: direct children of engines only.
 * A slice or pod goes where any container in it has to go.
 */
export function elementsInEngineVm(topology: Topology): ReadonlySet<ElementId> {
    const inside = new Set<ElementId>();
    const engines = enginesWithRoom(topology);
    if (engines.size === 0) return inside;
    const placements = new Map<string, Placement>();
    const tops = new Map<ElementId, ElementId>();
    for (const element of topology.elements.values()) {
        if (element.parent === undefined || (element.kind !== 'slice' && element.kind !== 'pod' && element.kind !== 'container')) continue;
        const engine = engines.get(element.parent);
        if (engine === undefined) continue;
        engines.set(element.id, engine);
        const top = tops.get(element.parent) ?? element.id;
        tops.set(element.id, top);
        if (element.kind !== 'container') continue;
        const family = imageFamily(topology.definitions, element);
        const key = `${family} ${engine.id}`;
        const placement = placements.get(key) ?? placeFamily(topology, engine, family);
        placements.set(key, placement);
        if (placement === 'vm') inside.add(top);
    }
    return inside;
}

/** Engines whose own virtual machine could take anything: the others, nearly all, need no look at what they run. */
function enginesWithRoom(topology: Topology): Map<ElementId, Engine> {
    const engines = new Map<ElementId, Engine>();
    for (const element of topology.elements.values()) {
        const type = element.kind === 'engine' ? topology.definitions.engineTypes.get(element.type) : undefined;
        if (element.kind !== 'engine' || type === undefined) continue;
        if (placeFamily(topology, element, vmFamily(topology.definitions, type)) === 'vm') engines.set(element.id, element);
    }
    return engines;
}
