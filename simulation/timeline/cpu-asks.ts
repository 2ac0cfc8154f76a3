/** What processes ask of the CPU, phase by phase. */
import { none } from '../model/columns.ts';
import type { Demand, Element, Process } from '../model/topology.ts';
import { bounded } from '../resources/cpu-forest.ts';

/** What a process or phase asks of the CPU. */
export interface Ask {
    readonly cpu: number;
    readonly threads: number;
}

/** What a process asks for in a phase, or without phases. */
export function askOf(element: Element | undefined, phase: number, load: number): Ask {
    if (element?.kind !== 'process') return { cpu: 0, threads: 0 };
    const stretch = element.phases[phase] ?? element;
    const declared = bounded(stretch.cpu);
    return { cpu: bounded(declared * load), threads: bounded(stretch.threads ?? element.threads ?? Math.ceil(declared * load)) };
}

/** What differs of a process's phases, and which asks for what. */
export interface Asks {
    readonly asks: readonly Ask[];
    /** By phase: place in `asks`; absent where all ask for the same. */
    readonly askOfPhase: Int32Array | undefined;
}

export function asksOf(process: Process, load: number): Asks {
    const first = askOf(process, process.phases.length === 0 ? none : 0, load);
    const asks = [first];
    // Most ask for the same in all phases.
    if (process.phases.every((_, phase) => isSameAsk(askOf(process, phase, load), first))) return { asks, askOfPhase: undefined };
    const askOfPhase = Int32Array.from(process.phases, (_, phase) => {
        const ask = askOf(process, phase, load);
        const known = asks.findIndex((one) => isSameAsk(one, ask));
        return known >= 0 ? known : asks.push(ask) - 1;
    });
    return { asks, askOfPhase };
}

export const isSameAsk = (one: Ask, other: Ask): boolean => one.cpu === other.cpu && one.threads === other.threads;

/** Whether a process ever reads, writes, receives or sends. */
export function movesAny(process: Process): boolean {
    if (process.phases.length === 0) return movesIn(process);
    for (const phase of process.phases) if (movesIn(phase)) return true;
    return false;
}

const movesIn = ({ read, write, iops, receive, send }: Demand): boolean => read > 0 || write > 0 || iops > 0 || receive > 0 || send > 0;
