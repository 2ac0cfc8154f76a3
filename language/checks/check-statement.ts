/** Checks what follows a statement's key, by the form of the statement. */
import { cpuNumbers } from '../expressions/cpu-numbers.ts';
import { plainValue, statementValue } from '../expressions/statement-value.ts';
import type { Choice, Item, MemoryTable, NamespaceStatement, Quantity } from '../generated/ast.ts';
import { namespaceKinds } from '../lowering/container.ts';
import type { LoweringContext } from '../lowering/context.ts';
import { isForever } from '../lowering/process.ts';
import { userName } from '../lowering/user.ts';
import { type BodyKind, ruleFor, type StatementRule } from '../statements.ts';
import { rangeOf, rangeOfProperty } from '../syntax/ranges.ts';
import { misplacedStatement } from './misplaced-statement.ts';
import { reportMissingValue } from './missing-value.ts';
import { checkDefinition } from './unknown-definition.ts';
import { checkWord, valueNotAllowed } from './value-not-allowed.ts';

/** Invariant: `rule` is the item's in a body of this kind. */
export function checkStatement(item: Item, rule: StatementRule, kind: BodyKind, context: LoweringContext): void {
    const { report } = context;
    if (isIncomplete(item)) {
        reportMissingValue(item, rule, report);
        return;
    }
    switch (item.$type) {
        case 'Quantity':
            checkQuantity(item, rule, kind, context);
            break;
        case 'CpuSet':
            cpuNumbers(item, context.scope);
            break;
        case 'Choice':
            checkChoice(item, rule, context);
            break;
        case 'OsItem':
            checkNamed(item.name ?? '', rule, rangeOfProperty(item, 'name'), context);
            break;
        case 'ImageItem':
            item.name === undefined || checkNamed(item.name, rule, rangeOfProperty(item, 'name'), context);
            break;
        case 'Element':
            rule.shape.kind === 'word' && checkWord(rule.key, item.name ?? '', rule.shape.words, rangeOfProperty(item, 'name'), report);
            break;
        case 'Policy':
            checkNamed(item.name ?? '', rule, rangeOfProperty(item, 'name'), context);
            break;
        case 'MountStatement':
            item.mode === undefined || checkWord('mount', item.mode, ['ro'], rangeOfProperty(item, 'mode'), report);
            break;
        case 'NamespaceStatement':
            checkNamespace(item, context);
            break;
        case 'CapabilityStatement':
            checkWord('capability', item.action ?? '', ['add', 'drop'], rangeOfProperty(item, 'action'), report);
            break;
        case 'Runs':
            checkFamilies(item.images, item.kernel, item, context);
            break;
        case 'MemoryTable':
            checkTable(item, rule, context);
            break;
        case 'Let':
            context.scope.letNamed(item.name ?? '');
            break;
        case 'LabelStatement':
            recordLabel(item.key ?? '', item, context);
            break;
        case 'Text':
        case 'AfterStatement':
        case 'EngineVm':
        case 'Step':
        case 'Expectation':
        case 'Import':
            break;
        case 'Template':
        case 'TypeDefinition':
        case 'Scenario':
        case 'Unknown':
            break;
        default:
            item satisfies never;
    }
}

/** What was not typed yet; of lets, paths and expectations the parser says so. */
function isIncomplete(item: Item): boolean {
    switch (item.$type) {
        case 'Quantity':
            return item.value === undefined;
        case 'CpuSet':
            return item.ranges.length === 0;
        case 'Choice':
            return item.word === undefined;
        case 'OsItem':
        case 'Policy':
            return item.name === undefined;
        case 'ImageItem':
            return item.name === undefined && item.reference === undefined;
        case 'Text':
            return item.text === undefined;
        case 'MountStatement':
            return item.source === undefined;
        case 'NamespaceStatement':
            return item.kind === undefined || item.target === undefined;
        case 'CapabilityStatement':
            return item.action === undefined || item.name === undefined;
        case 'LabelStatement':
            return item.value === undefined;
        case 'Import':
            return item.file === undefined;
        default:
            return false;
    }
}

function checkQuantity(item: Quantity, rule: StatementRule, kind: BodyKind, context: LoweringContext): void {
    const { scope } = context;
    if (rule.key === 'user') {
        checkUser(item, context);
    } else if (rule.shape.kind === 'quantity' && !(rule.key === 'repeat' && isForever(item))) {
        statementValue(rule, rule.shape, item.value, scope);
    } else if (rule.shape.kind === 'path') {
        context.report(misplacedStatement, {
            at: rangeOf(item),
            message: `\`${rule.key}\` names an element here, as in \`disk nvme\`. Write its name.`,
            facts: { key: rule.key, in: kind, kinds: [], instead: [] },
        });
    }
    checkTail(item, rule, kind, context);
}

function checkUser(item: Quantity, { scope, report }: LoweringContext): void {
    const name = item.value?.$type === 'Reference' ? item.value.name : undefined;
    if (name !== undefined && scope.letNamed(name) === 'unknown') {
        if (name !== 'root') {
            report(valueNotAllowed, {
                at: rangeOf(item),
                message: `\`user\` takes \`root\` or the number of a user, not \`${name}\`. Write for instance \`user 1000\`.`,
                facts: { value: name, values: ['root', '1000'] },
            });
        }
    } else {
        userName(item, scope);
    }
}

/** `memory A to B` is for phases, `memory BASE per-vcpu Q per-memory P` for hypervisor types. */
function checkTail(item: Quantity, rule: StatementRule, kind: BodyKind, { scope, report }: LoweringContext): void {
    const memory = ruleFor('phase', 'memory');
    if (kind === 'phase' && rule.key === 'memory' && memory?.shape.kind === 'quantity') {
        statementValue(memory, memory.shape, item.end, scope);
    }
    const isType = kind === 'hypervisor-type' && rule.key === 'memory';
    if (isType) {
        plainValue('per-vcpu', 'memory', item.perVcpu, scope);
        plainValue('per-memory', 'number', item.perMemory, scope);
    }
    const extra = item.perVcpu ?? item.perMemory;
    const stray =
        item.end !== undefined && !(kind === 'phase' && rule.key === 'memory')
            ? { node: item.end, word: 'to', home: 'the `memory` of a phase' }
            : extra !== undefined && !isType
              ? { node: extra, word: item.perVcpu === undefined ? 'per-memory' : 'per-vcpu', home: 'the `memory` of a hypervisor type' }
              : undefined;
    if (stray !== undefined) {
        report(misplacedStatement, {
            at: rangeOf(stray.node),
            message: `\`${stray.word}\` belongs to ${stray.home}. Leave it out.`,
            facts: { key: stray.word, in: kind, kinds: [], instead: [] },
        });
    }
}

function checkChoice(item: Choice, rule: StatementRule, context: LoweringContext): void {
    checkNamed(item.word ?? '', rule, rangeOfProperty(item, 'word'), context);
}

function checkNamed(name: string, { key, shape }: StatementRule, at: ReturnType<typeof rangeOf>, context: LoweringContext): void {
    if (shape.kind === 'word') {
        checkWord(key, name, shape.words, at, context.report);
    } else if (shape.kind === 'definition') {
        checkDefinition(shape.of, name, at, context);
    }
}

function checkNamespace(item: NamespaceStatement, { report }: LoweringContext): void {
    checkWord('namespace', item.kind ?? '', namespaceKinds, rangeOfProperty(item, 'kind'), report);
}

function checkFamilies(images: string | undefined, kernel: string | undefined, item: Item, { report }: LoweringContext): void {
    const shape = ruleFor('os', 'family')?.shape;
    const words = shape?.kind === 'word' ? shape.words : [];
    for (const [property, family] of [
        ['images', images],
        ['kernel', kernel],
    ] as const) {
        if (family !== undefined) {
            checkWord('runs', family, words, rangeOfProperty(item, property), report);
        }
    }
}

/** A row, and a point in each of its rows, is what there must be to draw a line from. */
function checkTable(table: MemoryTable, rule: StatementRule, { scope, report }: LoweringContext): void {
    if (table.rows.length === 0 || table.rows.some((row) => row.cells.length === 0)) {
        reportMissingValue(table, rule, report);
    }
    for (const row of table.rows) {
        plainValue('memory', 'memory', row.memory, scope);
        for (const cell of row.cells) {
            plainValue('vcpus', 'number', cell.vcpus, scope);
            plainValue('memory-table', 'memory', cell.overhead, scope);
        }
    }
}

function recordLabel(key: string, item: Item, { record }: LoweringContext): void {
    record({ target: { kind: 'label', name: key }, role: 'reference', at: rangeOfProperty(item, 'key') });
}
