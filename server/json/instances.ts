/** Replicas as rows name them: those of one element, the first few, and the one that belongs to another. */

import { at, none } from '#simulation/model/columns.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import { type Instance, instanceOf } from '#simulation/model/instances.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';

/** Every replica of one element; of what `within` runs through, only those replicas that it runs through. */
export function* instancesOf(index: TopologyIndex, number: number, within?: Instance): Generator<Instance> {
    const fixed = inChain(number, within);
    if (fixed !== undefined) {
        yield fixed;
        return;
    }
    const above = at(index.parent, number);
    for (const parent of above === none ? [undefined] : instancesOf(index, above, within)) {
        for (let replica = 1; replica <= at(index.count, number); replica += 1) {
            yield instanceOf(index, number, replica, parent);
        }
    }
}

/** The first replicas of an element, at most `count`. */
export function firstInstances(index: TopologyIndex, id: ElementId, count: number): readonly Instance[] {
    const number = index.numbers.get(id);
    const first: Instance[] = [];
    for (const instance of number === undefined ? [] : instancesOf(index, number)) {
        first.push(instance);
        if (first.length >= count) {
            break;
        }
    }
    return first;
}

/** A path without its replica numbers. */
export function declaredPath(path: string): string {
    return path.replaceAll(/\[\d+\]/g, '');
}

function inChain(number: number, chain: Instance | undefined): Instance | undefined {
    for (let link = chain; link !== undefined; link = link.parent) {
        if (link.number === number) {
            return link;
        }
    }
    return undefined;
}
