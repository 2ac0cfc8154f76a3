/** Lowers disks. */
import type { Disk } from '#simulation/model/topology.ts';
import { bytes, bytesPerSecond } from '#simulation/model/units.ts';
import { type Lowering, lowerCommon, optional, readerOf } from './context.ts';

export const lowerDisk: Lowering<Disk> = (declaration, context) => {
    const read = readerOf(declaration, context);
    return {
        kind: 'disk',
        ...lowerCommon(declaration),
        ...optional('size', read.given('size'), bytes),
        ...optional('iops', read.given('iops'), (iops) => iops),
        ...optional('bandwidth', read.given('bandwidth'), bytesPerSecond),
    };
};
