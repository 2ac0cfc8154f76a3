/** Code lenses: above each host, virtual machine and engine, how full it is and what it carries; above each scenario, the worst that happens in it. */
import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { SourceRange } from '#language/origins.ts';
import { coresFigure, countOf, memoryFigure } from '#simulation/model/figures.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { ElementResult, Result } from '#simulation/model/result.ts';
import type { Element, ElementKind } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { usesOf, useText } from '#simulation/model/use.ts';
import type { Analysis } from '../analysis.ts';
import { placeOf } from '../cursor.ts';
import { worstOf } from '../explain/run-fate.ts';
import type { ScenarioLens } from '../protocol.ts';
import { refreshWhenStale } from '../refresh.ts';
import { canonicalUri } from '../sources.ts';
import type { Feature } from './feature.ts';

export const codeLens: Feature = {
    name: 'code-lens',
    capabilities: { codeLensProvider: { resolveProvider: false } },
    register: (context) => {
        const { onRequest, workspace, settings } = context;
        onRequest('textDocument/codeLens', async ({ textDocument }: CodeLensParams, token): Promise<readonly CodeLens[]> => {
            const uri = canonicalUri(textDocument.uri);
            const analysis = (await settings.read()).codeLens ? await workspace.analysed(uri, token) : undefined;
            return analysis === undefined ? [] : [...lensesIn(uri, analysis), ...scenarioLenses(uri, analysis)];
        });
        refreshWhenStale('codeLens', context);
    },
};

const kindsWithLens: ReadonlySet<ElementKind> = new Set(['host', 'vm', 'engine']);

function lensesIn(uri: string, { lowered, result }: Analysis): readonly CodeLens[] {
    if (result === undefined) {
        return [];
    }
    const carried = countCarried(result);
    const places = new Map<string, { readonly at: SourceRange; readonly titles: Set<string>; elements: number }>();
    for (const [id, { name }] of lowered.origins.elements) {
        const element = result.topology.elements.get(id);
        const figures = result.elements.get(id);
        if (element !== undefined && figures !== undefined && name.uri === uri && kindsWithLens.has(element.kind)) {
            const key = placeOf(name);
            const place = places.get(key) ?? { at: name, titles: new Set(), elements: 0 };
            places.set(key, place);
            place.titles.add(titleOf(element, figures, carried.get(id)));
            place.elements += 1;
        }
    }
    return [...places.values()].map(({ at, titles, elements }) => {
        const [title = ''] = titles;
        const shown = titles.size > 1 ? `${elements} elements of different figures came of this` : title;
        // A command without a name is shown and does nothing, in any editor.
        return { range: { start: at.start, end: at.end }, command: { title: shown, command: '' } };
    });
}

function scenarioLenses(uri: string, { lowered, result }: Analysis): readonly CodeLens[] {
    if (result === undefined || result.runs.length === 0) {
        return [];
    }
    const index = indexTopology(result.topology);
    return result.runs.flatMap((run) => {
        const at = lowered.origins.scenarios.get(run.scenario)?.name;
        const data: ScenarioLens = { uri, scenario: run.scenario };
        return at?.uri === uri
            ? [{ range: { start: at.start, end: at.end }, command: { title: `Run scenario · ${worstOf(index, run)}`, command: '' }, data }]
            : [];
    });
}

function titleOf(element: Element, figures: ElementResult, carried: Carried | undefined): string {
    const { cpu, memory } = figures;
    const { containers = 0, kernels = 0 } = carried ?? {};
    return [
        ...usesOf(figures)
            .filter(({ resource }) => resource !== 'disk')
            .map(useText),
        // An engine has no bounds of its own.
        ...(element.kind === 'engine' && cpu?.granted !== undefined ? [`CPU ${coresFigure(cpu.granted)}`] : []),
        ...(element.kind === 'engine' && memory?.used !== undefined ? [`memory ${memoryFigure(memory.used)}`] : []),
        ...(containers === 0 && element.kind !== 'engine' ? [] : [countOf(containers, 'container')]),
        ...(kernels === 0 ? [] : [countOf(kernels, 'kernel')]),
    ].join(' · ');
}

interface Carried {
    readonly containers: number;
    readonly kernels: number;
}

/** Of one replica of each element, itself included. Parents stand before their children, so one sweep from the end adds up all. */
function countCarried({ topology, kernels }: Result): ReadonlyMap<ElementId, Carried> {
    const withKernel = new Set(kernels.map(({ kernel }) => kernel));
    const counts = new Map<ElementId, { containers: number; kernels: number }>();
    const countOfElement = (id: ElementId): { containers: number; kernels: number } => {
        const known = counts.get(id) ?? { containers: 0, kernels: 0 };
        counts.set(id, known);
        return known;
    };
    for (const { id, kind, parent, replicas = 1 } of [...topology.elements.values()].reverse()) {
        const count = countOfElement(id);
        count.containers += kind === 'container' ? 1 : 0;
        count.kernels += withKernel.has(id) ? 1 : 0;
        if (parent !== undefined) {
            const above = countOfElement(parent);
            above.containers += count.containers * replicas;
            above.kernels += count.kernels * replicas;
        }
    }
    return counts;
}
