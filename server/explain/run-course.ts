/** How an element fares over a run, as lines of text; for that its group of hosts is run once more, where that takes next to no time. */
import { at } from '#simulation/model/columns.ts';
import { timeFigure } from '#simulation/model/figures.ts';
import type { MemberSeries, Run } from '#simulation/model/timeline.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { type Recording, record } from '#simulation/timeline/record.ts';
import { sparkLine } from './spark-line.ts';

/** Members looked at, over all instants and runs of one explanation: a tenth of a second, at some 5 µs each. */
const mostLooks = 20_000;

/** Of each run in turn, lines such as `CPU ▁▂▅█▅▁ 0 … 0.5 cores over 10 min` of the first of all replicas; none of a run that would cost too much. */
export function courseLines(index: TopologyIndex, runs: readonly Run[], element: number): readonly (readonly string[])[] {
    let left = mostLooks;
    return runs.map((run) => {
        const group = groupOf(run, element);
        // Which hosts belong together is found anew by looking at every element.
        const looks = group === undefined ? Infinity : index.elements.length + looksAt(run, group);
        if (group === undefined || looks > left) {
            return [];
        }
        left -= looks;
        const recording = recordingOf(index, run, group);
        const series = recording?.series[recording.members.element.indexOf(element)];
        return series === undefined ? [] : linesOf(series, run.duration);
    });
}

function linesOf(series: MemberSeries, duration: number): readonly string[] {
    const { state, 'cpu.granted': granted, 'memory.used': used } = series;
    const cpu = granted && sparkLine({ series: granted, state, duration, between: 'steps' }, 'cpu');
    const memory = used && sparkLine({ series: used, state, duration, between: 'straight' }, 'memory');
    return [...(cpu === undefined ? [] : [`CPU ${cpu}`]), ...(memory === undefined ? [] : [`Memory ${memory}`])].map(
        (line) => `${line} over ${timeFigure(duration)}`,
    );
}

/** Number of the group of hosts in which the first replica of an element was run. */
function groupOf({ members, groups }: Run, element: number): number | undefined {
    const member = members.element.indexOf(element);
    const group = groups.member.findLastIndex((first) => first <= member);
    return group < 0 ? undefined : group;
}

function looksAt({ members, groups }: Run, group: number): number {
    const end = groups.member[group + 1] ?? members.element.length;
    return (end - at(groups.member, group)) * at(groups.instants, group);
}

/** Whoever hovers over one element soon hovers over its neighbours. */
const known = new WeakMap<Run, Map<number, Recording | undefined>>();

function recordingOf(index: TopologyIndex, run: Run, group: number): Recording | undefined {
    const ofRun = known.get(run) ?? new Map<number, Recording | undefined>();
    known.set(run, ofRun);
    if (!ofRun.has(group)) {
        const scenario = index.topology.scenarios.find(({ name }) => name === run.scenario);
        const host = at(run.members.element, at(run.groups.member, group));
        const [recording] = scenario === undefined ? [] : record(index, scenario, new Set([host]));
        ofRun.set(group, recording);
    }
    return ofRun.get(group);
}
