/**
 * Judges the conditions of `expect` on the steady state.
 *
 * Replicas have equal figures, so a metric of a set is one value with a count; a boundary between sets has one value for each wall that stands
 * between any two members. A comparison must hold for all combinations of both sides; of those, the one furthest from holding is reported.
 * Figures are compared up to rounding. A metric without a value fails; an empty set has nothing that could fail.
 */
import { wallsBetween } from './isolation/boundaries.ts';
import type { ControlGraph } from './isolation/reach/control-graph.ts';
import { levels } from './isolation/reach/edge.ts';
import { easiestWay } from './isolation/reach/reach.ts';
import { survivesLoss } from './lifecycle/host-loss.ts';
import { type Comparison, type Condition, type Judgement, type Measure, type MetricName, metricDimensions, type Wall, walls } from './model/expectation.ts';
import { finite } from './model/finite.ts';
import type { ElementId } from './model/ids.ts';
import { setSize } from './model/instances.ts';
import type { ElementResult } from './model/result.ts';
import type { TopologyIndex } from './model/topology-index.ts';
import type { Dimension } from './model/units.ts';

/** What expectations are judged on. */
export interface Evidence {
    readonly index: TopologyIndex;
    readonly results: ReadonlyMap<ElementId, ElementResult>;
    readonly control: ControlGraph;
}

/** One judgement for each expectation of the topology, in order. */
export function judgements(evidence: Evidence): readonly Judgement[] {
    return evidence.index.topology.expectations.map(({ text, condition }, index) => ({ index, text, ...judge(evidence, condition) }));
}

type Verdict = Omit<Judgement, 'index' | 'text'>;

/** A value with the members that have it. A wall is its place in `walls`. */
interface Value {
    readonly value: number;
    readonly members: number;
    readonly member?: ElementId;
}

type Measured =
    | { readonly kind: 'values'; readonly values: readonly Value[]; readonly dimension: Dimension | 'wall' }
    | { readonly kind: 'missing'; readonly because: string }
    | { readonly kind: 'unjudged'; readonly because: string };

function judge(evidence: Evidence, condition: Condition): Verdict {
    switch (condition.kind) {
        case 'and':
            return decide(
                condition.terms.map((term) => judge(evidence, term)),
                false,
            );
        case 'or':
            return decide(
                condition.terms.map((term) => judge(evidence, term)),
                true,
            );
        case 'not': {
            const verdict = judge(evidence, condition.term);
            // What has no value fails, whichever way the question is put.
            if (verdict.because !== undefined) return verdict;
            return { holds: !verdict.holds, ...(verdict.evidence === undefined ? {} : { evidence: verdict.evidence }) };
        }
        case 'compare': {
            const { left, operator, right } = measuredFirst(condition);
            return compare(measure(evidence, left), operator, measure(evidence, right));
        }
        case 'reaches':
            return reaches(evidence, condition);
        case 'survives':
            return survives(evidence, condition.hosts);
        default:
            return condition satisfies never;
    }
}

/** Of two sets, whether any member of the one reaches any other of the other: a way in is a way in. An empty set is reached by nobody. */
function reaches({ index, control }: Evidence, { from, to, broken }: Extract<Condition, { kind: 'reaches' }>): Verdict {
    if (setSize(index, from) === 0 || setSize(index, to) === 0) return { holds: false };
    const way = easiestWay(control, from, to);
    const needs = way?.needs ?? 'machine';
    const steps = way === undefined ? 'they run on different machines' : way.edges.map(({ via }) => via()).join(', then ');
    return {
        holds: levels.indexOf(needs) <= levels.indexOf(broken ?? 'none'),
        evidence: `${needs === 'none' ? 'nothing has to be broken' : `a ${needs} wall has to be broken`}${steps === '' ? '' : ` (${steps})`}`,
    };
}

function survives({ index }: Evidence, hosts: number): Verdict {
    const survival = survivesLoss(index, hosts);
    switch (survival.kind) {
        case 'survives':
            return { holds: true, evidence: 'every VM that restarts has room elsewhere' };
        case 'fails':
            return { holds: false, evidence: survival.because };
        case 'too large':
            return unjudged('there are too many ways to lose hosts, or too many VMs, to try them all');
        default:
            return survival satisfies never;
    }
}

/** The first term that settles an `or` (one that holds) or an `and` (one that fails); one that is not judged leaves the rest open. */
function decide(verdicts: readonly Verdict[], settledBy: true | false): Verdict {
    const settling = verdicts.find((verdict) => verdict.unjudged !== true && verdict.holds === settledBy);
    if (settling !== undefined) return settledBy ? { holds: true } : settling;
    const open = verdicts.find((verdict) => verdict.unjudged === true);
    if (open !== undefined) return open;
    const [only] = verdicts;
    return verdicts.length === 1 && only !== undefined ? only : { holds: !settledBy };
}

/** `15 % <= a.cpu.headroom` asks for the headroom: what was found of it is the actual value, wherever it stands. */
function measuredFirst(condition: Comparing): Pick<Comparing, 'left' | 'operator' | 'right'> {
    const { left, operator, right } = condition;
    const isGiven = ({ kind }: Measure): boolean => kind === 'number' || kind === 'wall';
    return isGiven(left) && !isGiven(right) ? { left: right, operator: mirrored[operator], right: left } : condition;
}

type Comparing = Extract<Condition, { kind: 'compare' }>;
const mirrored: Readonly<Record<Comparison, Comparison>> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function compare(left: Measured, operator: Comparison, right: Measured): Verdict {
    for (const side of [left, right]) {
        if (side.kind === 'unjudged') return unjudged(side.because);
        if (side.kind === 'missing') return { holds: false, because: side.because };
    }
    if (left.kind !== 'values' || right.kind !== 'values') return { holds: false };
    let worst: { readonly value: Value; readonly margin: number } | undefined;
    for (const value of left.values) {
        for (const other of right.values) {
            const margin = marginOf(value.value, operator, other.value);
            if (worst === undefined || margin < worst.margin) worst = { value, margin };
        }
    }
    if (worst === undefined) return { holds: true };
    const { value, member } = worst.value;
    const wall: Wall | undefined = left.dimension === 'wall' ? walls[value] : undefined;
    return {
        holds: worst.margin >= 0,
        actual: wall ?? value,
        ...(left.dimension === 'wall' ? {} : { dimension: left.dimension }),
        ...(member === undefined ? {} : { member }),
    };
}

/** How far a comparison is from failing; below 0 it fails. Differences within rounding are none. */
function marginOf(left: number, operator: Comparison, right: number): number {
    const difference = left - right;
    const slack = 1e-9 * Math.max(Math.abs(left), Math.abs(right));
    const isEqual = Math.abs(difference) <= slack;
    switch (operator) {
        case '==':
            return isEqual ? 0 : -Math.abs(difference);
        case '!=':
            return isEqual ? -1 : 0;
        case '<':
            return isEqual ? -Number.MIN_VALUE : -difference;
        case '<=':
            return isEqual ? 0 : -difference;
        case '>':
            return isEqual ? -Number.MIN_VALUE : difference;
        case '>=':
            return isEqual ? 0 : difference;
        default:
            return operator satisfies never;
    }
}

function measure(evidence: Evidence, of: Measure): Measured {
    switch (of.kind) {
        case 'number':
            return single(of.value, of.dimension);
        case 'wall':
            return { kind: 'values', values: [{ value: walls.indexOf(of.wall), members: 1 }], dimension: 'wall' };
        case 'count':
            return single(setSize(evidence.index, of.of), 'number');
        case 'metric':
            return metricOf(evidence, of);
        case 'boundary': {
            const between = wallsBetween(evidence.index, of.from, of.to);
            return { kind: 'values', values: between.map(({ wall }) => ({ value: walls.indexOf(wall), members: 1 })), dimension: 'wall' };
        }
        case 'arithmetic':
            return combine(measure(evidence, of.left), of.operator, measure(evidence, of.right));
        case 'aggregate':
            return aggregate(
                of.function,
                of.arguments.map((argument) => measure(evidence, argument)),
            );
        case 'at':
        case 'over-time-mean':
            return { kind: 'unjudged', because: `\`${of.kind}(…)\` asks about the course of time, so it needs a scenario; write the expectation inside one` };
        default:
            return of satisfies never;
    }
}

function metricOf({ index, results }: Evidence, { of, metric }: Extract<Measure, { kind: 'metric' }>): Measured {
    const members = setSize(index, of);
    if (members === 0) return { kind: 'values', values: [], dimension: metricDimensions[metric] };
    const result = results.get(of.element);
    const value = result === undefined ? undefined : figureOf(result, metric);
    if (value === undefined) return { kind: 'missing', because: whyMissing(of.element, metric) };
    return { kind: 'values', values: [{ value, members, member: of.element }], dimension: metricDimensions[metric] };
}

function whyMissing(element: ElementId, metric: MetricName): string {
    if (countedOverRun.has(metric)) return `${metric} is counted over a run, so it needs a scenario; write the expectation inside one`;
    return `${element} has no ${metric} in the steady state`;
}

const countedOverRun: ReadonlySet<MetricName> = new Set(['finished-at', 'downtime', 'oom-kills', 'restarts']);

/** The value of a metric in the steady state; absent where the element has none. */
export function figureOf(result: ElementResult, metric: MetricName): number | undefined {
    switch (metric) {
        case 'cpu.capacity':
            return result.cpu?.capacity;
        case 'cpu.demand':
            return result.cpu?.demand;
        case 'cpu.granted':
            return result.cpu?.granted;
        case 'cpu.throttled':
            return result.cpu?.throttled;
        case 'cpu.contended':
            return result.cpu?.contended;
        case 'cpu.unmet':
            return result.cpu?.throttled === undefined ? undefined : result.cpu.throttled + (result.cpu.contended ?? 0);
        case 'cpu.headroom':
            return result.cpu?.headroom;
        case 'cpu.overcommit':
            return result.cpu?.overcommit;
        case 'memory.capacity':
            return result.memory?.capacity;
        case 'memory.used':
            return result.memory?.used;
        case 'memory.committed':
            return result.memory?.committed;
        case 'memory.limit':
            return result.memory?.limit;
        case 'memory.headroom':
            return result.memory?.headroom;
        case 'memory.overcommit':
            return result.memory?.overcommit;
        case 'disk.used':
            return result.disk?.used;
        case 'disk.headroom':
            return result.disk?.headroom;
        case 'io.granted':
            return result.io?.granted;
        case 'network.granted':
            return result.network?.granted;
        case 'ready-at':
            return result.readyAt;
        case 'finished-at':
        case 'downtime':
        case 'oom-kills':
        case 'restarts':
            return undefined;
        default:
            return metric satisfies never;
    }
}

function combine(left: Measured, operator: '+' | '-' | '*' | '/', right: Measured): Measured {
    if (left.kind !== 'values') return left;
    if (right.kind !== 'values') return right;
    const values: Value[] = [];
    for (const one of left.values) {
        for (const two of right.values) {
            const value = calculate(one.value, operator, two.value);
            if (value === undefined) return { kind: 'missing', because: 'it divides by 0' };
            const member = one.member ?? two.member;
            values.push({ value, members: Math.max(one.members, two.members), ...(member === undefined ? {} : { member }) });
        }
    }
    return { kind: 'values', values, dimension: dimensionOf(left.dimension, operator, right.dimension) };
}

function calculate(left: number, operator: '+' | '-' | '*' | '/', right: number): number | undefined {
    switch (operator) {
        case '+':
            return finite(left + right);
        case '-':
            return finite(left - right);
        case '*':
            return finite(left * right);
        case '/':
            return right === 0 ? undefined : finite(left / right);
        default:
            return operator satisfies never;
    }
}

/** Dimensions were checked by the language: what is added is alike, and what is multiplied has one at most. */
function dimensionOf(left: Dimension | 'wall', operator: '+' | '-' | '*' | '/', right: Dimension | 'wall'): Dimension | 'wall' {
    if (operator === '*') return left === 'number' ? right : left;
    return operator === '/' && left === right ? 'number' : left;
}

function aggregate(name: 'sum' | 'mean' | 'min' | 'max', sides: readonly Measured[]): Measured {
    const values: Value[] = [];
    let dimension: Dimension | 'wall' = 'number';
    for (const [place, side] of sides.entries()) {
        if (side.kind !== 'values') return side;
        if (place === 0) dimension = side.dimension;
        values.push(...side.values);
    }
    const members = values.reduce((sum, value) => sum + value.members, 0);
    const total = finite(values.reduce((sum, value) => sum + value.value * value.members, 0));
    if (name === 'sum') return single(total, dimension);
    if (values.length === 0) return { kind: 'missing', because: `the ${name} of nothing has no value` };
    if (name === 'mean') return single(total / members, dimension);
    const each = values.map((value) => value.value);
    return single(
        each.reduce((a, b) => (name === 'min' ? Math.min(a, b) : Math.max(a, b))),
        dimension,
    );
}

function single(value: number, dimension: Dimension | 'wall'): Measured {
    return { kind: 'values', values: [{ value, members: 1 }], dimension };
}

function unjudged(because: string): Verdict {
    return { holds: false, unjudged: true, because };
}
