/** Lowers hosts. */
import type { Host } from '#simulation/model/topology.ts';
import { bytes, cores, seconds } from '#simulation/model/units.ts';
import { type Lowering, lowerCommon, optional, readerOf } from './context.ts';
import { osChoice } from './operating-system.ts';

export const lowerHost: Lowering<Host> = (declaration, context) => {
    const read = readerOf(declaration, context);
    return {
        kind: 'host',
        ...lowerCommon(declaration),
        ...optional('cpu', read.given('cpu'), cores),
        ...optional('memory', read.given('memory'), bytes),
        ...optional('swap', read.given('swap'), bytes),
        ...optional('os', osChoice(read), (os) => os),
        arch: read.word('arch') ?? 'amd64',
        ...optional('boot', read.given('boot'), seconds),
    };
};
