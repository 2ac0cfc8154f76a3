/** How sensitive a workload is, as `label sensitivity "…"` says. */
import { at, none } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';

/** Its own, or that of the nearest thing around it that has one. */
export function sensitivityOf(index: TopologyIndex, number: number): string | undefined {
    for (let step = number; step !== none; step = at(index.parent, step)) {
        const sensitivity = index.elements[step]?.labels['sensitivity'];
        if (sensitivity !== undefined) return sensitivity;
    }
    return undefined;
}
