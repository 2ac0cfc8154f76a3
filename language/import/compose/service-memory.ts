/** How much memory and how many processes a service may have, and how it stands beside others at the disk. */

import { ioWeightOfBlkio } from '../cgroup-weights.ts';
import { commented, type DraftStatement, quantity, statement } from '../draft.ts';
import type { Service, ServicePart } from './service.ts';

export const serviceMemory: ServicePart = {
    keys: ['mem_limit', 'mem_reservation', 'memswap_limit', 'pids_limit', 'blkio_config'],
    write: (service) => [...memory(service), ...pids(service), ...disk(service)],
};

function memory(service: Service): readonly DraftStatement[] {
    const limit = service.bytes('mem_limit') || service.bytes('deploy', 'resources', 'limits', 'memory') || 0;
    const reserve = service.bytes('mem_reservation') || service.bytes('deploy', 'resources', 'reservations', 'memory') || 0;
    return [
        ...(limit > 0 ? [statement('memory limit', quantity(limit, 'memory'))] : []),
        ...(reserve > 0 ? [statement('memory reserve', quantity(reserve, 'memory'))] : []),
        ...swap(service, limit),
    ];
}

/** Docker counts memory and swap together; without a number it allows as much swap as memory. */
function swap(service: Service, limit: number): readonly DraftStatement[] {
    const together = service.text('memswap_limit');
    if (together === '-1') {
        service.note(['memswap_limit'], 'not-carried-over', 'swap without a limit', 'Say memory swap with the most that it may use.');
        return [];
    }
    if (limit === 0) {
        return [];
    }
    const total = service.bytes('memswap_limit') || undefined;
    if (total !== undefined && total < limit) {
        service.project.log.refuse(
            service.place('memswap_limit'),
            'compose-value',
            'Memory and swap together are less than the memory alone',
            'Give memswap_limit at least as much as the memory limit.',
        );
        return [];
    }
    const alone = total === undefined ? limit : total - limit;
    const written = statement('memory swap', quantity(alone, 'memory'));
    return alone === 0 ? [] : [total === undefined ? commented('as Docker does without memswap_limit', written) : written];
}

function pids(service: Service): readonly DraftStatement[] {
    const limit = service.number('pids_limit') || service.number('deploy', 'resources', 'limits', 'pids') || 0;
    return limit > 0 ? [statement('pids limit', quantity(limit, 'number'))] : [];
}

function disk(service: Service): readonly DraftStatement[] {
    for (const key of ['device_read_bps', 'device_read_iops', 'device_write_bps', 'device_write_iops', 'weight_device']) {
        if (service.value('blkio_config', key) !== undefined) {
            service.note(['blkio_config', key], 'not-carried-over', 'a limit of one device', 'Say io limit, which holds for reading and writing together.');
        }
    }
    const weight = service.number('blkio_config', 'weight') ?? 0;
    return weight <= 0
        ? []
        : [commented(`blkio weight ${weight}`, statement('io weight', quantity(ioWeightOfBlkio(Math.min(Math.max(weight, 10), 1000)), 'number')))];
}
