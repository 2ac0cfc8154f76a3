/** The Compare view: the selection in every way to run it. */
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { compareSelection } from '../comparison/compare-selection.ts';
import { comparisonTable } from '../comparison/comparison-rows.ts';
import { declaredPath } from '../json/instances.ts';
import { tableDrawing } from '../picture/table-drawing.ts';
import type { CompareContent } from '../protocol.ts';
import type { View, ViewSubject } from './view.ts';

export const compareView: View<CompareContent> = {
    name: 'compare',
    content: (subject, { selected }) => {
        const compared = comparedIn(subject, selected);
        if (compared === undefined) {
            return { view: 'compare', sources: [] };
        }
        const { title, columns, groups, impossible, notes } = comparisonTable(compared.comparison);
        return {
            view: 'compare',
            ways: { title, columns, groups, notes: [...impossible, ...notes] },
            sources: compared.sources.map(({ figure, source }) => ({ id: figure, figure, source })),
        };
    },
    drawing: ({ ways, sources }, width) =>
        tableDrawing(
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
        ),
};

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
