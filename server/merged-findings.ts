/** The findings of several topologies in one list: topologies share files, and what several of them find is said once. */

import type { Analysis } from './analysis.ts';
import { unusedIgnore } from './checks.ts';
import { placeOf } from './cursor.ts';
import type { PlacedFinding } from './placed-finding.ts';

export interface MergedFinding<Of> {
    readonly finding: PlacedFinding;
    /** The first topology that has it. */
    readonly of: Of;
}

/** In the order of the topologies, and in each of its findings. */
export function mergeFindings<Of>(
    topologies: readonly Of[],
    analysisOf: (of: Of) => Analysis,
    isWanted: (finding: PlacedFinding) => boolean = () => true,
): readonly MergedFinding<Of>[] {
    const byIdentity = new Map<string, MergedFinding<Of> & { times: number }>();
    for (const of of topologies) {
        for (const finding of analysisOf(of).findings.filter(isWanted)) {
            const identity = `${finding.code} ${placeOf(finding.at)} ${finding.message}`;
            const known = byIdentity.get(identity) ?? { finding, of, times: 0 };
            byIdentity.set(identity, known);
            known.times += 1;
        }
    }
    const readers = (uri: string): number => topologies.filter((of) => analysisOf(of).sources.some((source) => source.uri === uri)).length;
    // What one topology has no use for, another may need.
    return [...byIdentity.values()].filter(({ finding, times }) => finding.code !== unusedIgnore.code || times === readers(finding.at.uri));
}
