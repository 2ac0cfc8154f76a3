/** What a container may use, of its `HostConfig`. Source: Docker Engine API, ContainerInspect. */
import { ioWeightOfBlkio, weightOfShares } from '../cgroup-weights.ts';
import { cpuList } from '../cpu-list.ts';
import { commented, type DraftStatement, quantity, statement, word } from '../draft.ts';
import type { Fields } from '../yaml/yaml-fields.ts';

const amount = { min: 0, max: Number.MAX_SAFE_INTEGER };
/** -1 is without a limit. */
const open = { min: -1, max: Number.MAX_SAFE_INTEGER };
const usualPeriod = 100_000;

export const readLimits = (config: Fields): readonly DraftStatement[] => [...readCpu(config), ...readMemory(config), ...readPids(config), ...readDisk(config)];

function readCpu(config: Fields): readonly DraftStatement[] {
    const shares = config.whole('CpuShares', amount) ?? 0;
    const nano = config.whole('NanoCpus', amount) ?? 0;
    const quota = config.whole('CpuQuota', open) ?? 0;
    const period = config.whole('CpuPeriod', amount) || usualPeriod;
    const cores = nano > 0 ? nano / 1e9 : quota > 0 ? quota / period : 0;
    return [
        ...(shares > 0 ? [commented(`${shares} CPU shares`, statement('cpu weight', quantity(weightOfShares(shares), 'number')))] : []),
        ...(cores > 0 ? [statement('cpu limit', quantity(cores, 'cpu'))] : []),
        ...readCpuSet(config),
    ];
}

function readCpuSet(config: Fields): readonly DraftStatement[] {
    const written = config.text('CpusetCpus')?.trim() ?? '';
    const cpus = cpuList(written);
    if (written !== '' && cpus === undefined) {
        config.refuse(config.locate('CpusetCpus'), 'value', `${JSON.stringify(written.slice(0, 60))} is no list of CPUs`, 'Write one as 0-3,6.');
    }
    return written === '' || cpus === undefined ? [] : [statement('cpu set', word(cpus))];
}

/** Docker counts memory and swap together; without a number it allows as much swap as memory. */
function readMemory(config: Fields): readonly DraftStatement[] {
    const limit = config.whole('Memory', amount) ?? 0;
    const together = config.whole('MemorySwap', open) ?? 0;
    const reserve = config.whole('MemoryReservation', amount) ?? 0;
    if (together > 0 && together < limit) {
        config.refuse(config.locate('MemorySwap'), 'value', 'Memory and swap together are less than the memory alone', 'Raise MemorySwap.');
    }
    if (together === -1) {
        config.note(config.locate('MemorySwap'), 'not-carried-over', 'Swap without a limit', 'Say `memory swap` with the most that it may use.');
    }
    const swap = limit === 0 || together === -1 ? 0 : together === 0 ? limit : together - limit;
    return [
        ...(limit > 0 ? [statement('memory limit', quantity(limit, 'memory'))] : []),
        ...(swap > 0 ? [statement('memory swap', quantity(swap, 'memory'))] : []),
        ...(reserve > 0 ? [statement('memory reserve', quantity(reserve, 'memory'))] : []),
    ];
}

function readPids(config: Fields): readonly DraftStatement[] {
    const pids = config.whole('PidsLimit', open) ?? 0;
    return pids > 0 ? [statement('pids limit', quantity(pids, 'number'))] : [];
}

/** Less than 10 is none. */
function readDisk(config: Fields): readonly DraftStatement[] {
    const weight = config.whole('BlkioWeight', { min: 0, max: 1000 }) ?? 0;
    return weight < 10 ? [] : [commented(`block I/O weight ${weight}`, statement('io weight', quantity(ioWeightOfBlkio(weight), 'number')))];
}
