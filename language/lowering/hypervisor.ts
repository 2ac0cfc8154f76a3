/** Lowers hypervisors. */
import type { Hypervisor } from '#simulation/model/topology.ts';
import { bytes, fraction, seconds } from '#simulation/model/units.ts';
import { type Lowering, lowerCommon, optional, readerOf } from './context.ts';

export const lowerHypervisor: Lowering<Hypervisor> = (declaration, context) => {
    const read = readerOf(declaration, context);
    return {
        kind: 'hypervisor',
        ...lowerCommon(declaration),
        type: declaration.node.type ?? '',
        overcommitCpu: read.number('overcommit cpu'),
        overcommitMemory: read.number('overcommit memory'),
        ...optional('overheadCpu', read.given('overhead cpu'), fraction),
        ...optional('overheadMemory', read.given('overhead memory'), bytes),
        ...optional('ownMemory', read.given('own-memory'), bytes),
        balloon: read.flag('balloon'),
        cpuWeight: read.number('cpu weight'),
        ...optional('boot', read.given('boot'), seconds),
    };
};
