/**
 * When each element is ready if it need not share anything: the uncontended boot chain.
 *
 * ready = max(ready of its carrier, ready of all that it comes `after`) + its own start.
 * `boot-steps.ts` says what a start takes. Slices and processes start with what carries them; so do disks and NICs, which have no start.
 * Kahn's algorithm over both kinds of edges: linear in elements and `after`s, and a cycle just never becomes ready.
 */

import { append } from '../model/append.ts';
import { at, listAt, none } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { innerBootStep, outerBootStep } from './boot-steps.ts';

export interface BootChain {
    /** Seconds by element; NaN where it does not start by itself, or waits for ever. */
    readonly readyAt: Float64Array;
    /** Elements that wait for each other through `after`: each cycle as numbers in waiting order. */
    readonly cycles: readonly (readonly number[])[];
}

export function bootChain(index: TopologyIndex): BootChain {
    const size = index.elements.length;
    const readyAt = new Float64Array(size).fill(Number.NaN);
    const begin = new Float64Array(size);
    const waits = afterWaits(index);
    const open = Int32Array.from(index.carrier, (carrier, number) => (carrier === none ? 0 : 1) + (waits.on.get(number)?.length ?? 0));
    const queue = new Int32Array(size);
    let queued = 0;
    for (let number = 0; number < size; number++) if (open[number] === 0) queue[queued++] = number;
    for (let place = 0; place < queued; place++) {
        const number = at(queue, place);
        const takes = at(index.running, number) === 0 ? Number.NaN : startTime(index, number);
        readyAt[number] = at(begin, number) + takes;
        for (const next of [...listAt(index.carried, number), ...(waits.by.get(number) ?? [])]) {
            // NaN spreads: who waits for what never starts is never ready.
            begin[next] = Math.max(at(begin, next), at(readyAt, number));
            open[next] = at(open, next) - 1;
            if (open[next] === 0) queue[queued++] = next;
        }
    }
    return { readyAt: readyAt.map((time) => (Number.isFinite(time) ? time : Number.NaN)), cycles: cyclesAmong(index, waits.on, open) };
}

/** For each container what it comes `after`, and what comes after it. */
function afterWaits(index: TopologyIndex) {
    const on = new Map<number, number[]>();
    const by = new Map<number, number[]>();
    const add = (lists: Map<number, number[]>, key: number, value: number) => {
        append(lists, key, value);
    };
    for (const [number, element] of index.elements.entries()) {
        if (element.kind !== 'container') continue;
        for (const set of element.after) {
            const target = index.numbers.get(set.element);
            if (target === undefined || at(index.multiplicity, target) === 0) continue;
            add(on, number, target);
            add(by, target, number);
        }
    }
    return { on, by };
}

/** Follows unresolved waits until they close; each cycle is found once. */
function cyclesAmong(index: TopologyIndex, on: ReadonlyMap<number, readonly number[]>, open: Int32Array): readonly (readonly number[])[] {
    const cycles: number[][] = [];
    const seen = new Int32Array(open.length);
    for (let start = 0; start < open.length; start++) {
        if (at(open, start) === 0 || at(seen, start) !== 0) continue;
        const path: number[] = [];
        let number = start;
        while (at(seen, number) === 0) {
            seen[number] = start + 1;
            path.push(number);
            number = [at(index.carrier, number), ...(on.get(number) ?? [])].find((target) => target !== none && at(open, target) > 0) ?? start;
        }
        const closes = at(seen, number) === start + 1 ? path.indexOf(number) : none;
        if (closes !== none) cycles.push(path.slice(closes));
    }
    return cycles;
}

/** Latency and work of an element's own start, uncontended. */
function startTime(index: TopologyIndex, number: number): number {
    const kind = index.elements[number]?.kind;
    if (kind === 'disk' || kind === 'nic') return Number.NaN;
    const [outer, inner] = [outerBootStep(index, number), innerBootStep(index, number)];
    // A container with a kernel of its own is started by the kernel below.
    const own = inner.work <= 0 ? 0 : worked(inner.work, threadSpeed(index, number));
    return outer.latency + inner.latency + worked(outer.work, threadSpeed(index, at(index.carrier, number))) + own;
}

/** Time that work takes; endless where there is no CPU for it. */
function worked(work: number, speed: number): number {
    return work <= 0 ? 0 : work / speed;
}

/** Cores that one thread gets on the kernel under an element (its own, for a host or guest): one, or less where the machine or a VM's limit has less. */
function threadSpeed(index: TopologyIndex, number: number): number {
    const kernel = index.elements[at(index.kernel, number)];
    if (kernel?.kind === 'host') return Math.min(1, kernel.cpu ?? 1);
    return kernel?.kind === 'vm' ? Math.min(1, kernel.cpuLimit ?? 1, threadSpeed(index, at(index.host, number))) : 1;
}
