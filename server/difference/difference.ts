/** What two results differ in: allocation, walls, reach, scenarios, findings and expectations. Plain data without figures in words, for whoever shows it. */

import type { Result } from '#simulation/model/result.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import { type ElementDifference, elementDifferences } from './element-differences.ts';
import { type ExpectationDifference, expectationDifferences, failsNow } from './expectation-differences.ts';
import { type FindingDifferences, findingDifferences } from './finding-differences.ts';
import { type LifeDifference, lifeDifferences } from './life-differences.ts';
import { matchElements } from './match-elements.ts';
import { type ReachDifference, reachDifferences } from './reach-differences.ts';
import { type WallDifference, wallDifferences } from './wall-differences.ts';

export interface ResultSide {
    readonly result: Result;
    readonly findings: readonly PlacedFinding[];
}

export interface Difference {
    /** In the order of the topology after; what is gone stands last. */
    readonly elements: readonly ElementDifference[];
    readonly walls: Bounded<WallDifference>;
    readonly reach: Bounded<ReachDifference>;
    readonly lives: readonly LifeDifference[];
    readonly findings: FindingDifferences;
    readonly expectations: readonly ExpectationDifference[];
}

/** Rows of which there may be as many as pairs of elements. */
export interface Bounded<Row> {
    readonly rows: readonly Row[];
    /** False where there was too much to look at all of it. */
    readonly isComplete: boolean;
}

/** Pure: the same two sides give the same difference. */
export function differenceOf(before: ResultSide, after: ResultSide): Difference {
    const match = matchElements(before.result.topology, after.result.topology);
    const indices = { before: indexTopology(before.result.topology), after: indexTopology(after.result.topology) };
    return {
        elements: elementDifferences(before.result, after.result, match),
        walls: wallDifferences(indices, match),
        reach: reachDifferences(indices, match),
        lives: lifeDifferences(before.result, after.result, match),
        findings: findingDifferences(before, after, match),
        expectations: expectationDifferences(before.result, after.result),
    };
}

export function isEmpty({ elements, walls, reach, lives, findings, expectations }: Difference): boolean {
    return (
        [elements, walls.rows, reach.rows, lives, findings.appeared, findings.gone, expectations].every((rows) => rows.length === 0) &&
        walls.isComplete &&
        reach.isComplete
    );
}

/** Whether the side after is worse: a new error, an expectation that newly fails; when strict, a new warning as well. */
export function isWorse({ findings, expectations }: Difference, strictness: 'lenient' | 'strict'): boolean {
    return findings.appeared.some(({ severity }) => severity === 'error' || (severity === 'warning' && strictness === 'strict')) || expectations.some(failsNow);
}
