/** The Timeline view: what happens when, lane by lane, and the Strata view of the chosen moment. */
import { at, none } from '#simulation/model/columns.ts';
import { type ElementId, elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Run, State } from '#simulation/model/timeline.ts';
import type { Element } from '#simulation/model/topology.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { elementOfMember, eventsOf, firstPathOf, type RunEvent } from '#simulation/timeline/read-run.ts';
import { type Recording, record } from '#simulation/timeline/record.ts';
import { declaredPath } from '../json/instances.ts';
import { drawStrata } from '../picture/draw-strata.ts';
import { timeText } from '../picture/quantity.ts';
import { sceneDrawing, stacked } from '../picture/svg.ts';
import { tableDrawing } from '../picture/table-drawing.ts';
import { cutToWidth } from '../picture/text-width.ts';
import { timelineDrawing } from '../picture/timeline-drawing.ts';
import { plainName } from '../picture/words.ts';
import type { Scene, SceneBox, TimelineContent, TimelineLane, TimelineMark, TimelinePicture, ViewOptions } from '../protocol.ts';
import { momentOf } from './moment.ts';
import { chartsOf, laneOf } from './timeline-lanes.ts';
import type { View } from './view.ts';

const mostLanes = 48;
const mostEvents = 400;
/** Of the run: as wide as a mark is in a narrow window. */
const markShare = 0.04;
const mostRows = 4;
/** Hosts whose course is kept; more are not recorded, because their lanes would not be drawn. */
const mostHosts = 12;

export const timelineView: View<TimelineContent> = {
    name: 'timeline',
    content: ({ analysis: { result } }, options) => timelineContent(result, options),
    drawing: ({ scene, timeline }, width) =>
        timeline === undefined
            ? stacked(noScenario, [
                  tableDrawing({ title: noScenario, columns: [], groups: [], notes: ['Below is what runs when nothing changes.'] }, width),
                  sceneDrawing(scene),
              ])
            : stacked(`Scenario ${timeline.scenario}`, [timelineDrawing(timeline, width), sceneDrawing(scene)]),
};

const noScenario = 'This file describes no scenario';

function timelineContent(result: Result, options: ViewOptions): TimelineContent {
    const scenarios = result.runs.map(({ scenario }) => scenario);
    const run = result.runs.find(({ scenario }) => scenario === options.scenario) ?? result.runs[0];
    if (run === undefined) {
        return { view: 'timeline', scene: drawStrata(result, result.findings, options), scenarios };
    }
    const index = indexOf(result);
    const time = Math.min(Math.max(options.at ?? 0, 0), run.duration);
    const recordings = recordingsOf(result, index, run, options.selected);
    const moment = momentOf(result, index, recordings, time);
    return {
        view: 'timeline',
        scene: markStates(drawStrata(moment.result, result.findings, options), moment.states),
        scenarios,
        timeline: pictureOf({ result, index, run, recordings }, time, options.selected),
    };
}

const indices = new WeakMap<Result, TopologyIndex>();

function indexOf(result: Result): TopologyIndex {
    const known = indices.get(result) ?? indexTopology(result.topology);
    indices.set(result, known);
    return known;
}

/** While somebody drags the scrubber, the same recording is read at every moment. */
const recorded = new WeakMap<Run, Map<string, readonly Recording[]>>();

function recordingsOf(result: Result, index: TopologyIndex, run: Run, selected: string | undefined): readonly Recording[] {
    const scenario = result.topology.scenarios.find(({ name }) => name === run.scenario);
    if (scenario === undefined) {
        return [];
    }
    const hosts = shownHosts(index, run, selected);
    const known = recorded.get(run) ?? new Map<string, readonly Recording[]>();
    recorded.set(run, known);
    const key = [...hosts].join(' ');
    const recordings = known.get(key) ?? [...record(index, scenario, hosts)];
    known.set(key, recordings);
    return recordings;
}

/** The selected element's, those to which something happens, then the first ones. */
function shownHosts(index: TopologyIndex, run: Run, selected: string | undefined): ReadonlySet<number> {
    const hosts = new Set<number>();
    const add = (number: number | undefined): void => {
        const host = number === undefined ? none : at(index.host, number);
        if (host !== none && hosts.size < mostHosts) {
            hosts.add(host);
        }
    };
    add(selected === undefined ? undefined : index.numbers.get(elementId(declaredPath(selected))));
    for (const event of eventsOf(index, run)) {
        if (!isRoutine(event) && hosts.size < mostHosts) {
            add(at(run.members.element, event.member));
        }
    }
    for (const [number, { kind }] of index.elements.entries()) {
        if (kind === 'host') {
            add(number);
        }
    }
    return hosts;
}

const isRoutine = ({ type }: RunEvent): boolean => type === 'booting' || type === 'ready';

interface Course {
    readonly result: Result;
    readonly index: TopologyIndex;
    readonly run: Run;
    readonly recordings: readonly Recording[];
}

function pictureOf(course: Course, time: number, selected: string | undefined): TimelinePicture {
    const { result, index, run, recordings } = course;
    const lanes = lanesOf(course);
    const wanted = selected === undefined ? undefined : declaredPath(selected);
    const subject = [...index.elements.entries()].find(([, { id, kind }]) => id === wanted || (wanted === undefined && kind === 'host'));
    const series = subject === undefined ? undefined : firstSeries(recordings, subject[0]);
    return {
        scenario: run.scenario,
        duration: run.duration,
        at: time,
        events: marksOf(index, run),
        lanes: lanes.slice(0, mostLanes),
        left: Math.max(0, lanes.length - mostLanes),
        charts:
            subject === undefined || series === undefined
                ? []
                : chartsOf(series, result.elements.get(subject[1].id), { duration: run.duration, at: time }).map((chart) => ({
                      ...chart,
                      title: `${chart.title} of ${plainName(subject[1].id)}`,
                  })),
    };
}

function firstSeries(recordings: readonly Recording[], number: number): Recording['series'][number] | undefined {
    for (const { members, series } of recordings) {
        const member = members.element.indexOf(number);
        if (member >= 0) {
            return series[member];
        }
    }
    return undefined;
}

/** One for each host, machine, engine, container and process outside one; replicas that ran alike share a lane. */
function lanesOf({ index, run, recordings }: Course): readonly TimelineLane[] {
    return recordings.flatMap(({ members, series }) =>
        series.flatMap((found, member) => {
            const number = at(members.element, member);
            const element = index.elements[number];
            const isShown = element !== undefined && hasLane(element.kind) && (element.kind !== 'process' || at(index.container, number) === none);
            return isShown && found.state !== undefined ? [laneOf(element.id, laneLabel(index, { ...run, members }, member), found, run.duration)] : [];
        }),
    );
}

/** Disks and network cards run for as long as their host does. */
const hasLane = (kind: Element['kind']): boolean => kind !== 'disk' && kind !== 'nic';

/** `rack1.docker.web[2–5]`. */
function laneLabel(index: TopologyIndex, run: Run, member: number): string {
    const [first, last] = [at(run.members.first, member), at(run.members.last, member)];
    const path = plainName(firstPathOf(index, run, member));
    return last > first ? path.replace(/\[\d+\]$/, `[${first}–${last}]`) : path;
}

function marksOf(index: TopologyIndex, run: Run): readonly TimelineMark[] {
    const marks: TimelineMark[] = [];
    /** When the last mark of each row was. */
    const rows: number[] = [];
    for (const event of eventsOf(index, run)) {
        if (marks.length >= mostEvents) {
            break;
        }
        if (!isRoutine(event)) {
            const element = elementOfMember(index, run, event.member)?.id;
            marks.push({
                id: String(marks.length),
                at: event.at,
                row: takeRow(rows, event.at, markShare * run.duration),
                type: event.type,
                words: `${timeText(event.at)}: ${plainName(firstPathOf(index, run, event.member))} ${eventWords(event)}`,
                ...(element === undefined ? {} : { element }),
            });
        }
    }
    return marks;
}

/** The first row in which a mark has its width to itself; with more at once than there are rows, the last. */
function takeRow(rows: number[], time: number, width: number): number {
    const free = rows.findIndex((last) => time - last >= width);
    const row = Math.min(free < 0 ? rows.length : free, mostRows - 1);
    rows[row] = time;
    return row;
}

function eventWords({ type, detail }: RunEvent): string {
    const details = Object.entries(detail ?? {}).map(([key, value]) => `${key} ${typeof value === 'number' ? Number(value.toPrecision(4)) : plainName(value)}`);
    const what = type === 'killed-oom' ? 'killed, out of memory' : type;
    return details.length === 0 ? what : `${what} (${details.join(', ')})`;
}

/** What does not run at the moment is faint, and says what it is in instead of its figure. */
function markStates(scene: Scene, states: ReadonlyMap<ElementId, State>): Scene {
    return { ...scene, boxes: scene.boxes.map((box) => markState(box, states)) };
}

function markState(box: SceneBox, states: ReadonlyMap<ElementId, State>): SceneBox {
    const state = box.element === undefined ? undefined : states.get(elementId(box.element));
    if (state === undefined || state === 'running' || box.role === 'over' || box.role === 'idle' || box.role === 'overhead') {
        return box;
    }
    const { label, detail, ...rest } = box;
    const place = detail ?? label;
    const word = place === undefined ? undefined : cutToWidth(state, box.width - (place.x - box.x) - 4, 11);
    return {
        ...rest,
        ...(label === undefined ? {} : { label }),
        // A state that is cut is no word any more; the box is faint all the same.
        ...(detail === undefined || word !== state ? {} : { detail: { ...detail, text: word } }),
        marks: state === 'booting' || state === 'migrating' || box.marks.includes('stopped') ? box.marks : [...box.marks, 'stopped'],
        description: `${box.description}; ${state} at this moment`,
    };
}
