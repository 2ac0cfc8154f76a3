/** How wide everything is: what each element takes, costs, leaves idle and lacks, of the resource that the picture shows. */
import type { ElementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { PictureResource, PictureShare } from '../protocol.ts';
import { measureCpu } from './measure-cpu.ts';
import { measureMemory } from './measure-memory.ts';
import { measureLimits, measureReserves } from './measure-promised.ts';
import type { Measures } from './measures.ts';
import type { Place } from './standing.ts';

export function measure(result: Result, places: ReadonlyMap<ElementId, Place>, resource: PictureResource, share: PictureShare): Measures {
    switch (share) {
        case 'granted':
            return resource === 'cpu' ? measureCpu(result, places) : measureMemory(result, places);
        case 'limited':
            return measureLimits(result, places, resource);
        case 'reserved':
            return measureReserves(result, places, resource);
        default:
            return share satisfies never;
    }
}
