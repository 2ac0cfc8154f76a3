/**
 * What an earlier run already says: a group of hosts whose elements, definitions and scenario are the same runs the same, so its rows are taken over.
 *
 * Invariant: a run that takes over equals one from scratch, because groups do not influence one another and a run depends on nothing else.
 */
import { at, none } from '../model/columns.ts';
import type { ElementId } from '../model/ids.ts';
import { isEqual } from '../model/is-equal.ts';
import type { Run } from '../model/timeline.ts';
import type { Element, Scenario, Topology } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';

/** Rows of one group in an earlier run. */
export interface EarlierGroup {
    readonly run: Run;
    readonly members: readonly [number, number];
    readonly events: readonly [number, number];
    readonly phases: readonly [number, number];
    readonly instants: number;
    /** Number in the new index of an element of the earlier one. */
    readonly elementOf: (earlier: number) => number;
}

export class EarlierRun {
    readonly #run: Run;
    readonly #elements: readonly Element[];
    readonly #index: TopologyIndex;
    /** Groups by the id of their first element. */
    readonly #groups = new Map<ElementId, number>();

    private constructor(run: Run, elements: readonly Element[], index: TopologyIndex) {
        this.#run = run;
        this.#elements = elements;
        this.#index = index;
        for (const [group, member] of run.groups.member.entries()) {
            const first = elements[at(run.members.element, member)];
            if (first !== undefined) this.#groups.set(first.id, group);
        }
    }

    /** None where nothing can be taken over: another scenario, other definitions, or a run that was cut. */
    static of(topology: Topology, run: Run | undefined, index: TopologyIndex, scenario: Scenario): EarlierRun | undefined {
        const earlier = topology.scenarios.find(({ name }) => name === scenario.name);
        if (run === undefined || run.cut !== undefined || !isEqual(earlier, scenario) || !isEqual(topology.definitions, index.topology.definitions))
            return undefined;
        return new EarlierRun(run, [...topology.elements.values()], index);
    }

    /** The same group, run earlier; `elements` are numbers of the new index. */
    groupOf(elements: Int32Array): EarlierGroup | undefined {
        const { groups, members, events, phases } = this.#run;
        const first = this.#index.elements[at(elements, 0)];
        const group = first === undefined ? undefined : this.#groups.get(first.id);
        if (group === undefined) return undefined;
        const range = (column: Int32Array, end: number): readonly [number, number] => [at(column, group), column[group + 1] ?? end];
        const [from, to] = range(groups.member, members.element.length);
        const earlier = [...new Set(members.element.subarray(from, to))].sort((a, b) => a - b);
        if (earlier.length !== elements.length) return undefined;
        for (const [place, number] of earlier.entries()) if (!isEqual(this.#elements[number], this.#index.elements[at(elements, place)])) return undefined;
        const numbers = new Map(earlier.map((number, place) => [number, at(elements, place)]));
        return {
            run: this.#run,
            members: [from, to],
            events: range(groups.event, events.at.length),
            phases: range(groups.phase, phases.member.length),
            instants: at(groups.instants, group),
            elementOf: (number) => numbers.get(number) ?? none,
        };
    }
}
