/** Finds the element that a path on the command line means: canonical, or the language's short form without replica numbers. */

import { allInstances } from '#simulation/model/instances.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Topology } from '#simulation/model/topology.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { declaredPath } from '../json/instances.ts';
import { isShortFor } from '../short-path.ts';
import { CannotWork } from './cannot-work.ts';

/** The canonical path, with replica numbers where `wanted` has them. Throws `CannotWork` where none or several are meant. */
export function selectElement(lowered: Topology, result: Result | undefined, wanted: string): string {
    const topology = result?.topology ?? lowered;
    if (wanted.includes('[')) {
        for (const { path } of allInstances(indexTopology(topology))) {
            if (path === wanted) {
                return path;
            }
        }
        throw new CannotWork(`nothing has the path ${wanted}; with replica numbers it must be the whole path, as in rack1.docker.web[2]`);
    }
    const candidates = [...topology.elements.keys()].filter((id) => isShortFor(wanted, id));
    const exact = candidates.find((id) => declaredPath(id) === wanted);
    const outermost = candidates.find((id) => candidates.every((other) => other === id || other.startsWith(`${id}.`)));
    const chosen = exact ?? outermost;
    if (chosen === undefined) {
        throw new CannotWork(
            candidates.length === 0 ? `nothing is called ${wanted}` : `${wanted} may be ${candidates.slice(0, 5).join(' or ')}; write more of the path`,
        );
    }
    return chosen;
}
