/** Lowers processes and their phases. */
import type { Demand, Phase, Process } from '#simulation/model/topology.ts';
import { bytes, bytesPerSecond, coreSeconds, cores, seconds } from '#simulation/model/units.ts';
import { missingStatement } from '../checks/missing-statement.ts';
import { checkPhaseLength } from '../checks/phase-length.ts';
import { checkRepeat } from '../checks/repeat-endless.ts';
import { statementValue } from '../expressions/statement-value.ts';
import type { Item } from '../generated/ast.ts';
import { isInside } from '../names/element-index.ts';
import { resolvePath } from '../names/resolve-path.ts';
import { ruleFor } from '../statements.ts';
import { rangeOfProperty } from '../syntax/ranges.ts';
import { type Lowering, type LoweringContext, lowerCommon, optional, readerOf } from './context.ts';
import type { Declaration, PhaseDeclaration } from './declarations.ts';
import { readStatements, type StatementReader } from './statement-reader.ts';

export const lowerProcess: Lowering<Process> = (declaration, context) => {
    const read = readerOf(declaration, context);
    const phases = declaration.phases.flatMap((phase) => lowerPhase(phase, context) ?? []);
    const repeat = read.items('repeat').at(-1);
    if (repeat !== undefined && isForever(repeat)) {
        checkRepeat(repeat, phases, context.report);
    }
    return {
        kind: 'process',
        ...lowerCommon(declaration),
        ...lowerDemand(read),
        ...optional('threads', read.given('threads'), (threads) => threads),
        ...optional('disk', diskOf(declaration, read, context), (disk) => disk),
        oomScoreAdj: read.number('oom-score-adj'),
        autostart: read.flag('autostart'),
        repeat: isForever(repeat) ? 'forever' : read.number('repeat'),
        phases,
    };
};

/** `repeat forever`: the word stands where a let might. */
export const isForever = (item: Item | undefined): boolean => item?.$type === 'Quantity' && item.value?.$type === 'Reference' && item.value.name === 'forever';

function lowerDemand(read: StatementReader): Demand {
    const rate = (key: string) => bytesPerSecond(read.number(key));
    return {
        cpu: cores(read.number('cpu')),
        memory: bytes(read.number('memory')),
        read: rate('read'),
        write: rate('write'),
        iops: read.number('iops'),
        receive: rate('receive'),
        send: rate('send'),
        dirty: rate('dirty'),
    };
}

/** A phase without an end can't be run: it is reported and left out. */
function lowerPhase({ name, node, statements }: PhaseDeclaration, { values, report }: LoweringContext): Phase | undefined {
    const read = readStatements('phase', statements, values);
    const [time, work] = [read.given('for'), read.given('work')];
    if (time === undefined && work === undefined) {
        if (!statements.has('for') && !statements.has('work')) {
            report(missingStatement, {
                at: rangeOfProperty(node, 'name'),
                message: `The phase \`${name}\` never ends. Add \`for 1 min\` or \`work 60 core-s\`.`,
                facts: { key: 'for', insert: 'for 1 min' },
            });
        }
        return undefined;
    }
    const phase: Phase = {
        name,
        ...lowerDemand(read),
        ...optional('threads', read.given('threads'), (threads) => threads),
        ...optional('memoryTo', memoryEnd(read, values), bytes),
        end: work === undefined ? { kind: 'for', time: seconds(time ?? 0) } : { kind: 'work', work: coreSeconds(work) },
    };
    checkPhaseLength(phase, read.items(phase.end.kind).at(-1), report);
    return phase;
}

/** Where `memory A to B` arrives. */
function memoryEnd(read: StatementReader, values: LoweringContext['values']): number | undefined {
    const item = read.items('memory').at(-1);
    const rule = ruleFor('phase', 'memory');
    return item?.$type !== 'Quantity' || rule?.shape.kind !== 'quantity' ? undefined : statementValue(rule, rule.shape, item.end, values);
}

/** The disks of an element that the process stands in, innermost first. */
function diskOf(declaration: Declaration, read: StatementReader, context: LoweringContext): Process['disk'] {
    const item = read.items('disk').at(-1);
    if (item?.$type !== 'Element' || item.name === undefined) {
        return undefined;
    }
    const isWithinReach = (disk: Declaration): boolean => disk.parent !== undefined && isInside(declaration, disk.parent);
    return resolvePath({ steps: [item], from: declaration, kinds: ['disk'], isWithinReach }, context)?.element;
}
