/** How wide everything is: what each element takes, costs, leaves idle and lacks, of the resource that the picture shows. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { PictureResource } from '../protocol.ts';
import { measureCpu } from './measure-cpu.ts';
import { measureMemory } from './measure-memory.ts';
import type { Measures } from './measures.ts';
import type { Place } from './standing.ts';

export function measure(result: Result, places: ReadonlyMap<ElementId, Place>, resource: PictureResource): Measures {
    switch (resource) {
        case 'cpu':
            return measureCpu(result, places);
        case 'memory':
            return measureMemory(result, places);
        default:
            return resource satisfies never;
    }
}
