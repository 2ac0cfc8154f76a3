/** Groups of hosts that may influence one another in a scenario; each group is run by itself. */
import { append } from '../model/append.ts';
import { at, listAt, listsBy, none } from '../model/columns.ts';
import type { Scenario, Step } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';

/**
 * Elements of each group, ascending; groups in the order of their first hosts. Hosts influence one another where a VM migrates from one to the other or could
 * restart there, and where containers wait for each other.
 */
export function componentsOf(index: TopologyIndex, scenario: Scenario): readonly Int32Array[] {
    const links = linksBetween(index, scenario);
    const byHost = listsBy(index.host);
    const groups: Int32Array[] = [];
    const leader = leaders(index.elements.length, links);
    const joined = new Map<number, number[]>();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind !== 'host' || at(index.count, number) === 0) continue;
        const head = links.length === 0 ? number : leader(number);
        if (links.length === 0) groups.push(listAt(byHost, number));
        else append(joined, head, number);
    }
    for (const hosts of joined.values()) {
        const [only] = hosts;
        if (hosts.length === 1 && only !== undefined) groups.push(listAt(byHost, only));
        else groups.push(Int32Array.from(hosts.flatMap((host) => [...listAt(byHost, host)])).sort());
    }
    return groups;
}

/** Whether a failure may take a host away from VMs that restart elsewhere. */
export function failsOver(index: TopologyIndex, step: Step): boolean {
    const number = index.numbers.get(step.target.element);
    if (number === undefined || index.elements[number]?.kind !== 'host') return false;
    return index.elements.some((element, vm) => element.kind === 'vm' && element.hostFailure === 'restart' && at(index.host, vm) === number);
}

type Link = readonly [number, number];

function linksBetween(index: TopologyIndex, scenario: Scenario): readonly Link[] {
    const hostOf = (id: Step['target']['element']) => at(index.host, index.numbers.get(id) ?? none);
    const links: Link[] = [];
    let hasFailover = false;
    for (const step of scenario.steps) {
        if (step.kind === 'migrate') links.push([hostOf(step.target.element), hostOf(step.to.element)]);
        hasFailover ||= step.kind === 'fail' && failsOver(index, step);
    }
    const firstOfType = new Map<string, number>();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind === 'hypervisor' && hasFailover) {
            const first = firstOfType.get(element.type);
            if (first === undefined) firstOfType.set(element.type, at(index.host, number));
            else links.push([first, at(index.host, number)]);
        }
        if (element.kind !== 'container') continue;
        for (const { element: other } of element.after) {
            if (hostOf(other) !== at(index.host, number)) links.push([at(index.host, number), hostOf(other)]);
        }
    }
    return links;
}

/** Union–find with path halving. */
function leaders(size: number, links: readonly Link[]): (number: number) => number {
    const above = Int32Array.from({ length: links.length === 0 ? 0 : size }, (_, number) => number);
    const find = (number: number): number => {
        let one = number;
        while (at(above, one) !== one) {
            above[one] = at(above, at(above, one));
            one = at(above, one);
        }
        return one;
    };
    for (const [one, other] of links) {
        const [a, b] = [find(one), find(other)];
        // The earlier host leads, so that groups keep the order of declaration.
        above[Math.max(a, b)] = Math.min(a, b);
    }
    return find;
}
