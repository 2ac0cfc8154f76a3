/** How wide everything is: what each element takes, costs, leaves idle and lacks, of the resource that the picture shows. */
import type { PictureResource, PictureShare } from '../protocol.ts';
import { measureCpu } from './measure-cpu.ts';
import { measureMemory } from './measure-memory.ts';
import { measureLimits, measureReserves } from './measure-promised.ts';
import type { Measures } from './measures.ts';
import type { Standing } from './standing.ts';

export function measure(standing: Standing, resource: PictureResource, share: PictureShare): Measures {
    switch (share) {
        case 'granted':
            return resource === 'cpu' ? measureCpu(standing) : measureMemory(standing.places);
        case 'limited':
            return measureLimits(standing.places, resource);
        case 'reserved':
            return measureReserves(standing.places, resource);
        default:
            return share satisfies never;
    }
}
