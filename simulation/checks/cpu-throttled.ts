/** Demand should not be lost to a limit. */

import { at } from '../model/columns.ts';
import { coresFigure, countOf, percentFigure } from '../model/figures.ts';
import type { CpuResult } from '../model/result.ts';
import type { Element } from '../model/topology.ts';
import { ownBound } from '../resources/cpu-bounds.ts';
import { type Check, rounding, running, subjectOf } from './check.ts';

/** Less is not worth a line: measured shares differ from the ideal by as much. */
const threshold = 0.05;

/** Facts: `demand`, `granted` in cores; `throttled`, a fraction; `by`, what binds: `limit`, `set` or `vcpus`. */
export const cpuThrottled: Check = {
    code: 'cpu-throttled',
    severity: 'warning',
    title: 'A CPU limit should not be below what its processes want',
    explanation:
        'At least 5 % of what the processes want is lost to a `cpu limit`, a `cpu set`, or too few vCPUs, even if nothing else ran on the host. It is said once, at the element whose limit it is. ' +
        'Where the limit is meant, raise the threshold in your own `expect`, or lower the demand.',
    *run({ index, results, cpu }) {
        for (const [number, element] of running(index)) {
            if (at(cpu.uncontended, number) >= at(cpu.demand, number)) continue;
            const result = results.get(element.id)?.cpu;
            if (result === undefined || (result.throttled ?? 0) < threshold) continue;
            const { demand, granted, throttled, bound } = result;
            const isContended = bound?.by === 'contention';
            // Whom competitors leave less than its own limit does would still lose to that limit without them.
            const by = isContended ? ownBound(index, cpu, number, at(cpu.uncontended, number)) : bound?.at === undefined ? bound?.by : undefined;
            if (by !== 'limit' && by !== 'set' && by !== 'vcpus') continue;
            if (demand === undefined || granted === undefined || throttled === undefined) continue;
            const overhead = element.kind === 'vm' ? (cpu.forest.kernels[at(cpu.forest.positions, number)]?.overhead ?? 0) : 0;
            const wanted = by === 'vcpus' ? demand / (1 + overhead) : demand;
            yield {
                code: cpuThrottled.code,
                severity: 'warning',
                subject: element.id,
                statement: statements[by],
                message: `${subjectOf(element)} wants ${coresFigure(demand)} but is granted ${coresFigure(granted)}: ${percentFigure(throttled)} is lost to ${limitOf(element, by, result)}. ${remedyOf(by, wanted)} to ${isContended ? 'lose nothing to that' : 'grant all'}.`,
                facts: { demand, granted, throttled, by },
                related: [],
            };
        }
    },
};

const statements = { limit: 'cpu limit', set: 'cpu set', vcpus: 'vcpus' } as const;

function limitOf(element: Element, by: 'limit' | 'set' | 'vcpus', { limit }: CpuResult): string {
    if (by === 'limit') return limit === undefined ? 'its limit' : `its limit of ${coresFigure(limit)}`;
    return by === 'set' ? 'its CPU set' : `its vCPUs, of which it has ${element.kind === 'vm' ? (element.vcpus ?? 0) : 0}`;
}

function remedyOf(by: 'limit' | 'set' | 'vcpus', wanted: number): string {
    if (by === 'limit') return `Raise it to ${coresFigure(wanted)}`;
    // A share of demand that rounding left over is no reason for one CPU more.
    const whole = Math.ceil(wanted / rounding);
    return by === 'set' ? `Widen it to ${countOf(whole, 'CPU')}` : `Give it ${countOf(whole, 'vCPU')}`;
}
