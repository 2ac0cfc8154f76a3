/** The Compare view: what has changed since the last commit, and the selection in every way to run it. */
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Committed } from '../committed.ts';
import { compareSelection } from '../comparison/compare-selection.ts';
import { comparisonTable } from '../comparison/comparison-rows.ts';
import { differenceOf } from '../difference/difference.ts';
import { differenceSummary, differenceTables } from '../difference/difference-tables.ts';
import { declaredPath } from '../json/instances.ts';
import { type Drawing, stacked } from '../picture/svg.ts';
import { tableDrawing } from '../picture/table-drawing.ts';
import type { ChangeContent, CompareContent } from '../protocol.ts';
import type { View, ViewSubject } from './view.ts';

/** More rows would not be read, and a picture has to end somewhere; `strata diff` lists all. */
const mostRows = 200;

export const compareView: View<CompareContent> = {
    name: 'compare',
    content: (subject, { selected }) => {
        const change = subject.committed === undefined ? {} : { change: changeSince(subject.committed, subject) };
        const compared = comparedIn(subject, selected);
        if (compared === undefined) {
            return { view: 'compare', ...change, sources: [] };
        }
        const { title, columns, groups, impossible, notes } = comparisonTable(compared.comparison);
        return {
            view: 'compare',
            ...change,
            ways: { title, columns, groups, notes: [...impossible, ...notes] },
            sources: compared.sources.map(({ figure, source }) => ({ id: figure, figure, source })),
        };
    },
    drawing: ({ change, ...compared }, width) => {
        const ways = waysDrawing(compared, width);
        return change === undefined ? ways : stacked('What has changed, and ways to run it', [...changeDrawings(change, width), ways]);
    },
};

function changeSince(committed: Committed, { analysis: { result, findings } }: ViewSubject): ChangeContent {
    if (committed.kind === 'unknown') {
        return committed;
    }
    const difference = differenceOf(committed.side, { result, findings });
    return {
        kind: 'known',
        before: committed.name,
        summary: differenceSummary(difference),
        tables: differenceTables(difference).map(({ title, columns, rows, note }) => {
            const left = rows.length - mostRows;
            const notes = [...(note === undefined ? [] : [note]), ...(left > 0 ? [`${left} more rows are left out.`] : [])].join(' ');
            return { title, columns, rows: rows.slice(0, mostRows), ...(notes === '' ? {} : { note: notes }) };
        }),
    };
}

function changeDrawings(change: ChangeContent, width: number): readonly Drawing[] {
    if (change.kind === 'unknown') {
        return [tableDrawing({ title: 'Since the last commit: nothing is known', columns: [], groups: [], notes: [change.because] }, width)];
    }
    return [
        tableDrawing({ title: `Since ${change.before}`, columns: [], groups: [], notes: [change.summary] }, width),
        ...change.tables.map(({ title, columns, rows, note }) =>
            tableDrawing(
                {
                    title,
                    columns: columns.slice(1),
                    groups: [{ rows: rows.map(([label = '', ...cells]) => ({ label, cells: cells.map((text) => ({ text })) })) }],
                    notes: note === undefined ? [] : [note],
                },
                width,
            ),
        ),
    ];
}

function waysDrawing({ ways, sources }: Omit<CompareContent, 'view'>, width: number): Drawing {
    return tableDrawing(
        {
            title: ways === undefined ? 'There is no workload to compare' : `Ways to run ${ways.title}`,
            columns: ways?.columns ?? [],
            groups: (ways?.groups ?? []).map(({ question, rows }) => ({
                heading: question,
                rows: rows.map(({ label, cells }) => ({ label, cells: cells.map((text) => ({ text })) })),
            })),
            notes: [...(ways?.notes ?? []), ...sources.map(({ figure, source }) => `${figure}: ${source}`)],
        },
        width,
    );
}

function comparedIn({ analysis, services }: ViewSubject, selected: string | undefined): ReturnType<typeof compareSelection> | undefined {
    const element = comparable(analysis.result, selected);
    return element === undefined ? undefined : compareSelection(analysis, services, [{ element, ranges: [] }]);
}

/** What is selected, where it carries a workload or is one; else the first host that does. */
function comparable({ topology }: Result, selected: string | undefined): ElementId | undefined {
    const carriers = new Set<ElementId>();
    for (const element of topology.elements.values()) {
        if (element.kind === 'container' || element.kind === 'process') {
            for (let next: ElementId | undefined = element.id; next !== undefined && !carriers.has(next); next = topology.elements.get(next)?.parent) {
                carriers.add(next);
            }
        }
    }
    const wanted = selected === undefined ? undefined : elementId(declaredPath(selected));
    if (wanted !== undefined && carriers.has(wanted)) {
        return wanted;
    }
    return [...topology.elements.values()].find(({ id, kind }) => kind === 'host' && carriers.has(id))?.id;
}
