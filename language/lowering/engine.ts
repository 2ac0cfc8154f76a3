/** Lowers container engines. */
import type { Engine } from '#simulation/model/topology.ts';
import { bytes, seconds } from '#simulation/model/units.ts';
import { isEngineVm } from '../generated/ast.ts';
import { type Lowering, type LoweringContext, lowerCommon, optional, readerOf } from './context.ts';
import type { Declaration } from './declarations.ts';
import { statementsOf } from './statement-keys.ts';
import { readStatements } from './statement-reader.ts';

export const lowerEngine: Lowering<Engine> = (declaration, context) => {
    const read = readerOf(declaration, context);
    return {
        kind: 'engine',
        ...lowerCommon(declaration),
        type: declaration.node.type ?? '',
        ...optional('runtime', read.word('runtime'), (runtime) => runtime),
        cpuWeight: read.number('cpu weight'),
        ...optional('boot', read.given('boot'), seconds),
        ...optional('vm', vmSize(declaration, context), (vm) => vm),
    };
};

function vmSize(declaration: Declaration, { values }: LoweringContext): Engine['vm'] {
    const item = (declaration.statements.get('vm') ?? []).filter(isEngineVm).at(-1);
    if (item === undefined) {
        return undefined;
    }
    const read = readStatements('engine-vm', statementsOf(item.body?.items ?? []), values);
    return { ...optional('vcpus', read.given('vcpus'), (vcpus) => vcpus), ...optional('memory', read.given('memory'), bytes) };
}
