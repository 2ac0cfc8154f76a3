/** The Isolation view: the walls between workloads as a matrix, what falls with the selected one, and what `ps` shows there. */
import { wallsBetween } from '#simulation/isolation/boundaries.ts';
import { workloads } from '#simulation/isolation/kernels.ts';
import { type ControlGraph, controlGraph } from '#simulation/isolation/reach/control-graph.ts';
import { at, none } from '#simulation/model/columns.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { declaredPath } from '../json/instances.ts';
import { drawStrata } from '../picture/draw-strata.ts';
import { countText } from '../picture/quantity.ts';
import { sceneDrawing, stacked } from '../picture/svg.ts';
import { type DrawnTable, tableDrawing } from '../picture/table-drawing.ts';
import { plainName } from '../picture/words.ts';
import {
    type Blast,
    type IsolationContent,
    type MatrixWorkload,
    type ProcessList,
    type Scene,
    type ViewOptions,
    type WallName,
    wallMarks,
} from '../protocol.ts';
import { type BlastSubject, blastOf, everyReplica, markFallen, workloadAt } from './blast.ts';
import { processList } from './process-list.ts';
import type { View } from './view.ts';

/** Rows and columns of the matrix; more can't be read. */
const mostWorkloads = 40;

export const isolationView: View<IsolationContent> = {
    name: 'isolation',
    content: ({ analysis: { result } }, options) => isolationContent(result, options),
    drawing: (content, width) =>
        stacked('Walls between workloads, and what falls with one', [
            tableDrawing(matrixTable(content), width),
            ...(content.blast === undefined ? [] : [tableDrawing(blastTable(content.blast), width)]),
            sceneDrawing(content.scene),
            ...(content.processes === undefined ? [] : [tableDrawing(processTable(content.processes), width)]),
        ]),
};

function isolationContent(result: Result, options: ViewOptions): IsolationContent {
    const graph = graphOf(result);
    const { index } = graph;
    const numberOf = (path: string | undefined): number | undefined => (path === undefined ? undefined : index.numbers.get(elementId(declaredPath(path))));
    const selected = numberOf(options.selected);
    const all = workloads(index);
    const from = (selected === undefined ? undefined : workloadAt(graph, selected)) ?? all[0];
    const shown = shownWorkloads(all, from);
    const labelOf = labels(graph, shown);
    const scene = drawStrata(result, result.findings, options);
    const subject: BlastSubject | undefined = from === undefined ? undefined : { graph, from, labelOf };
    const broken = options.broken ?? 'nothing';
    const processes = processList(index, numberOf(options.vantage) ?? selected ?? from);
    return {
        view: 'isolation',
        scene: subject === undefined ? scene : markFallen(scene, subject, broken),
        workloads: shown.flatMap((number) => matrixWorkload(graph, number, labelOf, scene)),
        left: all.length - shown.length,
        walls: shown.map((a) => shown.map((b) => wallBetween(graph, a, b))),
        ...(subject === undefined ? {} : { blast: blastOf(subject, broken, shown) }),
        ...(processes === undefined ? {} : { processes }),
    };
}

/** Every request of a page asks for the same topology's walls; they are found out once. */
const graphs = new WeakMap<Result, ControlGraph>();

function graphOf(result: Result): ControlGraph {
    const known = graphs.get(result) ?? controlGraph(indexTopology(result.topology));
    graphs.set(result, known);
    return known;
}

/** The first ones, and the one that is meant. */
function shownWorkloads(all: readonly number[], from: number | undefined): readonly number[] {
    const first = all.slice(0, mostWorkloads);
    return from === undefined || first.includes(from) ? first : [...first.slice(0, -1), from];
}

/** Its name where no other of them has it. */
function labels({ index }: ControlGraph, shown: readonly number[]): (number: number) => string {
    const names = shown.map((number) => index.elements[number]?.name);
    const shared = new Set(names.filter((name, place) => names.indexOf(name) !== place));
    return (number) => {
        const element = index.elements[number];
        return element === undefined ? '' : plainName(shared.has(element.name) ? element.id : element.name);
    };
}

function matrixWorkload({ index }: ControlGraph, number: number, labelOf: (number: number) => string, scene: Scene): readonly MatrixWorkload[] {
    const element = index.elements[number];
    if (element === undefined) {
        return [];
    }
    const tint = scene.boxes.find((box) => box.element === element.id && box.tint !== undefined)?.tint;
    const kernel = at(index.kernel, number);
    return [
        {
            element: element.id,
            label: labelOf(number),
            count: at(index.multiplicity, number),
            kernel: kernel === none ? '' : plainName(index.elements[kernel]?.id ?? ''),
            ...(tint === undefined ? {} : { tint }),
        },
    ];
}

function wallBetween(graph: ControlGraph, a: number, b: number): WallName | null {
    if (a === b && at(graph.index.multiplicity, a) <= 1) {
        return null;
    }
    return wallsBetween(graph.index, everyReplica(graph, a), everyReplica(graph, b))[0]?.wall ?? null;
}

function matrixTable({ workloads: rows, walls, left }: IsolationContent): DrawnTable {
    const drawn = new Set(walls.flat());
    return {
        title: rows.length === 0 ? 'There is no workload' : 'Walls between workloads',
        columns: rows.map((_, place) => String(place + 1)),
        groups: [
            {
                rows: rows.map((workload, place) => ({
                    label: `${place + 1}  ${workload.label}${workload.count > 1 ? ` ×${countText(workload.count)}` : ''}`,
                    cells: (walls[place] ?? []).map((wall) => (wall === null ? { text: '–' } : { text: wallMarks[wall].letter, mark: `wall-${wall}` })),
                })),
            },
        ],
        notes: [
            ...Object.entries(wallMarks).flatMap(([wall, { letter, words }]) => (drawn.has(wall as WallName) ? [`${letter}  ${words}`] : [])),
            ...(left > 0 ? [`${countText(left)} more workloads have no row.`] : []),
        ],
    };
}

function blastTable({ label, broken, levels }: Blast): DrawnTable {
    return {
        title: `An attacker in ${label}`,
        columns: [''],
        groups: levels.map((level) => ({
            rows: [
                { label: `${level.broken === broken ? '▶ ' : ''}${level.broken} broken`, cells: [{ text: level.words }] },
                ...level.reasons.map((reason) => ({ label: '', cells: [{ text: reason }] })),
            ],
        })),
        notes: [],
    };
}

function processTable({ from, facts, rows, left }: ProcessList): DrawnTable {
    return {
        title: `What ps shows in ${plainName(from)}`,
        columns: ['PID', 'inside', 'path'],
        groups: [
            {
                rows: rows.map(({ pid, innerPid, name, path }) => ({
                    label: name,
                    cells: [{ text: String(pid) }, { text: innerPid === undefined ? '' : String(innerPid) }, { text: path }],
                })),
            },
        ],
        notes: [...(left === '' ? [] : [left]), facts.join(' · ')],
    };
}
