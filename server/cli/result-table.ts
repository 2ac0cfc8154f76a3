/** A result for a person at a terminal: the machines as an indented table, then what was expected and what is wrong. */
import type { ElementResult, Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import type { Dimension } from '#simulation/model/units.ts';
import { showFigure } from '../explain/figures.ts';
import { printedRange } from '../json/finding-rows.ts';
import { declaredPath } from '../json/instances.ts';
import type { ResultReport } from '../result-json.ts';
import { findingLine } from './finding-formats.ts';
import { plainLine } from './plain-line.ts';

export function* resultTable(report: ResultReport, { select }: { readonly select?: string }): Generator<string> {
    const { result, findings, fileOf } = report;
    if (result !== undefined) {
        // A row stands for all replicas of its element.
        yield* table(rows(result, select && declaredPath(select)));
        yield* expectations(result);
    }
    for (const { at, severity, code, message } of findings) {
        yield findingLine({ severity, code, message, ...printedRange(at, fileOf) });
    }
}

const header = ['element', 'kind', 'CPU granted', 'of demand', 'memory used', 'of', 'kernel', 'ready at'];

function* rows(result: Result, select: string | undefined): Generator<readonly string[]> {
    yield header;
    for (const element of result.topology.elements.values()) {
        if (select === undefined || element.id === select || element.id.startsWith(`${select}.`)) {
            yield row(element, result.elements.get(element.id) ?? {});
        }
    }
}

function row(element: Element, { cpu, memory, kernel, readyAt }: ElementResult): readonly string[] {
    const depth = element.id.split('.').length - 1;
    const count = element.replicas === undefined ? '' : `[${element.replicas}]`;
    return [
        `${'  '.repeat(depth)}${element.name}${count}`,
        element.implicit ? `${element.kind} (added)` : element.kind,
        figure(cpu?.granted, 'cpu'),
        figure(cpu?.demand, 'cpu'),
        figure(memory?.used, 'memory'),
        figure(memory?.capacity ?? memory?.limit, 'memory'),
        kernel ?? '',
        figure(readyAt, 'time'),
    ];
}

function figure(value: number | undefined, dimension: Dimension): string {
    return value === undefined ? '' : showFigure(value, dimension);
}

function* table(lines: Iterable<readonly string[]>): Generator<string> {
    const all = [...lines];
    const widths = header.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
    for (const line of all) {
        yield `${line
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()}\n`;
    }
}

function* expectations({ expectations: judged }: Result): Generator<string> {
    for (const { holds, text, because } of judged) {
        yield `${plainLine(`${holds ? 'holds' : 'fails'}  expect ${text}${because === undefined ? '' : ` (${because})`}`)}\n`;
    }
}
