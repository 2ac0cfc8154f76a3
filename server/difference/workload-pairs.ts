/** Workloads that are on both sides, as whoever compares pairs of them needs them. */
import { workloads } from '#simulation/isolation/kernels.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import type { ElementMatch } from './match-elements.ts';

export interface Indices {
    readonly before: TopologyIndex;
    readonly after: TopologyIndex;
}

export interface CommonWorkload {
    /** As it is called after. */
    readonly id: ElementId;
    /** Its numbers on both sides. */
    readonly before: number;
    readonly after: number;
}

/** In the order of the topology after. */
export function commonWorkloads({ before, after }: Indices, { was }: ElementMatch): readonly CommonWorkload[] {
    const earlier = new Set(workloads(before));
    return workloads(after).flatMap((number) => {
        const id = after.elements[number]?.id;
        const earlierId = id === undefined ? undefined : was.get(id);
        const earlierNumber = earlierId === undefined ? undefined : before.numbers.get(earlierId);
        return id === undefined || earlierNumber === undefined || !earlier.has(earlierNumber) ? [] : [{ id, before: earlierNumber, after: number }];
    });
}
