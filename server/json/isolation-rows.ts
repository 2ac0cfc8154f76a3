/** The rows of `isolation`: who shares a kernel, and the walls between workloads. */
import { boundaries } from '#simulation/isolation/boundaries.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { Boundary, KernelGroup, Result } from '#simulation/model/result.ts';
import { indexTopology } from '#simulation/model/topology-index.ts';
import { type Instance, firstInstances, instancesOf, replicaCount } from './instances.ts';
import { jsonRows } from './json-text.ts';

/** One row for each kernel replica that has a `selected` member or is selected itself; members are streamed, since one kernel may carry very many. */
export function* kernelRows(result: Result, selected: (path: string) => boolean): Generator<Iterable<string>> {
    for (const group of result.kernels) {
        for (const kernel of instancesOf(result.topology, group.kernel)) {
            const paths = (): Generator<string> => memberPaths(result, group, kernel, selected);
            if (selected(kernel.path) || paths().next().done !== true) {
                yield kernelRow(kernel.path, group, paths());
            }
        }
    }
}

/** One row for each declared kernel, with counts in place of members. */
export function* kernelSummaryRows(result: Result, selected: (path: string) => boolean): Generator<object> {
    for (const { kernel, family, members } of result.kernels) {
        if (selected(kernel)) {
            const total = members.reduce((sum, member) => sum + replicaCount(result.topology, member), 0);
            yield { kernel, count: replicaCount(result.topology, kernel), family, members: total };
        }
    }
}

/** A row for each pair of workload groups, named by their first members; a group paired with itself by its first two. */
export function* boundaryRows(result: Result, selected: (path: string) => boolean): Generator<object> {
    const firstOf = memoised((id) => firstInstances(result.topology, id, 2).map(({ path }) => path));
    for (const { a, b, wall, because } of boundaries(indexTopology(result.topology))) {
        const [first, second] = a === b ? firstOf(a) : [firstOf(a)[0], firstOf(b)[0]];
        if (first !== undefined && second !== undefined && (selected(first) || selected(second))) {
            yield boundaryRow(first, second, wall, because);
        }
    }
}

function* kernelRow(kernel: string, { family }: KernelGroup, members: Iterable<string>): Generator<string> {
    yield `{"kernel":${JSON.stringify(kernel)},${family === undefined ? '' : `"family":${JSON.stringify(family)},`}"members":`;
    yield* jsonRows(members);
    yield '}';
}

function* memberPaths(result: Result, group: KernelGroup, kernel: Instance, selected: (path: string) => boolean): Generator<string> {
    for (const member of group.members) {
        for (const { path } of instancesOf(result.topology, member, kernel)) {
            if (selected(kernel.path) || selected(path)) {
                yield path;
            }
        }
    }
}

function boundaryRow(a: string, b: string, boundary: Boundary['wall'], because: string): object {
    return { a, b, boundary, because };
}

function memoised<Value>(make: (id: ElementId) => Value): (id: ElementId) => Value {
    const made = new Map<ElementId, Value>();
    return (id) => {
        const known = made.get(id) ?? make(id);
        made.set(id, known);
        return known;
    };
}
