/** Lowers what slices, pods and containers have in common: the controls of a control group. */
import type { GroupControls } from '#simulation/model/topology.ts';
import { bytes, bytesPerSecond, cores } from '#simulation/model/units.ts';
import { cpuNumbers } from '../expressions/cpu-numbers.ts';
import { isCpuSet } from '../generated/ast.ts';
import { type LoweringContext, optional } from './context.ts';
import type { StatementReader } from './statement-reader.ts';

export function lowerControls(read: StatementReader, { values }: LoweringContext): GroupControls {
    const set = read.items('cpu set').filter(isCpuSet).at(-1);
    return {
        cpuWeight: read.number('cpu weight'),
        ...optional('cpuLimit', read.given('cpu limit'), cores),
        cpuReserve: cores(read.number('cpu reserve')),
        ...optional('cpuSet', set === undefined ? undefined : cpuNumbers(set, values), (numbers) => numbers),
        ...optional('memoryLimit', read.given('memory limit'), bytes),
        memoryReserve: bytes(read.number('memory reserve')),
        ...optional('pidsLimit', read.given('pids limit'), (pids) => pids),
        ioWeight: read.number('io weight'),
        ...optional('ioLimit', read.given('io limit'), bytesPerSecond),
        oomGroup: read.flag('oom-group'),
    };
}
