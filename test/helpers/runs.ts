/** Builds runs by hand, for what reads them: a few members, and what happened to them. */
import type { Judgement } from '#simulation/model/expectation.ts';
import { type EventDetail, type EventType, eventTypes, type Members, type Run } from '#simulation/model/timeline.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import { seconds } from '#simulation/model/units.ts';

/** Replicas that ran alike, and what became of them; figures that are left out are none. */
export interface MemberSketch {
    /** Path of the element, and the replicas under one of its parent. */
    readonly element: string;
    /** Place of the parent in the list; absent for hosts. */
    readonly parent?: number;
    readonly first?: number;
    readonly last?: number;
    readonly readyAt?: number;
    readonly finishedAt?: number;
    readonly downtime?: number;
    readonly oomKills?: number;
    readonly restarts?: number;
    readonly work?: number;
}

export interface RunSketch {
    readonly scenario?: string;
    readonly members: readonly MemberSketch[];
    readonly events?: readonly { readonly at: number; readonly type: EventType; readonly member: number; readonly detail?: EventDetail }[];
    readonly phases?: readonly { readonly member: number; readonly phase: number; readonly started: number; readonly finished?: number }[];
    readonly expectations?: readonly Judgement[];
    readonly instants?: number;
    readonly cut?: { readonly at: number; readonly events: number };
}

export function runFrom(
    index: TopologyIndex,
    { scenario = 'default', members, events = [], phases = [], expectations = [], instants = 0, cut }: RunSketch,
): Run {
    const column = (figure: (member: MemberSketch) => number | undefined) => Float64Array.from(members, (member) => figure(member) ?? Number.NaN);
    return {
        scenario,
        duration: seconds(600),
        members: membersFrom(index, members),
        events: {
            at: Float64Array.from(events, ({ at }) => at),
            type: Uint8Array.from(events, ({ type }) => eventTypes.indexOf(type)),
            member: Int32Array.from(events, ({ member }) => member),
            detail: new Map(events.flatMap(({ detail }, row) => (detail === undefined ? [] : [[row, detail] as const]))),
        },
        phases: {
            member: Int32Array.from(phases, ({ member }) => member),
            phase: Int32Array.from(phases, ({ phase }) => phase),
            started: Float64Array.from(phases, ({ started }) => started),
            finished: Float64Array.from(phases, ({ finished }) => finished ?? Number.NaN),
        },
        lifecycles: {
            readyAt: column(({ readyAt }) => readyAt),
            finishedAt: column(({ finishedAt }) => finishedAt),
            downtime: column(({ downtime = 0 }) => downtime),
            oomKills: column(({ oomKills = 0 }) => oomKills),
            restarts: column(({ restarts = 0 }) => restarts),
            work: column(({ work }) => work),
        },
        groups: { member: new Int32Array([0]), event: new Int32Array([0]), phase: new Int32Array([0]), instants: new Float64Array([instants]) },
        expectations,
        instants,
        ...(cut === undefined ? {} : { cut: { ...cut, at: seconds(cut.at) } }),
    };
}

function membersFrom({ elements }: TopologyIndex, members: readonly MemberSketch[]): Members {
    const numbers = new Map<string, number>(elements.map(({ id }, number) => [id, number]));
    return {
        element: Int32Array.from(members, ({ element }) => numberOf(numbers, element)),
        parent: Int32Array.from(members, ({ parent = -1 }) => parent),
        first: Float64Array.from(members, ({ first = 1 }) => first),
        last: Float64Array.from(members, ({ first = 1, last = first }) => last),
    };
}

function numberOf(numbers: ReadonlyMap<string, number>, element: string): number {
    const number = numbers.get(element);
    if (number === undefined) {
        throw new Error(`Nothing is called ${element}.`);
    }
    return number;
}
