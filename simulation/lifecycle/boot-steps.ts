/**
 * What a start takes: first a latency and then CPU work by one thread, because a boot is a chain of steps that wait for each other.
 *
 * A machine has two such steps: what carries it creates it (the hypervisor type's `start`), then its own kernel and system boot in it. All else starts in one step
 * on the kernel below: a container takes what its engine type and its runtime take, and the boot of the system in it where it has a kernel of its own.
 * `boot` on the element replaces all of it, work included.
 */
import { at } from '../model/columns.ts';
import { elementAt, runtimeOf, type TopologyIndex } from '../model/topology-index.ts';
import { hypervisorTypeOf } from '../resources/cpu-forest.ts';

export interface BootStep {
    /** Seconds. */
    readonly latency: number;
    /** Core-seconds. */
    readonly work: number;
}

const nothing: BootStep = { latency: 0, work: 0 };

/** The step that is done on the kernel of what carries the element. */
export function outerBootStep(index: TopologyIndex, number: number): BootStep {
    const element = index.elements[number];
    const { definitions } = index.topology;
    switch (element?.kind) {
        case 'vm': {
            const type = hypervisorTypeOf(index, number);
            return type === undefined || element.boot !== undefined ? nothing : { latency: type.start, work: type.startWork };
        }
        case 'hypervisor': {
            if (element.boot !== undefined) return { latency: element.boot, work: 0 };
            const type = definitions.hypervisorTypes.get(element.type);
            return type === undefined ? nothing : { latency: type.boot, work: type.bootWork };
        }
        case 'engine':
            return { latency: element.boot ?? definitions.engineTypes.get(element.type)?.boot ?? 0, work: 0 };
        case 'container': {
            if (element.boot !== undefined) return { latency: element.boot, work: 0 };
            const engine = elementAt(index, at(index.engine, number), 'engine');
            const type = engine === undefined ? undefined : definitions.engineTypes.get(engine.type);
            const runtime = runtimeOf(index.topology, element, engine);
            const inner = runtime?.class === 'kernel' ? definitions.operatingSystems.get(runtime.os) : undefined;
            return {
                latency: (type?.start ?? 0) + (runtime?.start ?? 0) + (inner?.boot ?? 0),
                work: (type?.startWork ?? 0) + (runtime?.startWork ?? 0) + (inner?.bootWork ?? 0),
            };
        }
        default:
            return nothing;
    }
}

/** The step that a machine does on its own kernel; nothing elsewhere. */
export function innerBootStep(index: TopologyIndex, number: number): BootStep {
    const element = index.elements[number];
    if (element?.kind !== 'host' && element?.kind !== 'vm') return nothing;
    if (element.boot !== undefined) return { latency: element.boot, work: 0 };
    const os = element.os === undefined ? undefined : index.topology.definitions.operatingSystems.get(element.os.name);
    return os === undefined ? nothing : { latency: os.boot, work: os.bootWork };
}
