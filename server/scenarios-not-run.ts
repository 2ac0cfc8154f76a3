/** Says of each scenario that only the steady state is computed, so that nobody takes its expectations for fulfilled. */
import type { Lowered } from '#language/lowering/lower.ts';
import { scenarioNotRun } from './checks.ts';
import type { PlacedFinding } from './placed-finding.ts';

export function* scenariosNotRun({ topology, origins }: Lowered): Generator<PlacedFinding> {
    for (const { name, expectations } of topology.scenarios) {
        const at = origins.scenarios.get(name)?.name;
        if (at !== undefined) {
            const unjudged = expectations.length === 0 ? '' : `; what it expects (${expectations.length}) is not judged`;
            const message = `The scenario ${name} is read, but not run: only the steady state is computed${unjudged}.`;
            const { code, severity } = scenarioNotRun;
            yield { code, severity, message, facts: { expectations: expectations.length }, at, related: [], scenario: name };
        }
    }
}
