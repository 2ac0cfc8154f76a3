/** Finds the element that a path on the command line means: canonical, or the language's short form without replica numbers. */

import { elementId } from '#simulation/model/ids.ts';
import type { Result } from '#simulation/model/result.ts';
import type { Element, Topology } from '#simulation/model/topology.ts';
import { declaredPath } from '../json/instances.ts';
import { isShortFor } from '../short-path.ts';
import { CannotWork } from './cannot-work.ts';

/** The canonical path, with replica numbers where `wanted` has them. Throws `CannotWork` where none or several are meant. */
export function selectElement(lowered: Topology, result: Result | undefined, wanted: string): string {
    const topology = result?.topology ?? lowered;
    if (wanted.includes('[')) {
        if (isInstance(wanted, topology)) {
            return wanted;
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

/** Whether the path names one replica of an element and of all that hold it; asked from the element upwards, because there may be very many replicas. */
function isInstance(path: string, { elements }: Topology): boolean {
    let element = elements.get(elementId(declaredPath(path)));
    for (const step of path.split('.').reverse()) {
        if (element === undefined || !isStepTo(element, step)) {
            return false;
        }
        element = element.parent === undefined ? undefined : elements.get(element.parent);
    }
    return element === undefined;
}

function isStepTo({ name, replicas }: Element, step: string): boolean {
    if (replicas === undefined) {
        return step === name;
    }
    const replica = Number(/\[([1-9]\d*)\]$/.exec(step)?.[1] ?? 0);
    return replica >= 1 && replica <= replicas && step === `${name}[${replica}]`;
}
