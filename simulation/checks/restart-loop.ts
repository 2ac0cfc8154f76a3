/** What restarts again and again should be told from what recovers. */
import { at } from '../model/columns.ts';
import { countOf } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import { instancePath } from '../model/ids.ts';
import type { Run } from '../model/timeline.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { elementOfMember, firstPathOf } from '../timeline/read-run.ts';
import type { Check } from './check.ts';

/** Facts: `restarts` over the run, `kills` for want of memory among their causes. */
export const restartLoop: Check = {
    code: 'restart-loop',
    severity: 'warning',
    title: 'A restart should help',
    explanation:
        'The element came up and went down again at least five times in one scenario. Its restart policy hides that it never does its work for long: each start costs CPU time, and its back-off makes the pauses longer. ' +
        'Remove the cause (a memory limit below the working set, a first process that ends), or set `restart no` so that it stays down.',
    *run({ index, runs }) {
        for (const run of runs) yield* loopsOf(index, run);
    },
};

/** Fewer restarts than this may be a scenario's own doing. */
const fewest = 5;

/** One finding for each element: that of its members with the most restarts. */
function* loopsOf(index: TopologyIndex, run: Run): Generator<Finding> {
    const worst = new Map<number, number>();
    for (const [member, restarts] of run.lifecycles.restarts.entries()) {
        const element = at(run.members.element, member);
        const known = worst.get(element);
        if (restarts >= fewest && (known === undefined || restarts > at(run.lifecycles.restarts, known))) worst.set(element, member);
    }
    for (const member of worst.values()) {
        const element = elementOfMember(index, run, member);
        if (element === undefined) continue;
        const [restarts, kills] = [at(run.lifecycles.restarts, member), at(run.lifecycles.oomKills, member)];
        const path = firstPathOf(index, run, member);
        yield {
            code: restartLoop.code,
            severity: restartLoop.severity,
            subject: element.id,
            instance: instancePath(path),
            statement: 'restart',
            scenario: run.scenario,
            message:
                `${run.scenario}: ${path} restarts ${countOf(restarts, 'time')}${kills > 0 ? `, after ${countOf(kills, 'kill')} for want of memory` : ', because its first process ends'}. ` +
                'Remove the cause, or let it stay down with `restart no`.',
            facts: { restarts, kills },
            related: [],
        };
    }
}
