/** Nothing must be killed for want of memory while a scenario runs. */

import { countOf, memoryFigure, timeFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import { elementId, instancePath } from '../model/ids.ts';
import type { Run } from '../model/timeline.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { seconds } from '../model/units.ts';
import { elementOfMember, eventsOf, firstPathOf, type RunEvent, replicasOf } from '../timeline/read-run.ts';
import type { Check } from './check.ts';

/** Facts: `kills` of all replicas of the element over the run; `held` in bytes and `limit`, the element whose memory it was, at the first. */
export const memoryOom: Check = {
    code: 'memory-oom',
    severity: 'error',
    title: 'Nothing must be killed for want of memory while a scenario runs',
    explanation:
        'At this time more memory was needed than a limit, a guest or a host has, so the kernel killed the process (a host: possibly the whole VM) that held the most. ' +
        'Each element is told of once a scenario, with its first kill. Give more memory to what the message names, or let what runs there need less.',
    *run({ index, runs }) {
        for (const run of runs) yield* killsOf(index, run);
    },
};

function* killsOf(index: TopologyIndex, run: Run): Generator<Finding> {
    const first = new Map<string, RunEvent>();
    const kills = new Map<string, number>();
    for (const event of eventsOf(index, run, 'killed-oom')) {
        const id = elementOfMember(index, run, event.member)?.id;
        if (id === undefined) continue;
        if (!first.has(id)) first.set(id, event);
        kills.set(id, (kills.get(id) ?? 0) + replicasOf(run, event.member));
    }
    for (const [id, event] of first) yield finding(index, run, event, kills.get(id) ?? 1);
}

function finding(index: TopologyIndex, run: Run, { at, member, detail }: RunEvent, kills: number): Finding {
    const path = firstPathOf(index, run, member);
    const limit = String(detail?.['limit'] ?? '');
    const held = Number(detail?.['held'] ?? 0);
    const bounding = index.topology.elements.get(elementId(limit));
    const victim = elementOfMember(index, run, member);
    return {
        code: memoryOom.code,
        severity: memoryOom.severity,
        ...(victim === undefined ? {} : { subject: victim.id }),
        instance: instancePath(path),
        scenario: run.scenario,
        at: seconds(at),
        message:
            `${run.scenario}, at ${timeFigure(at)}: ${path} is killed, because ${limit} has no memory left${sizeOf(bounding)}; it held ${memoryFigure(held)}. ` +
            `${kills > 1 ? `Until the end that happens ${countOf(kills, 'time')}. ` : ''}Give ${limit} more, or let what is in it need less.`,
        facts: { kills, held, limit },
        related: bounding === undefined || bounding.id === victim?.id ? [] : [{ subject: bounding.id, message: `${bounding.name} sets the bound` }],
    };
}

function sizeOf(bounding: ReturnType<TopologyIndex['topology']['elements']['get']>): string {
    const size =
        bounding === undefined
            ? undefined
            : 'memoryLimit' in bounding
              ? bounding.memoryLimit
              : 'memory' in bounding && bounding.kind !== 'process'
                ? bounding.memory
                : undefined;
    return size === undefined ? '' : ` of its ${memoryFigure(size)}`;
}
