/** Lowers virtual machines. */
import type { RestartPolicy, Vm } from '#simulation/model/topology.ts';
import { bytes, cores, seconds } from '#simulation/model/units.ts';
import { type Lowering, lowerCommon, optional, readerOf } from './context.ts';
import { osChoice } from './operating-system.ts';

export const lowerVm: Lowering<Vm> = (declaration, context) => {
    const read = readerOf(declaration, context);
    return {
        kind: 'vm',
        ...lowerCommon(declaration),
        ...optional('vcpus', read.given('vcpus'), (vcpus) => vcpus),
        ...optional('memory', read.given('memory'), bytes),
        memoryReserve: bytes(read.number('memory reserve')),
        cpuWeight: read.number('cpu weight'),
        ...optional('cpuLimit', read.given('cpu limit'), cores),
        cpuReserve: cores(read.number('cpu reserve')),
        ...optional('os', osChoice(read), (os) => os),
        ...optional('arch', read.word('arch'), (arch) => arch),
        nested: read.flag('nested'),
        ...optional('boot', read.given('boot'), seconds),
        autostart: read.flag('autostart'),
        restart: restartPolicy(read.word('restart')),
        hostFailure: read.word('host-failure') === 'restart' ? 'restart' : 'stay',
    };
};

export const restartPolicy = (word: string | undefined): RestartPolicy => (word === 'always' || word === 'on-failure' ? word : 'no');
