/**
 * What a measure of an expectation comes to in the steady state.
 *
 * Replicas have equal figures, so a metric of a set is one value with a count; a boundary between sets has one value for each wall that stands
 * between any two members.
 */
import { wallsBetween } from './isolation/boundaries.ts';
import type { ControlGraph } from './isolation/reach/control-graph.ts';
import { type ArithmeticOperator, dimensionAfter } from './model/dimensions.ts';
import { type Measure, type MetricName, metricDimensions, walls } from './model/expectation.ts';
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
    /** Values of a metric, where they are not those of the steady state. */
    readonly metricOf?: (of: Extract<Measure, { kind: 'metric' }>) => Measured;
    /** What is asked about the course of time; without, it is not judged. */
    readonly timed?: (of: Extract<Measure, { kind: 'at' | 'over-time-mean' }>) => Measured;
}

/** A value with the members that have it. A wall is its place in `walls`. */
export interface Value {
    readonly value: number;
    readonly members: number;
    readonly member?: ElementId;
}

export type Measured =
    | { readonly kind: 'values'; readonly values: readonly Value[]; readonly dimension: ValueDimension }
    | { readonly kind: 'missing'; readonly because: string }
    | { readonly kind: 'unjudged'; readonly because: string };

type ValueDimension = Dimension | 'wall';

/** The values of a measure: several where its sets have members of unlike values. */
export function measure(evidence: Evidence, of: Measure): Measured {
    switch (of.kind) {
        case 'number':
            return single(of.value, of.dimension);
        case 'wall':
            return { kind: 'values', values: [{ value: walls.indexOf(of.wall), members: 1 }], dimension: 'wall' };
        case 'count':
            return single(setSize(evidence.index, of.of), 'number');
        case 'metric':
            return (evidence.metricOf ?? ((metric) => metricOf(evidence, metric)))(of);
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
            if (evidence.timed !== undefined) return evidence.timed(of);
            return { kind: 'unjudged', because: `\`${of.kind}(…)\` asks about the course of time, so it needs a scenario; write the expectation inside one` };
        default:
            return of satisfies never;
    }
}

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

function combine(left: Measured, operator: ArithmeticOperator, right: Measured): Measured {
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
    return { kind: 'values', values, dimension: combinedDimension(left.dimension, operator, right.dimension) };
}

function calculate(left: number, operator: ArithmeticOperator, right: number): number | undefined {
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

/** Dimensions were checked by the language, which computes with no walls. */
function combinedDimension(left: ValueDimension, operator: ArithmeticOperator, right: ValueDimension): ValueDimension {
    const known = left === 'wall' || right === 'wall' ? undefined : dimensionAfter(operator, left, right);
    return known ?? dimensionBeside(left, right);
}

/** Of two values that are added or compared: a plain number beside cores counts cores. */
function dimensionBeside(left: ValueDimension, right: ValueDimension): ValueDimension {
    return left === 'number' ? right : left;
}

function aggregate(name: 'sum' | 'mean' | 'min' | 'max', sides: readonly Measured[]): Measured {
    const values: Value[] = [];
    let dimension: ValueDimension = 'number';
    for (const side of sides) {
        if (side.kind !== 'values') return side;
        dimension = dimensionBeside(dimension, side.dimension);
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

function single(value: number, dimension: ValueDimension): Measured {
    return { kind: 'values', values: [{ value, members: 1 }], dimension };
}
