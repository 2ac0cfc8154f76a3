/** Lowers scenarios: what happens when, and what is expected of it. */

import type { InstanceSet } from '#simulation/model/ids.ts';
import type { ElementKind, Scenario as Lowered, Step as LoweredStep } from '#simulation/model/topology.ts';
import { seconds } from '#simulation/model/units.ts';
import { checkMigrationNetwork } from '../checks/migration-network.ts';
import { checkMigration } from '../checks/migration-target.ts';
import { misplacedStatement } from '../checks/misplaced-statement.ts';
import { checkStepTime } from '../checks/step-after-end.ts';
import { checkEffects, type PlacedStep } from '../checks/step-without-effect.ts';
import { cpuNumbers } from '../expressions/cpu-numbers.ts';
import { plainValue, statementValue } from '../expressions/statement-value.ts';
import { isExpectation, isStep, type Path, type Scenario, type Step } from '../generated/ast.ts';
import { resolvePath } from '../names/resolve-path.ts';
import type { SourceRange } from '../origins.ts';
import { bodyNames, ruleFor, rulesOfKey } from '../statements.ts';
import { rangeOf, rangeOfProperty } from '../syntax/ranges.ts';
import { type LoweringContext, optional, readerOf } from './context.ts';
import type { Declaration } from './declarations.ts';
import { lowerExpectation } from './expectation.ts';
import { statementKey, statementsOf } from './statement-keys.ts';
import { readStatements } from './statement-reader.ts';

export interface LoweredScenario {
    readonly scenario: Lowered;
    readonly origin: { readonly name: SourceRange; readonly expectations: readonly SourceRange[] };
}

export function lowerScenario(node: Scenario, context: LoweringContext): LoweredScenario {
    const items = node.body?.items ?? [];
    const read = readStatements('scenario', statementsOf(items), context.values);
    const duration = read.given('duration');
    const expectations = items.filter(isExpectation).flatMap((item) => lowerExpectation(item, context) ?? []);
    const steps = items.filter(isStep).flatMap((step): readonly PlacedStep[] => {
        const lowered = lowerStep(step, duration, context);
        return lowered === undefined ? [] : [{ node: step, step: lowered }];
    });
    checkEffects(steps, (element) => startsByItself(element, context), context.index, context.report);
    return {
        scenario: {
            name: node.name ?? '',
            ...optional('duration', duration, seconds),
            steps: steps.map(({ step }) => step),
            expectations: expectations.map(({ expectation }) => expectation),
        },
        origin: { name: rangeOfProperty(node, 'name'), expectations: expectations.map(({ at }) => at) },
    };
}

/** Whether an element is up without a `start`, and stays up: phases come to an end, and a container with its processes. */
function startsByItself(element: Declaration, context: LoweringContext): boolean {
    const endsByItself = [element, ...element.children].some(({ phases }) => phases.length > 0);
    return !endsByItself && (!element.statements.has('autostart') || readerOf(element, context).flag('autostart'));
}

/** Kinds that run, so that they can be stopped, loaded and broken into; a disk can only fail. */
const running: readonly ElementKind[] = ['host', 'hypervisor', 'vm', 'engine', 'slice', 'pod', 'container', 'process'];
const all: readonly ElementKind[] = [...running, 'disk', 'nic'];

/** Kinds that an action may be done to. */
const targets: Readonly<Record<NonNullable<Step['action']>, readonly ElementKind[]>> = {
    fail: all,
    recover: all,
    stop: running,
    start: running,
    load: running,
    set: all,
    migrate: ['vm'],
    breach: running,
};

/** Undefined after a problem was reported, or where the step is half typed. */
function lowerStep(step: Step, duration: number | undefined, context: LoweringContext): LoweredStep | undefined {
    const time = plainValue('at', 'time', step.time, context.scope);
    if (time !== undefined) {
        checkStepTime(step, time, duration, context.report);
    }
    const target = targetOf(step.target, targets[step.action ?? 'fail'], context);
    const action = lowerAction(step, target, context);
    return time === undefined || action === undefined ? undefined : { at: seconds(time), ...action };
}

type Action = LoweredStep extends infer Each ? (Each extends unknown ? Omit<Each, 'at'> : never) : never;

function lowerAction(step: Step, target: InstanceSet | undefined, context: LoweringContext): Action | undefined {
    switch (step.action) {
        case undefined:
            return undefined;
        case 'fail':
        case 'recover':
        case 'stop':
        case 'start':
        case 'breach':
            return target === undefined ? undefined : { kind: step.action, target };
        case 'load': {
            const by = plainValue('load', 'number', step.factor, context.scope);
            return target === undefined || by === undefined ? undefined : { kind: 'load', target, by, memory: step.memory };
        }
        case 'migrate': {
            const to = targetOf(step.destination, ['host', 'hypervisor'], context);
            if (target === undefined || to === undefined) {
                return undefined;
            }
            const migration = { step, vm: target, to };
            if (checkMigration(migration, context.index, context.report)) {
                checkMigrationNetwork(migration, context.index, context.report);
            }
            return { kind: 'migrate', target, to };
        }
        case 'set':
            return target === undefined ? undefined : lowerSet(step, target, context);
        default:
            return step.action satisfies never;
    }
}

const targetOf = (path: Path | undefined, kinds: readonly ElementKind[], context: LoweringContext): InstanceSet | undefined =>
    path === undefined ? undefined : resolvePath({ steps: path.steps, kinds }, context);

/** `set X KEY VALUE`: any numeric statement that X may have. */
function lowerSet(step: Step, target: InstanceSet, context: LoweringContext): Action | undefined {
    // What is not declared is the virtual machine of an engine.
    const kind = context.index.byId.get(target.element)?.kind ?? 'vm';
    const item = step.statement;
    const key = item === undefined ? undefined : statementKey(item);
    if (item === undefined || key === undefined) {
        return undefined;
    }
    const rule = ruleFor(kind, key);
    if (rule === undefined) {
        context.report(misplacedStatement, {
            at: rangeOf(item),
            facts: { key, in: kind, kinds: rulesOfKey(key).flatMap((other) => other.in), instead: [] },
            message: `${bodyNames[kind]} has no \`${key}\` to set. Set a statement that it may have.`.replace(/^a/, 'A'),
        });
        return undefined;
    }
    const value =
        item.$type === 'CpuSet'
            ? cpuNumbers(item, context.scope)
            : rule.shape.kind === 'quantity'
              ? statementValue(rule, rule.shape, item.value, context.scope)
              : undefined;
    return value === undefined ? undefined : { kind: 'set', target, statement: key, value };
}
