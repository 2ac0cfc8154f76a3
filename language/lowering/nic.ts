/** Lowers network interfaces. */
import type { Nic } from '#simulation/model/topology.ts';
import { bytesPerSecond } from '#simulation/model/units.ts';
import { type Lowering, lowerCommon, optional, readerOf } from './context.ts';

export const lowerNic: Lowering<Nic> = (declaration, context) => ({
    kind: 'nic',
    ...lowerCommon(declaration),
    ...optional('bandwidth', readerOf(declaration, context).given('bandwidth'), bytesPerSecond),
});
