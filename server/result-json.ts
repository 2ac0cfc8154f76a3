/** The result contract: one simulated file as JSON, streamed, the same bytes for the same file but for the time it took. */
import type { SourceRange } from '#language/origins.ts';
import { workloads } from '#simulation/isolation/kernels.ts';
import type { Result } from '#simulation/model/result.ts';
import { indexTopology, type TopologyIndex } from '#simulation/model/topology-index.ts';
import { elementRows, summaryRows } from './json/element-rows.ts';
import { expectationRows, findingRows } from './json/finding-rows.ts';
import { declaredPath } from './json/instances.ts';
import { blastRadiusRows, boundaryRows, kernelRows, kernelSummaryRows, pairRows, reachRows, visibilityRows } from './json/isolation-rows.ts';
import { jsonObject, jsonRows, jsonStreams, jsonValue } from './json/json-text.ts';
import type { PlacedFinding } from './placed-finding.ts';

/** Raised when a key changes its name or meaning; more keys do not raise it. */
const resultFormat = 1;

export interface ResultReport {
    /** As given on the command line. */
    readonly file: string;
    readonly fileOf: (uri: string) => string;
    readonly scenario: string;
    /** In seconds. */
    readonly duration: number;
    /** Absent where the text is too broken to be simulated. */
    readonly result?: Result;
    readonly findings: readonly PlacedFinding[];
    readonly expectations: readonly SourceRange[];
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

type Selected = (path: string) => boolean;

export function* resultJson(report: ResultReport, options: ResultJsonOptions): Generator<string> {
    const selected = selection(options);
    const simulated = report.result && { result: report.result, index: indexTopology(report.result.topology) };
    yield* jsonObject([
        ['format', jsonValue(resultFormat)],
        ['file', jsonValue(report.file)],
        ['scenario', jsonValue(report.scenario)],
        ['duration', jsonValue(report.duration)],
        ...(options.detail === 'summary' ? summaryMembers(report, simulated, selected) : fullMembers(simulated, selected, options.pairs)),
        ['findings', jsonRows(findingRows(report.findings, simulated?.index, report.fileOf, selected))],
        ['expectations', jsonRows(report.result ? expectationRows(report.result, report.expectations, report.scenario, report.fileOf) : [])],
        ['cost', jsonValue(cost(report))],
    ]);
    yield '\n';
}

type Member = readonly [string, Iterable<string>];
type Simulated = { readonly result: Result; readonly index: TopologyIndex } | undefined;

function fullMembers(simulated: Simulated, selected: Selected, pairs: ResultJsonOptions['pairs']): readonly Member[] {
    const { result, index } = simulated ?? {};
    const walls = index && (pairs === 'all' ? pairRows(index, selected) : boundaryRows(index, selected));
    return [
        ['elements', jsonRows(result && index ? elementRows(result, index, selected) : [])],
        ['timeline', timeline('full')],
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

function summaryMembers({ findings }: ResultReport, simulated: Simulated, selected: Selected): readonly Member[] {
    const { result, index } = simulated ?? {};
    const counts = {
        elements: result?.cost.elements ?? 0,
        distinct: result?.cost.distinct ?? 0,
        kernels: result?.kernels.length ?? 0,
        workloads: index ? workloads(index).length : 0,
        findings: findings.length,
        expectations: result?.expectations.length ?? 0,
    };
    return [
        ['counts', jsonValue(counts)],
        ['elements', jsonRows(result && index ? summaryRows(result, index, selected) : [])],
        ['timeline', timeline('summary')],
        ['isolation', jsonObject([['kernels', jsonRows(result && index ? kernelSummaryRows(result, index, selected) : [])]])],
    ];
}

/** Only the steady state is computed, so nothing happens in time and these lists are empty. */
function timeline(detail: ResultJsonOptions['detail']): Iterable<string> {
    return jsonValue(detail === 'summary' ? { events: [], lifecycles: [] } : { events: [], series: {}, lifecycles: [], processes: [] });
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
function selection({ select, detail }: ResultJsonOptions): Selected {
    if (select === undefined) {
        return () => true;
    }
    const numbered = select.includes('[') && detail === 'full';
    const wanted = numbered ? select : declaredPath(select);
    return (path) => {
        const compared = numbered ? path : declaredPath(path);
        return compared === wanted || compared.startsWith(`${wanted}.`);
    };
}
