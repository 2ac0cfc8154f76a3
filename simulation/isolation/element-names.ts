/** How reasons name elements: by their own names, and by whole paths only where those would be the same. */
import type { TopologyIndex } from '../model/topology-index.ts';

export function nameOf(index: TopologyIndex, number: number): string {
    const element = index.elements[number];
    if (element === undefined) return 'nothing';
    return element.implicit ? element.id : element.name;
}

export function pairOf(index: TopologyIndex, a: number, b: number): string {
    if (a === b) return `replicas of ${nameOf(index, a)}`;
    const [first, second] = [nameOf(index, a), nameOf(index, b)];
    return first === second ? `${index.elements[a]?.id ?? first} and ${index.elements[b]?.id ?? second}` : `${first} and ${second}`;
}
