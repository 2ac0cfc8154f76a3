/**
 * How many bytes a second disks and networks move for whom in the steady state.
 *
 * Every process advances at one rate x ≤ 1 of what it demands; what it reads, writes, receives and sends all go at x. The CPU bounds it from
 * above: x ≤ granted / demand of its CPU. Below that, `solver/joint-shares.ts` shares disks and NICs (see `io-contest.ts` for who
 * takes part with what). A process that waits for a disk keeps the CPU that it was granted: what it leaves idle is not handed on.
 *
 * Figures are bytes that really move, as each sees them: what virtualisation costs a device is not in them, but in what it can move.
 */
import { at, none } from '../model/columns.ts';
import { finite } from '../model/finite.ts';
import type { TrafficResult } from '../model/result.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';
import { bytesPerSecond } from '../model/units.ts';
import { shareJointly } from '../solver/joint-shares.ts';
import type { CpuAllocation } from './cpu.ts';
import { type BoundedElement, type HostContest, ioDemand, type Passage, steadyContests } from './io-contest.ts';

/** Bytes a second by element, for each of its replicas. */
export interface IoAllocation {
    readonly storage: Traffic;
    readonly network: Traffic;
    /** By process: the rate at which it advances; 1 elsewhere. */
    readonly rate: Float64Array;
    /** 1 where no process says what is wanted, and some container leaves it open. */
    readonly unknown: Uint8Array;
    readonly shortages: readonly Shortage[];
}

export interface Traffic {
    readonly demand: Float64Array;
    readonly granted: Float64Array;
}

/** A device or limit that is full, and has stopped somebody. */
export interface Shortage extends BoundedElement {
    readonly capacity: number;
    /** What its users would take of it if only their CPU bounded them, virtualisation's cost included. */
    readonly asked: number;
    /** Processes with what all of their replicas behind it ask, largest first. */
    readonly askers: readonly { readonly process: number; readonly asked: number }[];
}

export function allocateIo(index: TopologyIndex, cpu: CpuAllocation): IoAllocation {
    const size = index.elements.length;
    const caps = new Float64Array(size).fill(1);
    for (const [number, element] of index.elements.entries()) {
        const demand = at(cpu.demand, number);
        if (element.kind === 'process' && demand > 0) caps[number] = Math.min(at(cpu.granted, number) / demand, 1);
    }
    const rate = new Float64Array(size).fill(1);
    const shortages: Shortage[] = [];
    const passages: Passage[] = [];
    for (const hosted of steadyContests(index, caps)) {
        const shares = shareJointly(hosted.contest);
        for (const [user, number] of hosted.processes.entries()) rate[number] = at(shares.rate, user);
        shortages.push(...shortagesOf(hosted, shares.full));
        passages.push(...hosted.passages);
    }
    return { ...trafficOf(index, rate, passages), rate, unknown: cpu.unknown, shortages };
}

/** One entry for each element, in order; undefined where such traffic makes no sense or is unknown. */
export function trafficResults(
    index: TopologyIndex,
    { unknown, ...allocation }: IoAllocation,
    kind: 'storage' | 'network',
): readonly (TrafficResult | undefined)[] {
    const { demand, granted } = allocation[kind];
    return index.elements.map((element, number) => {
        const isOther = element.kind === (kind === 'storage' ? 'nic' : 'disk');
        if (isOther || at(index.running, number) === 0 || at(unknown, number) === 1) return undefined;
        return { demand: bytesPerSecond(at(demand, number)), granted: bytesPerSecond(at(granted, number)) };
    });
}

function shortagesOf({ processes, bounded, contest }: HostContest, full: Uint8Array): readonly Shortage[] {
    return contest.resources.flatMap(({ capacity, users, uses, copies }, place) => {
        const owner = bounded[place];
        if (at(full, place) === 0 || owner === undefined) return [];
        const askers = users.map((user, i) => ({ process: processes[user] ?? none, asked: finite((uses[i] ?? 0) * (copies[i] ?? 0) * at(contest.cap, user)) }));
        askers.sort((a, b) => b.asked - a.asked || a.process - b.process);
        return [{ ...owner, capacity, asked: finite(askers.reduce((sum, { asked }) => sum + asked, 0)), askers }];
    });
}

/** Sums what processes move up the machines, and over the devices that carry it. */
function trafficOf(index: TopologyIndex, rate: Float64Array, passages: readonly Passage[]): Pick<IoAllocation, 'storage' | 'network'> {
    const traffic = (): Traffic => ({ demand: new Float64Array(index.elements.length), granted: new Float64Array(index.elements.length) });
    const [storage, network] = [traffic(), traffic()];
    for (let number = index.elements.length - 1; number >= 0; number--) {
        const process = elementAt(index, number, 'process');
        if (at(index.running, number) === 0) continue;
        if (process !== undefined) {
            const { bytes, receive, send } = ioDemand(process);
            for (const [{ demand, granted }, wanted] of [
                [storage, bytes],
                [network, finite(receive + send)],
            ] as const) {
                demand[number] = wanted;
                granted[number] = wanted * at(rate, number);
            }
        }
        const carrier = at(index.carrier, number);
        if (carrier === none) continue;
        for (const sums of [storage, network]) add(sums, carrier, number, at(index.count, number));
    }
    for (const { device, process, copies } of passages) add(index.elements[device]?.kind === 'disk' ? storage : network, device, process, copies);
    return { storage, network };
}

function add({ demand, granted }: Traffic, to: number, from: number, copies: number): void {
    demand[to] = finite(at(demand, to) + copies * at(demand, from));
    granted[to] = finite(at(granted, to) + copies * at(granted, from));
}
