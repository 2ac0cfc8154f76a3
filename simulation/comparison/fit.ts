/** How many copies of a selection one host carries: the most for which the simulation finds nothing short, by resource and by what is meant with short. */
import type { ElementResult, Result } from '../model/result.ts';
import type { Element } from '../model/topology.ts';
import type { Fit, WayFit } from './comparison.ts';

/** Beyond this many copies nothing is taken to run out. */
const mostCopies = 2 ** 20;
/** A difference that is blind to rounding. */
const rounding = 1e-9;

/** What is simulated: `run` any number of copies, `alone` one copy on a host of endless CPU, where only limits take something away. */
export interface FitInput {
    readonly run: (copies: number) => Result;
    readonly alone: Result;
    readonly isKnown: boolean;
}

/** One way to run short. */
interface Bound {
    readonly holds: (result: Result) => boolean;
    /** How much of what there is gets used: where it grows evenly with the copies, the answer follows from two of them, and is only proven. */
    readonly share: (result: Result) => number;
}

export function fitOf({ run, alone, isKnown }: FitInput): WayFit {
    const most = (bound: Bound): Fit =>
        mostThat(
            (copies) => bound.holds(run(copies)),
            (copies) => bound.share(run(copies)),
        );
    // Guests whose size follows from a demand that nobody knows are promised nobody knows what.
    const isPromiseKnown = isKnown || [...alone.topology.elements.values()].every((element) => element.kind !== 'vm' || element.vcpus !== undefined);
    return {
        memory: { used: isKnown ? most(memoryUsed) : 'unknown', committed: isKnown ? most(memoryPromised) : 'unknown' },
        cpu: { used: isKnown ? most(cpuUsed(alone)) : 'unknown', committed: isPromiseKnown ? most(cpuPromised) : 'unknown' },
    };
}

/** The largest number for which it holds, where it holds for all smaller ones as well. */
function mostThat(holds: (copies: number) => boolean, share: (copies: number) => number): Fit {
    if (!holds(1)) return 0;
    const each = share(2) - share(1);
    const guess = Math.floor((1 + rounding - share(1)) / each) + 1;
    if (guess >= 1 && guess < mostCopies && holds(guess) && !holds(guess + 1)) return guess;
    if (holds(mostCopies)) return 'unbounded';
    let low = 1;
    let high = mostCopies;
    while (high - low > 1) {
        // By ratio: most answers are small.
        const middle = Math.min(Math.max(Math.floor(Math.sqrt(low * high)), low + 1), high - 1);
        if (holds(middle)) low = middle;
        else high = middle;
    }
    return low;
}

/** By what machines have, hosts and those that an engine brings along. */
function withinMachines(share: (machine: ElementResult, allowed: Allowed) => number): Bound {
    const largest = (result: Result): number => Math.max(0, ...machines(result).map(({ figures, allowed }) => share(figures, allowed)));
    return { share: largest, holds: (result) => largest(result) <= 1 + rounding };
}

/** What is used fits. */
const memoryUsed = withinMachines(({ memory }) => 1 - (memory?.headroom ?? 1));

/** What may come to be used is within capacity, times what the hypervisor may promise. */
const memoryPromised = withinMachines(({ memory }, { memoryFactor }) => (memory?.overcommit ?? 0) / memoryFactor);

/** vCPUs and reserves are within capacity, times what the hypervisor may promise. */
const cpuPromised = withinMachines(({ cpu }, { cpuFactor }) => (cpu?.overcommit ?? 0) / cpuFactor);

/** No process gets less than its limits leave it. */
function cpuUsed(alone: Result): Bound {
    const lost = ({ elements }: Result, id: Element['id']): number => (elements.get(id)?.cpu?.throttled ?? 0) + (elements.get(id)?.cpu?.contended ?? 0);
    const processes = [...alone.topology.elements.values()].filter(({ kind }) => kind === 'process');
    return {
        share: withinMachines(({ cpu }) => 1 - (cpu?.headroom ?? 1)).share,
        holds: (result) => processes.every(({ id }) => lost(result, id) <= lost(alone, id) + rounding),
    };
}

interface Allowed {
    readonly cpuFactor: number;
    readonly memoryFactor: number;
}

function machines({ topology, elements }: Result): readonly { readonly figures: ElementResult; readonly allowed: Allowed }[] {
    return [...topology.elements.values()]
        .filter((element) => element.kind === 'host' || (element.kind === 'vm' && element.implicit))
        .map(({ id, children }) => {
            const hypervisors = children.flatMap((child) => topology.elements.get(child) ?? []).filter((child) => child.kind === 'hypervisor');
            return {
                figures: elements.get(id) ?? {},
                allowed: {
                    cpuFactor: Math.max(1, ...hypervisors.map(({ overcommitCpu }) => overcommitCpu)),
                    memoryFactor: Math.max(1, ...hypervisors.map(({ overcommitMemory }) => overcommitMemory)),
                },
            };
        });
}
