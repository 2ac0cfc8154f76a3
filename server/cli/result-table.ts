/** A result for a person at a terminal: the machines as an indented table, what happened in the scenario, what was expected and what is wrong. */
import type { ElementResult, Result } from '#simulation/model/result.ts';
import type { Element } from '#simulation/model/topology.ts';
import type { Dimension } from '#simulation/model/units.ts';
import { showFigure } from '../explain/figures.ts';
import { printedRange } from '../json/finding-rows.ts';
import { declaredPath } from '../json/instances.ts';
import { type ResultReport, runOf } from '../result-json.ts';
import { findingLine } from './finding-formats.ts';
import { plainLine } from './plain-line.ts';
import { runTable } from './run-table.ts';
import { textTable } from './text-table.ts';

export function* resultTable(report: ResultReport, { select }: { readonly select?: string }): Generator<string> {
    const { result, findings, fileOf } = report;
    if (result !== undefined) {
        // A row stands for all replicas of its element.
        const wanted = select && declaredPath(select);
        const selected = (path: string): boolean => wanted === undefined || path === wanted || path.startsWith(`${wanted}.`);
        yield* textTable(header, rows(result, selected));
        yield* expectations(result);
        const run = runOf(report);
        // A file without scenarios is run as well, but nobody asked what happens in that.
        if (run !== undefined && result.topology.scenarios.length > 0) {
            yield* runTable(result, run, selected);
            yield* expectations(run);
        }
    }
    for (const { at, severity, code, message } of findings) {
        yield findingLine({ severity, code, message, ...printedRange(at, fileOf) });
    }
}

const header = ['element', 'kind', 'CPU granted', 'of demand', 'memory used', 'of', 'kernel', 'ready at'];

function* rows(result: Result, selected: (path: string) => boolean): Generator<readonly string[]> {
    for (const element of result.topology.elements.values()) {
        if (selected(element.id)) {
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

function* expectations({ expectations: judged }: Pick<Result, 'expectations'>): Generator<string> {
    for (const { holds, text, because } of judged) {
        yield `${plainLine(`${holds ? 'holds' : 'fails'}  expect ${text}${because === undefined ? '' : ` (${because})`}`)}\n`;
    }
}
