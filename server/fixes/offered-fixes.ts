/** The fixes that are offered for a finding, with what they do in their titles: found out once for a text, however often the editor asks while the cursor moves. */
import type { Analysis } from '../analysis.ts';
import type { PlacedFinding } from '../placed-finding.ts';
import type { Fix, FixInput } from './fix.ts';
import { fixesFor } from './fixes.ts';
import { type Laboratory, withEffects } from './trial.ts';

const known = new WeakMap<Analysis, Map<PlacedFinding, readonly Fix[]>>();

export async function offeredFixes(input: FixInput, laboratory: Laboratory): Promise<readonly Fix[]> {
    const { finding, analysis } = input;
    const ofText = known.get(analysis) ?? new Map<PlacedFinding, readonly Fix[]>();
    known.set(analysis, ofText);
    const before = ofText.get(finding);
    if (before !== undefined) {
        return before;
    }
    const fixes = await withEffects(fixesFor(input), finding, analysis, laboratory);
    // A trial that was broken off says nothing of the fix.
    if (!laboratory.token.isCancellationRequested) {
        ofText.set(finding, fixes);
    }
    return fixes;
}
