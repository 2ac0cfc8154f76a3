/** Demand should not be lost to competitors. */

import { append } from '../model/append.ts';
import { at } from '../model/columns.ts';
import { coresFigure, percentFigure } from '../model/figures.ts';
import type { Finding } from '../model/finding.ts';
import { type Check, type CheckContext, running, subjectOf } from './check.ts';

/** Less is not worth a line: measured shares differ from the ideal by as much. */
const threshold = 0.05;

/** Facts: `demand`, `granted` in cores; `contended`, a fraction; on a host also `capacity` in cores. */
export const cpuContended: Check = {
    code: 'cpu-contended',
    severity: 'warning',
    title: 'A host should have CPU for all that its limits let through',
    explanation:
        'At least 5 % of the demand is lost to competitors: what a guest sees as steal, or its hypervisor as CPU ready. It is said once, at the outermost element that loses so much: ' +
        'the host where it is short for all, else those whose weight is too small against their neighbours.',
    *run(context) {
        const { index, results, cpu } = context;
        let wanting: ReadonlyMap<number, readonly number[]> | undefined;
        const share = (number: number) => {
            const element = index.elements[number];
            // Who is granted as much as it would be alone has lost nothing: columns are read in order, results have to be looked up.
            if (element === undefined || at(cpu.uncontended, number) <= at(cpu.granted, number)) return 0;
            return results.get(element.id)?.cpu?.contended ?? 0;
        };
        for (const [number, element] of running(index)) {
            const carrier = at(index.carrier, number);
            if (share(number) < threshold || (carrier >= 0 && share(carrier) >= threshold)) continue;
            const result = results.get(element.id)?.cpu;
            if (result?.demand === undefined || result.granted === undefined || result.contended === undefined) continue;
            const { demand, granted, contended } = result;
            const isHost = element.kind === 'host';
            if (isHost) wanting ??= outermostByHost(context);
            yield {
                code: cpuContended.code,
                severity: 'warning',
                subject: element.id,
                statement: isHost ? 'cpu' : 'cpu weight',
                message: isHost
                    ? `What runs on ${subjectOf(element)} wants ${coresFigure(demand)}, but it has ${coresFigure(result.capacity ?? granted)}: ${percentFigure(contended)} of the demand is lost. Add CPUs, move something elsewhere, or set weights for what matters.`
                    : `${subjectOf(element)} wants ${coresFigure(demand)} but is granted ${coresFigure(granted)}: ${percentFigure(contended)} is lost to its neighbours. Give it more weight, or its neighbours limits.`,
                facts: { demand, granted, contended, ...(isHost && result.capacity !== undefined ? { capacity: result.capacity } : {}) },
                related: isHost ? largestDemands(context, wanting?.get(number) ?? []) : [],
            };
        }
    },
};

/** By host: the containers, VMs and free processes that stand on its own kernel. */
function outermostByHost({ index }: CheckContext): ReadonlyMap<number, readonly number[]> {
    const byHost = new Map<number, number[]>();
    for (const [number, element] of running(index)) {
        const isOutermost = element.kind === 'container' || element.kind === 'vm' || (element.kind === 'process' && at(index.container, number) < 0);
        const host = at(index.host, number);
        if (!isOutermost || at(index.kernel, at(index.carrier, number)) !== host) continue;
        append(byHost, host, number);
    }
    return byHost;
}

/** Those that want most, with what all their replicas on one host want. */
function largestDemands({ index, cpu }: CheckContext, numbers: readonly number[]): Finding['related'] {
    const copies = (number: number) => at(index.multiplicity, number) / Math.max(at(index.multiplicity, at(index.host, number)), 1);
    const wanting = numbers.map((number) => ({ number, demand: at(cpu.demand, number) * copies(number) }));
    wanting.sort((a, b) => b.demand - a.demand || a.number - b.number);
    return wanting.slice(0, 5).flatMap(({ number, demand }) => {
        const element = index.elements[number];
        return element === undefined || demand === 0 ? [] : [{ subject: element.id, message: `${element.name} wants ${coresFigure(demand)}` }];
    });
}
