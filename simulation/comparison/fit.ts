/** How many copies of a selection one host carries: the most for which the simulation finds nothing short, by resource and by what is meant with short. */
import type { Result } from '../model/result.ts';
import type { Element } from '../model/topology.ts';
import type { Fit, WayFit } from './comparison.ts';

/** Beyond this many copies nothing is taken to run out. */
const mostCopies = 2 ** 20;
/** A factor that makes a comparison blind to rounding. */
const rounding = 1e-9;

/** What is simulated: `run` any number of copies, `alone` one copy on a host of endless CPU, where only limits take something away. */
export interface FitInput {
    readonly run: (copies: number) => Result;
    readonly alone: Result;
    readonly isKnown: boolean;
}

export function fitOf({ run, alone, isKnown }: FitInput): WayFit {
    const results = new Map<number, Result>();
    const at = (copies: number): Result => {
        const known = results.get(copies) ?? run(copies);
        results.set(copies, known);
        return known;
    };
    const most = (holds: (result: Result) => boolean): Fit => mostThat((copies) => holds(at(copies)));
    const unlessUnknown = (holds: (result: Result) => boolean): Fit => (isKnown ? most(holds) : 'unknown');
    // What is promised depends on demand only where sizes follow from it, and then an unknown size promises nothing that could be counted.
    const promises = isKnown || [...alone.topology.elements.values()].every((element) => element.kind !== 'vm' || element.memory !== undefined);
    return {
        memory: { used: unlessUnknown(isMemoryEnough), committed: promises ? unlessUnknown(isMemoryAllowed) : 'unknown' },
        cpu: { used: unlessUnknown((result) => isCpuEnough(result, alone)), committed: promises ? most(isCpuAllowed) : 'unknown' },
    };
}

/** The largest number for which it holds; it holds for all smaller ones as well. */
function mostThat(holds: (copies: number) => boolean): Fit {
    let low = 0;
    let high = 1;
    while (holds(high)) {
        if (high >= mostCopies) return 'unbounded';
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (holds(middle)) low = middle;
        else high = middle;
    }
    return low;
}

/** What is used fits into every host, and into every machine that an engine brings along. */
function isMemoryEnough(result: Result): boolean {
    return machines(result).every(({ figures }) => (figures?.memory?.headroom ?? 0) >= -rounding);
}

/** What may come to be used is within capacity, times what the hypervisor may promise. */
function isMemoryAllowed(result: Result): boolean {
    return machines(result).every(
        ({ element, figures }) => (figures?.memory?.overcommit ?? 0) <= allowed(result, element, 'overcommitMemory') * (1 + rounding),
    );
}

/** No process gets less than its limits leave it. */
function isCpuEnough(result: Result, alone: Result): boolean {
    return [...result.topology.elements.values()].every(({ id, kind }) => {
        if (kind !== 'process') return true;
        const lost = (from: Result): number => (from.elements.get(id)?.cpu?.throttled ?? 0) + (from.elements.get(id)?.cpu?.contended ?? 0);
        return lost(result) <= lost(alone) + rounding;
    });
}

/** vCPUs and reserves are within capacity, times what the hypervisor may promise. */
function isCpuAllowed(result: Result): boolean {
    return machines(result).every(({ element, figures }) => (figures?.cpu?.overcommit ?? 0) <= allowed(result, element, 'overcommitCpu') * (1 + rounding));
}

function machines(result: Result) {
    return [...result.topology.elements.values()]
        .filter((element) => element.kind === 'host' || (element.kind === 'vm' && element.implicit))
        .map((element) => ({ element, figures: result.elements.get(element.id) }));
}

function allowed(result: Result, machine: Element, factor: 'overcommitCpu' | 'overcommitMemory'): number {
    const factors = machine.children.flatMap((child) => {
        const hypervisor = result.topology.elements.get(child);
        return hypervisor?.kind === 'hypervisor' ? [hypervisor[factor]] : [];
    });
    return Math.max(1, ...factors);
}
