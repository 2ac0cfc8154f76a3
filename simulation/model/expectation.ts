/** Conditions on results as plain data: names already resolved, dimensions already checked. */
import type { ArithmeticOperator } from './dimensions.ts';
import type { ElementId, InstanceSet } from './ids.ts';
import type { Dimension, Seconds } from './units.ts';

/** The wall between two workloads, weakest first. */
export const walls = ['process', 'namespace', 'sandbox', 'kernel', 'machine'] as const;
export type Wall = (typeof walls)[number];

export type MetricName =
    | 'cpu.capacity'
    | 'cpu.demand'
    | 'cpu.granted'
    | 'cpu.throttled'
    | 'cpu.contended'
    | 'cpu.unmet'
    | 'cpu.headroom'
    | 'cpu.overcommit'
    | 'memory.capacity'
    | 'memory.used'
    | 'memory.committed'
    | 'memory.limit'
    | 'memory.headroom'
    | 'memory.overcommit'
    | 'disk.used'
    | 'disk.headroom'
    | 'io.granted'
    | 'network.granted'
    | 'ready-at'
    | 'finished-at'
    | 'downtime'
    | 'oom-kills'
    | 'restarts';

/** The dimension of each metric; the keys are the metrics of the language. */
export const metricDimensions = {
    'cpu.capacity': 'cpu',
    'cpu.demand': 'cpu',
    'cpu.granted': 'cpu',
    'cpu.throttled': 'number',
    'cpu.contended': 'number',
    'cpu.unmet': 'number',
    'cpu.headroom': 'number',
    'cpu.overcommit': 'number',
    'memory.capacity': 'memory',
    'memory.used': 'memory',
    'memory.committed': 'memory',
    'memory.limit': 'memory',
    'memory.headroom': 'number',
    'memory.overcommit': 'number',
    'disk.used': 'memory',
    'disk.headroom': 'number',
    'io.granted': 'rate',
    'network.granted': 'rate',
    'ready-at': 'time',
    'finished-at': 'time',
    downtime: 'time',
    'oom-kills': 'number',
    restarts: 'number',
} as const satisfies Record<MetricName, Dimension>;

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Condition =
    | { readonly kind: 'or' | 'and'; readonly terms: readonly Condition[] }
    | { readonly kind: 'not'; readonly term: Condition }
    | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Measure; readonly right: Measure }
    | { readonly kind: 'reaches'; readonly from: InstanceSet; readonly to: InstanceSet; readonly broken?: Wall }
    | { readonly kind: 'survives'; readonly hosts: number };

/** A value in base units; on a set of replicas it has one value for each member. */
export type Measure =
    | { readonly kind: 'number'; readonly value: number; readonly dimension: Dimension }
    | { readonly kind: 'metric'; readonly of: InstanceSet; readonly metric: MetricName }
    | { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Measure; readonly right: Measure }
    | { readonly kind: 'aggregate'; readonly function: 'sum' | 'mean' | 'min' | 'max'; readonly arguments: readonly Measure[] }
    | { readonly kind: 'count'; readonly of: InstanceSet }
    | { readonly kind: 'wall'; readonly wall: Wall }
    | { readonly kind: 'boundary'; readonly from: InstanceSet; readonly to: InstanceSet }
    | { readonly kind: 'at'; readonly time: number; readonly measure: Measure }
    | { readonly kind: 'over-time-mean'; readonly measure: Measure };

/** How one expectation came out; `index` is its place in the topology's list. */
export interface Judgement {
    readonly index: number;
    readonly text: string;
    readonly holds: boolean;
    /** The value on the left (of the worst member), where the condition is a single comparison; a wall is a word. */
    readonly actual?: number | Wall;
    readonly dimension?: Dimension;
    /** The member that decided, where the left side is a set. */
    readonly member?: ElementId;
    /** What `reaches` or `survives` found, whether it was asked for or ruled out. */
    readonly evidence?: string;
    /** Why there is no value: a metric that the element does not have, or a question about what is not simulated. */
    readonly because?: string;
    /** True where the question is about what is not simulated: it neither holds nor fails, and `holds` is false. */
    readonly unjudged?: boolean;
    /** Of a scenario: when the comparison was worst. */
    readonly at?: Seconds;
}
