/**
 * Judges the conditions of `expect` on the steady state.
 *
 * A comparison must hold for all combinations of the values of both sides (see `measures.ts`); of those, the one furthest from holding is reported.
 * Figures are compared up to rounding. A metric without a value fails; an empty set has nothing that could fail.
 */
import type { ControlGraph } from './isolation/reach/control-graph.ts';
import { levels } from './isolation/reach/edge.ts';
import { easiestWay } from './isolation/reach/reach.ts';
import { survivesLoss } from './lifecycle/host-loss.ts';
import { type Evidence, type Measured, measure, type Value } from './measures.ts';
import { type Comparison, type Condition, type Judgement, type Measure, type Wall, walls } from './model/expectation.ts';
import { setSize } from './model/instances.ts';
import type { TopologyIndex } from './model/topology-index.ts';

/** One judgement for each expectation of the topology, in order. */
export function judgements(evidence: Evidence): readonly Judgement[] {
    return evidence.index.topology.expectations.map(({ text, condition }, index) => ({ index, text, ...judgeCondition(steady(evidence), condition) }));
}

export type Verdict = Omit<Judgement, 'index' | 'text'>;

/** What conditions are judged on, and how comparisons are. */
export interface Judge {
    readonly index: TopologyIndex;
    readonly control: ControlGraph;
    readonly compare: (comparing: Comparing) => Verdict;
}

function steady(evidence: Evidence): Judge {
    return { ...evidence, compare: ({ left, operator, right }) => verdictOf(measure(evidence, left), operator, measure(evidence, right)).verdict };
}

export function judgeCondition(judge: Judge, condition: Condition): Verdict {
    switch (condition.kind) {
        case 'and':
            return decide(
                condition.terms.map((term) => judgeCondition(judge, term)),
                false,
            );
        case 'or':
            return decide(
                condition.terms.map((term) => judgeCondition(judge, term)),
                true,
            );
        case 'not': {
            const verdict = judgeCondition(judge, condition.term);
            // What has no value fails, whichever way the question is put.
            if (verdict.because !== undefined) return verdict;
            return { holds: !verdict.holds, ...(verdict.evidence === undefined ? {} : { evidence: verdict.evidence }) };
        }
        case 'compare':
            return judge.compare(measuredFirst(condition));
        case 'reaches':
            return reaches(judge, condition);
        case 'survives':
            return survives(judge, condition.hosts);
        default:
            return condition satisfies never;
    }
}

/** Of two sets, whether any member of the one reaches any other of the other: a way in is a way in. An empty set is reached by nobody. */
function reaches({ index, control }: Judge, { from, to, broken }: Extract<Condition, { kind: 'reaches' }>): Verdict {
    if (setSize(index, from) === 0 || setSize(index, to) === 0) return { holds: false };
    const way = easiestWay(control, from, to);
    const needs = way?.needs ?? 'machine';
    const steps = way === undefined ? 'they run on different machines' : way.edges.map(({ via }) => via()).join(', then ');
    return {
        holds: levels.indexOf(needs) <= levels.indexOf(broken ?? 'none'),
        evidence: `${needs === 'none' ? 'nothing has to be broken' : `a ${needs} wall has to be broken`}${steps === '' ? '' : ` (${steps})`}`,
    };
}

function survives({ index }: Judge, hosts: number): Verdict {
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

/** The first term that settles an `or` (one that holds) or an `and` (one that fails). Else one without a value fails it, and one that is not judged leaves it open. */
function decide(verdicts: readonly Verdict[], settledBy: true | false): Verdict {
    const settling = verdicts.find((verdict) => verdict.because === undefined && verdict.holds === settledBy);
    if (settling !== undefined) return settledBy ? { holds: true } : settling;
    const missing = verdicts.find((verdict) => verdict.because !== undefined && verdict.unjudged !== true);
    const open = verdicts.find((verdict) => verdict.unjudged === true);
    const rest = settledBy ? (open ?? missing) : (missing ?? open);
    if (rest !== undefined) return rest;
    const [only] = verdicts;
    return verdicts.length === 1 && only !== undefined ? only : { holds: !settledBy };
}

/** `15 % <= a.cpu.headroom` asks for the headroom: what was found of it is the actual value, wherever it stands. */
function measuredFirst(condition: Extract<Condition, { kind: 'compare' }>): Comparing {
    const { left, operator, right } = condition;
    const isGiven = ({ kind }: Measure): boolean => kind === 'number' || kind === 'wall';
    return isGiven(left) && !isGiven(right) ? { left: right, operator: mirrored[operator], right: left } : condition;
}

export type Comparing = Pick<Extract<Condition, { kind: 'compare' }>, 'left' | 'operator' | 'right'>;
const mirrored: Readonly<Record<Comparison, Comparison>> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** A verdict on two measured sides, and how far it is from failing: below 0 it fails. */
export function verdictOf(left: Measured, operator: Comparison, right: Measured): { readonly verdict: Verdict; readonly margin: number } {
    for (const side of [left, right]) {
        if (side.kind === 'unjudged') return { verdict: unjudged(side.because), margin: Number.NEGATIVE_INFINITY };
        if (side.kind === 'missing') return { verdict: { holds: false, because: side.because }, margin: Number.NEGATIVE_INFINITY };
    }
    let worst: { readonly value: Value; readonly margin: number } | undefined;
    if (left.kind === 'values' && right.kind === 'values') {
        for (const value of left.values) {
            for (const other of right.values) {
                const margin = marginOf(value.value, operator, other.value);
                if (worst === undefined || margin < worst.margin) worst = { value, margin };
            }
        }
    }
    // An empty set has nothing that could fail.
    if (worst === undefined || left.kind !== 'values') return { verdict: { holds: true }, margin: Number.POSITIVE_INFINITY };
    const { value, member } = worst.value;
    const wall: Wall | undefined = left.dimension === 'wall' ? walls[value] : undefined;
    const verdict: Verdict = {
        holds: worst.margin >= 0,
        actual: wall ?? value,
        ...(left.dimension === 'wall' ? {} : { dimension: left.dimension }),
        ...(member === undefined ? {} : { member }),
    };
    return { verdict, margin: worst.margin };
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

function unjudged(because: string): Verdict {
    return { holds: false, unjudged: true, because };
}
