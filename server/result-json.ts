/** The result contract: one simulated file as JSON, streamed, the same bytes for the same file but for the time it took. */
import type { Origins } from '#language/origins.ts';
import { workloads } from '#simulation/isolation/kernels.ts';
import { elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Run } from '#simulation/model/timeline.ts';
import type { Scenario } from '#simulation/model/topology.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { defaultDuration } from '#simulation/timeline/default-scenario.ts';
import { elementRows, summaryRows } from './json/element-rows.ts';
import { expectationRows, findingRows, type JudgedList } from './json/finding-rows.ts';
import { declaredPath } from './json/instances.ts';
import { blastRadiusRows, boundaryRows, kernelRows, kernelSummaryRows, pairRows, reachRows, visibilityRows } from './json/isolation-rows.ts';
import { jsonObject, jsonRows, jsonStreams, jsonValue } from './json/json-text.ts';
import { type TimelineOptions, timelineText } from './json/timeline.ts';
import type { PlacedFinding } from './placed-finding.ts';

/** Raised when a key changes its name or meaning; more keys do not raise it. */
const resultFormat = 1;

export interface ResultReport {
    /** As given on the command line. */
    readonly file: string;
    readonly fileOf: (uri: string) => string;
    /** The one that was asked for. */
    readonly scenario: Scenario;
    /** Absent where the text is too broken to be simulated. */
    readonly result?: Result;
    readonly findings: readonly PlacedFinding[];
    readonly origins: Origins;
    readonly milliseconds: number;
}

export interface ResultJsonOptions {
    /** `summary`: one row a declared element, no lists that grow with pairs or processes, counts in their place. */
    readonly detail: 'full' | 'summary';
    /** `all`: replicas of workloads one by one, not one row for each two groups. */
    readonly pairs: 'weakest' | 'all';
    /** Canonical path, with or without replica numbers: only its subtree. */
    readonly select?: string;
}

/** The run of a scenario; absent where it was not run. */
export function runOf({ result, scenario }: Pick<ResultReport, 'result' | 'scenario'>): Run | undefined {
    return result?.runs.find((run) => run.scenario === scenario.name);
}

export function* resultJson(report: ResultReport, options: ResultJsonOptions): Generator<string> {
    const { result, scenario } = report;
    const run = runOf(report);
    const index = result && indexTopology(result.topology);
    const simulated = result && index && { result, index, run };
    const part = selection(options, index);
    const judged: readonly JudgedList[] = [
        { judgements: result?.expectations ?? [], ranges: report.origins.expectations },
        { judgements: run?.expectations ?? [], ranges: report.origins.scenarios.get(scenario.name)?.expectations ?? [] },
    ];
    yield* jsonObject([
        ['format', jsonValue(resultFormat)],
        ['file', jsonValue(report.file)],
        ['scenario', jsonValue(scenario.name)],
        ['duration', jsonValue(run?.duration ?? scenario.duration ?? defaultDuration)],
        ...(options.detail === 'summary' ? summaryMembers(report, simulated, part) : fullMembers(report, simulated, { ...part, pairs: options.pairs })),
        ['findings', jsonRows(findingRows(report.findings, index, report.fileOf, part.selected))],
        ['expectations', jsonRows(judged.flatMap((list) => [...expectationRows(list, scenario.name, report.fileOf)]))],
        ['cost', jsonValue(cost(report))],
    ]);
    yield '\n';
}

/** What of the result is written, and how much of that. */
type Part = TimelineOptions;
type Member = readonly [string, Iterable<string>];
type Simulated = { readonly result: Result; readonly index: TopologyIndex; readonly run: Run | undefined } | undefined;

function fullMembers({ scenario }: ResultReport, simulated: Simulated, part: Part & Pick<ResultJsonOptions, 'pairs'>): readonly Member[] {
    const { result, index, run } = simulated ?? {};
    const { selected, pairs } = part;
    const walls = index && (pairs === 'all' ? pairRows(index, selected) : boundaryRows(index, selected));
    return [
        ['elements', jsonRows(result && index ? elementRows(result, index, selected) : [])],
        ['timeline', timelineText(run && index && { index, run, scenario }, part)],
        [
            'isolation',
            jsonObject([
                ['kernels', jsonStreams(result && index ? kernelRows(result, index, selected) : [])],
                ['boundaries', jsonRows(walls ?? [])],
                ['reach', jsonRows(index ? reachRows(index, selected) : [])],
                ['blast-radius', jsonRows(index ? blastRadiusRows(index, selected) : [])],
                ['visibility', jsonStreams(index ? visibilityRows(index, selected) : [])],
            ]),
        ],
    ];
}

function summaryMembers(report: ResultReport, simulated: Simulated, part: Part): readonly Member[] {
    const { result, index, run } = simulated ?? {};
    const { selected } = part;
    const counts = {
        elements: result?.cost.elements ?? 0,
        distinct: result?.cost.distinct ?? 0,
        kernels: result?.kernels.length ?? 0,
        workloads: index ? workloads(index).length : 0,
        findings: report.findings.length,
        expectations: (result?.expectations.length ?? 0) + (run?.expectations.length ?? 0),
    };
    return [
        ['counts', jsonValue(counts)],
        ['elements', jsonRows(result && index ? summaryRows(result, index, selected) : [])],
        ['timeline', timelineText(run && index && { index, run, scenario: report.scenario }, part)],
        ['isolation', jsonObject([['kernels', jsonRows(result && index ? kernelSummaryRows(result, index, selected) : [])]])],
    ];
}

function cost({ result, milliseconds }: ResultReport): object {
    return {
        milliseconds: Math.round(milliseconds * 1000) / 1000,
        events: result?.cost.events ?? 0,
        elements: result?.cost.elements ?? 0,
        distinct: result?.cost.distinct ?? 0,
    };
}

/** A path within the subtree; without replica numbers in `select`, of all replicas. Rows of a summary have no replica numbers. */
function selection({ select, detail }: ResultJsonOptions, index: TopologyIndex | undefined): Part {
    if (select === undefined) {
        return { detail, selected: () => true };
    }
    const numbered = select.includes('[') && detail === 'full';
    const wanted = numbered ? select : declaredPath(select);
    const [host = ''] = declaredPath(select).split('.');
    const number = index?.numbers.get(elementId(host));
    return {
        detail,
        selected: (path) => {
            const compared = numbered ? path : declaredPath(path);
            return compared === wanted || compared.startsWith(`${wanted}.`);
        },
        ...(number === undefined ? {} : { hosts: new Set([number]) }),
    };
}
