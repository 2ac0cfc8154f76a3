/** Lowers what a virtual machine costs its host in memory: a formula, or a vendor's table. */
import type { MemoryOverhead, MemoryOverheadRow } from '#simulation/model/definitions.ts';
import { bytes, fraction } from '#simulation/model/units.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { plainValue } from '../expressions/statement-value.ts';
import { isMemoryTable, isQuantity, type MemoryRow } from '../generated/ast.ts';
import type { StatementReader } from './statement-reader.ts';

export function memoryOverhead(read: StatementReader, values: Scope): MemoryOverhead {
    const table = read.items('memory-table').filter(isMemoryTable).at(-1);
    const rows = table?.rows.flatMap((row) => lowerRow(row, values) ?? []) ?? [];
    if (rows.length > 0) {
        return { kind: 'table', rows: rows.sort((a, b) => a.memory - b.memory) };
    }
    const formula = read.items('memory').filter(isQuantity).at(-1);
    return {
        kind: 'formula',
        base: bytes(read.number('memory')),
        perVcpu: bytes(plainValue('per-vcpu', 'memory', formula?.perVcpu, values) ?? 0),
        perMemory: fraction(plainValue('per-memory', 'number', formula?.perMemory, values) ?? 0),
    };
}

function lowerRow(row: MemoryRow, values: Scope): MemoryOverheadRow | undefined {
    const memory = plainValue('memory', 'memory', row.memory, values);
    const cells = row.cells.flatMap((cell) => {
        const vcpus = plainValue('vcpus', 'number', cell.vcpus, values);
        const overhead = plainValue('vcpus', 'memory', cell.overhead, values);
        return vcpus === undefined || overhead === undefined ? [] : [{ vcpus, overhead: bytes(overhead) }];
    });
    return memory === undefined || cells.length === 0 ? undefined : { memory: bytes(memory), cells: cells.sort((a, b) => a.vcpus - b.vcpus) };
}
