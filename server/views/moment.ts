/** A result as it is at one moment of a scenario: the steady state's figures with those of the recording in their place. */
import { at } from '#simulation/model/columns.ts';
import type { ElementId } from '#simulation/model/ids.ts';
import type { ElementResult, Result } from '#simulation/model/result.ts';
import { type MemberSeries, type SeriesName, type State, states } from '#simulation/model/timeline.ts';
import type { TopologyIndex } from '#simulation/model/topology-index.ts';
import type { Bytes, Cores, Fraction } from '#simulation/model/units.ts';
import type { Recording } from '#simulation/timeline/record.ts';

export interface Moment {
    readonly result: Result;
    /** What each recorded element is in; of replicas that differ, the first that does not run. */
    readonly states: ReadonlyMap<ElementId, State>;
}

/** Value of a series at a time; memory runs straight between its points, everything else holds. */
export function valueAt(series: MemberSeries, name: SeriesName, time: number): number | undefined {
    const found = series[name];
    if (found === undefined || found.times.length === 0) {
        return undefined;
    }
    const { times, values } = found;
    let [low, high] = [0, times.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((times[middle] ?? 0) <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const before = Math.max(0, low - 1);
    const value = values[before] ?? 0;
    const [from, to, next] = [times[before] ?? 0, times[before + 1], values[before + 1]];
    if (name !== 'memory.used' || to === undefined || next === undefined || to <= from || time <= from) {
        return value;
    }
    return value + ((next - value) * (time - from)) / (to - from);
}

/** One value for each element is shown, so replicas that differ are shown by their mean. */
export function momentOf(result: Result, index: TopologyIndex, recordings: readonly Recording[], time: number): Moment {
    const found = new Map<ElementId, ElementResult>();
    const inStates = new Map<ElementId, State>();
    for (const [number, members] of membersByElement(recordings)) {
        const id = index.elements[number]?.id;
        const steady = id === undefined ? undefined : result.elements.get(id);
        if (id === undefined || steady === undefined) {
            continue;
        }
        const state = stateAt(members, time);
        if (state !== undefined) {
            inStates.set(id, state);
        }
        found.set(id, figuresAt(steady, members, time, state));
    }
    return { result: { ...result, elements: new Map([...result.elements].map(([id, steady]) => [id, found.get(id) ?? steady])) }, states: inStates };
}

interface WeighedMember {
    readonly series: MemberSeries;
    readonly replicas: number;
}

function membersByElement(recordings: readonly Recording[]): ReadonlyMap<number, readonly WeighedMember[]> {
    const byElement = new Map<number, WeighedMember[]>();
    for (const { members, series } of recordings) {
        for (const [member, found] of series.entries()) {
            const number = at(members.element, member);
            const weighed = { series: found, replicas: at(members.last, member) - at(members.first, member) + 1 };
            const known = byElement.get(number);
            if (known === undefined) {
                byElement.set(number, [weighed]);
            } else {
                known.push(weighed);
            }
        }
    }
    return byElement;
}

function stateAt(members: readonly WeighedMember[], time: number): State | undefined {
    const all = members.flatMap(({ series }) => states[valueAt(series, 'state', time) ?? -1] ?? []);
    return all.find((state) => state !== 'running') ?? all[0];
}

function meanAt(members: readonly WeighedMember[], name: SeriesName, time: number): number | undefined {
    let [sum, replicas] = [0, 0];
    for (const { series, replicas: weight } of members) {
        const value = valueAt(series, name, time);
        if (value !== undefined) {
            sum += value * weight;
            replicas += weight;
        }
    }
    return replicas === 0 ? undefined : sum / replicas;
}

function figuresAt(steady: ElementResult, members: readonly WeighedMember[], time: number, state: State | undefined): ElementResult {
    const figure = (name: SeriesName): number | undefined => meanAt(members, name, time);
    const [granted, used] = [figure('cpu.granted'), figure('memory.used')];
    const { cpu, memory, ...rest } = steady;
    const isUp = state === undefined || state === 'running' || state === 'migrating' || state === 'booting';
    return {
        ...rest,
        ...(cpu === undefined
            ? {}
            : {
                  cpu: {
                      ...cpu,
                      ...present('demand', figure('cpu.demand') as Cores | undefined),
                      ...present('granted', granted as Cores | undefined),
                      ...present('throttled', figure('cpu.throttled') as Fraction | undefined),
                      ...present('contended', figure('cpu.contended') as Fraction | undefined),
                      ...present('headroom', freeOf(granted, cpu.capacity)),
                      ...(isUp ? {} : { overhead: 0 as Cores }),
                  },
              }),
        ...(memory === undefined
            ? {}
            : {
                  memory: {
                      ...memory,
                      ...present('used', used as Bytes | undefined),
                      ...present('headroom', freeOf(used, memory.capacity)),
                      ...(isUp ? {} : { overhead: 0 as Bytes }),
                  },
              }),
    };
}

function freeOf(taken: number | undefined, capacity: number | undefined): Fraction | undefined {
    return taken === undefined || capacity === undefined || capacity <= 0 ? undefined : ((1 - taken / capacity) as Fraction);
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [Name in Key]?: Value } {
    return (value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: Value };
}
