/**
 * Workload W: hosts whose containers run CPU tasks one after the other, by which simulators are compared: as topologies, and as a loop that was made for it and nothing else.
 *
 * Task i has the length `1000 + mix(i + 1) % 10000` million instructions, of which a core does a thousand million a second.
 * In the weighted form container c has the weight 1, 2 or 4 and, one in four, half a core at most.
 */
import type { Scenario, Topology } from '#simulation/model/topology.ts';
import { bytes, bytesPerSecond, coreSeconds, cores, seconds } from '#simulation/model/units.ts';
import { container, engine, GiB, host, hypervisor, process, type Sketch, topology, vm } from '../simulation/topology-builder.ts';

export interface Workload {
    readonly hosts: number;
    readonly cores: number;
    /** VMs of one vCPU on each host; 0: containers stand on it themselves. */
    readonly vms: number;
    readonly containers: number;
    readonly tasks: number;
    readonly isWeighted: boolean;
}

/** The finaliser of murmur3, on 32 bits. */
function mix(value: number): number {
    let x = value >>> 0;
    x ^= x >>> 16;
    x = Math.imul(x, 0x85ebca6b);
    x ^= x >>> 13;
    x = Math.imul(x, 0xc2b2ae35);
    return (x ^ (x >>> 16)) >>> 0;
}

/** Core-seconds. */
export const lengthOf = (task: number): number => (1000 + (mix(task + 1) % 10000)) / 1000;
export const weightOf = (place: number): number => [1, 2, 4][mix(place ^ 0x9e3779b9) % 3] ?? 1;
export const limitOf = (place: number): number => (mix(place ^ 0x7f4a7c15) % 4 === 0 ? 0.5 : Infinity);

const longEnough: Scenario = { name: 'w', duration: seconds(1e9), steps: [], expectations: [] };
const nothing = { read: bytesPerSecond(0), write: bytesPerSecond(0), iops: 0, receive: bytesPerSecond(0), send: bytesPerSecond(0), dirty: bytesPerSecond(0) };

export function workloadTopology(workload: Workload): Topology {
    const { hosts, cores: cpus, vms } = workload;
    const machines = list(hosts, (machine) => {
        const inside = (place: number) => [engine('docker', { boot: seconds(0) }, containersOf(workload, machine, place))];
        const guests = list(vms, (place) => vm(`v${place}`, { vcpus: 1, memory: bytes(GiB), boot: seconds(0) }, inside(place)));
        const carried = vms === 0 ? inside(0) : [hypervisor('kvm', { boot: seconds(0), overcommitCpu: 10 }, guests)];
        return host(`h${machine}`, { cpu: cores(cpus), memory: bytes(64 * GiB), boot: seconds(0) }, carried);
    });
    return { ...topology(machines), scenarios: [longEnough] };
}

function containersOf({ vms, containers, tasks, isWeighted }: Workload, machine: number, guest: number): readonly Sketch[] {
    return list(containers, (place) => {
        const first = ((machine * Math.max(vms, 1) + guest) * containers + place) * tasks;
        const phases = list(tasks, (task) => ({
            name: `t${task}`,
            cpu: cores(1),
            memory: bytes(0),
            ...nothing,
            end: { kind: 'work', work: coreSeconds(lengthOf(first + task)) } as const,
        }));
        const limit = isWeighted ? limitOf(place) : Infinity;
        const controls = { cpuWeight: isWeighted ? 100 * weightOf(place) : 100, ...(limit < Infinity ? { cpuLimit: cores(limit) } : {}) };
        return container(`c${place}`, { ...controls, boot: seconds(0) }, [process('job', { threads: 1, phases })]);
    });
}

const list = <Item>(length: number, item: (place: number) => Item): readonly Item[] => Array.from({ length }, (_, place) => item(place));

/** Finish times of all tasks, in the order of the tasks, by a loop for W: a virtual clock for each kind of container, and a heap of what ends next in each. */
export function plainFinishTimes({ hosts, cores: cpus, containers, tasks, isWeighted }: Workload): Float64Array {
    const finish = new Float64Array(hosts * containers * tasks);
    const kinds = isWeighted ? 6 : 1;
    const kindOf = Int32Array.from(list(containers, (place) => (isWeighted ? 2 * Math.log2(weightOf(place)) + (limitOf(place) < 1 ? 1 : 0) : 0)));
    const heaps = list(kinds, () => new Int32Array(containers));
    const size = new Int32Array(kinds);
    const clock = new Float64Array(kinds);
    const rate = new Float64Array(kinds);
    const tag = new Float64Array(containers);
    const next = new Int32Array(containers);
    for (let machine = 0; machine < hosts; machine++) {
        size.fill(0);
        clock.fill(0);
        next.fill(0);
        for (let place = 0; place < containers; place++) {
            const kind = kindOf[place] ?? 0;
            tag[place] = lengthOf((machine * containers + place) * tasks);
            push(heaps[kind] as Int32Array, size, kind, tag, place);
        }
        let now = 0;
        let running = containers;
        share(cpus, size, rate, isWeighted);
        while (running > 0) {
            let soonest = Infinity;
            let first = 0;
            for (let kind = 0; kind < kinds; kind++) {
                if ((size[kind] ?? 0) === 0) continue;
                const top = heaps[kind]?.[0] ?? 0;
                const takes = ((tag[top] ?? 0) - (clock[kind] ?? 0)) / (rate[kind] ?? 0);
                if (takes < soonest) {
                    soonest = takes;
                    first = kind;
                }
            }
            now += soonest;
            for (let kind = 0; kind < kinds; kind++) clock[kind] = (clock[kind] ?? 0) + (rate[kind] ?? 0) * soonest;
            const heap = heaps[first] as Int32Array;
            const place = heap[0] ?? 0;
            const task = next[place] ?? 0;
            finish[(machine * containers + place) * tasks + task] = now;
            next[place] = task + 1;
            if (task + 1 < tasks) {
                tag[place] = (tag[place] ?? 0) + lengthOf((machine * containers + place) * tasks + task + 1);
                sink(heap, size[first] ?? 0, tag, 0);
            } else {
                size[first] = (size[first] ?? 0) - 1;
                heap[0] = heap[size[first] ?? 0] ?? 0;
                sink(heap, size[first] ?? 0, tag, 0);
                running--;
                share(cpus, size, rate, isWeighted);
            }
        }
    }
    return finish;
}

/** Weighted max-min over kinds: weight of `kind >> 1`, half a core where it is odd. */
function share(cpus: number, size: Int32Array, rate: Float64Array, isWeighted: boolean): void {
    let left = cpus;
    let weights = 0;
    for (let kind = 0; kind < size.length; kind++) {
        weights += (size[kind] ?? 0) * weightOfKind(kind, isWeighted);
        rate[kind] = -1;
    }
    for (let isSettling = true; isSettling; ) {
        isSettling = false;
        const level = left / weights;
        for (let kind = 0; kind < size.length; kind++) {
            const most = kind % 2 === 1 ? 0.5 : 1;
            if (rate[kind] !== -1 || (size[kind] ?? 0) === 0 || level * weightOfKind(kind, isWeighted) < most) continue;
            rate[kind] = most;
            left -= (size[kind] ?? 0) * most;
            weights -= (size[kind] ?? 0) * weightOfKind(kind, isWeighted);
            isSettling = true;
        }
    }
    for (let kind = 0; kind < size.length; kind++) if (rate[kind] === -1) rate[kind] = (left / weights) * weightOfKind(kind, isWeighted);
}

const weightOfKind = (kind: number, isWeighted: boolean): number => (isWeighted ? 1 << (kind >> 1) : 1);

function push(heap: Int32Array, size: Int32Array, kind: number, tag: Float64Array, member: number): void {
    let place = size[kind] ?? 0;
    size[kind] = place + 1;
    while (place > 0) {
        const above = (place - 1) >> 1;
        if ((tag[heap[above] ?? 0] ?? 0) <= (tag[member] ?? 0)) break;
        heap[place] = heap[above] ?? 0;
        place = above;
    }
    heap[place] = member;
}

function sink(heap: Int32Array, size: number, tag: Float64Array, from: number): void {
    const member = heap[from] ?? 0;
    let place = from;
    for (;;) {
        let below = 2 * place + 1;
        if (below >= size) break;
        if (below + 1 < size && (tag[heap[below + 1] ?? 0] ?? 0) < (tag[heap[below] ?? 0] ?? 0)) below++;
        if ((tag[heap[below] ?? 0] ?? 0) >= (tag[member] ?? 0)) break;
        heap[place] = heap[below] ?? 0;
        place = below;
    }
    heap[place] = member;
}
