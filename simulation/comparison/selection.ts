/** The workloads of a selection, each with the replicas that are meant, ready to be put somewhere else. */

import { isWorkload } from '../isolation/kernels.ts';
import { append } from '../model/append.ts';
import { at } from '../model/columns.ts';
import type { OsFamily } from '../model/definitions.ts';
import type { InstanceSet } from '../model/ids.ts';
import { setSize } from '../model/instances.ts';
import { imageFamily, osFamily } from '../model/placement.ts';
import type { Container, Host, OsChoice, Process, Vm } from '../model/topology.ts';
import { elementAt, type TopologyIndex } from '../model/topology-index.ts';
import type { ComparedWorkload } from './comparison.ts';

export interface Unit extends ComparedWorkload {
    readonly host: Host;
    /** Absent for a process outside a container. */
    readonly container?: Container;
    readonly processes: readonly Process[];
    /** The system it needs around it where no kernel is shared with others. */
    readonly os: OsChoice;
    /** The VM that carries it and nothing else, whose size it then keeps. */
    readonly vm?: Vm;
}

/** Workloads in the topology's order. A process inside a container stands for that process alone, still from the container's image and under its limits. */
export function selectUnits(index: TopologyIndex, selection: readonly InstanceSet[]): readonly Unit[] {
    const alone = aloneInVm(index);
    const units: Unit[] = [];
    const taken = new Set<string>();
    for (const number of index.elements.keys()) {
        if (!isWorkload(index, number)) continue;
        const inside = processesOf(index, number);
        const whole = replicasUnder(index, number, selection);
        const parts = whole > 0 ? [] : inside.filter((process) => replicasUnder(index, process, selection) > 0);
        const host = elementAt(index, at(index.host, number), 'host');
        if ((whole === 0 && parts.length === 0) || host === undefined) continue;
        const containers =
            whole > 0
                ? whole
                : Math.max(...parts.map((process) => Math.ceil(replicasUnder(index, process, selection) / Math.max(at(index.count, process), 1))));
        units.push(unitOf(index, number, { host, replicas: containers, processes: whole > 0 ? inside : parts, vm: alone.get(number), taken }));
    }
    return units;
}

/** One replica of a workload, whole. */
export function singleUnit(index: TopologyIndex, number: number): Unit | undefined {
    const host = elementAt(index, at(index.host, number), 'host');
    if (host === undefined || !isWorkload(index, number)) return undefined;
    return unitOf(index, number, { host, replicas: 1, processes: processesOf(index, number), vm: aloneInVm(index).get(number), taken: new Set() });
}

interface Chosen {
    readonly host: Host;
    readonly replicas: number;
    readonly processes: readonly number[];
    readonly vm: Vm | undefined;
    readonly taken: Set<string>;
}

function unitOf(index: TopologyIndex, number: number, { host, replicas, processes, vm, taken }: Chosen): Unit {
    const container = elementAt(index, number, 'container');
    const element = index.elements[number];
    const family = familyOf(index, number);
    const inside = processes.flatMap((process) => elementAt(index, process, 'process') ?? []);
    return {
        name: freeName(element?.name ?? 'workload', taken),
        element: element?.id ?? host.id,
        replicas,
        family,
        isKnown: inside.length > 0,
        host,
        ...(container === undefined ? {} : { container }),
        processes: container === undefined ? inside.map(({ replicas: _, ...process }) => process) : inside,
        os: systemFor(index, number, host, family),
        ...(vm === undefined ? {} : { vm }),
    };
}

/** Replicas of an element that lie in any of the sets. Sets that lie within another add nothing; of others that overlap, no more than there are. */
function replicasUnder(index: TopologyIndex, number: number, selection: readonly InstanceSet[]): number {
    let sum = 0;
    for (const [place, set] of selection.entries()) {
        const root = index.numbers.get(set.element) ?? -1;
        const isCovered = selection.some(
            (other, otherPlace) => otherPlace !== place && covers(index, other, set) && (otherPlace < place || !covers(index, set, other)),
        );
        if (isCovered || !isAtOrUnder(index, number, root)) continue;
        let below = 1;
        for (let step = number; step !== root; step = at(index.parent, step)) below *= at(index.count, step);
        sum += setSize(index, set) * below;
    }
    return Math.min(sum, at(index.multiplicity, number));
}

function covers(index: TopologyIndex, outer: InstanceSet, inner: InstanceSet): boolean {
    if (!isAtOrUnder(index, index.numbers.get(inner.element) ?? -1, index.numbers.get(outer.element) ?? -2)) return false;
    return outer.ranges.every((range, place) => {
        const other = inner.ranges[place];
        return other !== undefined && range.first <= other.first && other.last <= range.last;
    });
}

function isAtOrUnder(index: TopologyIndex, number: number, root: number): boolean {
    for (let step = number; step >= 0; step = at(index.parent, step)) if (step === root) return true;
    return false;
}

function processesOf(index: TopologyIndex, number: number): readonly number[] {
    const element = index.elements[number];
    if (element?.kind === 'process') return [number];
    return (element?.children ?? []).flatMap((child) => {
        const process = index.numbers.get(child);
        return process !== undefined && elementAt(index, process, 'process') !== undefined && at(index.count, process) > 0 ? [process] : [];
    });
}

/** By workload: the VM that carries one replica of it and nothing else. */
function aloneInVm(index: TopologyIndex): ReadonlyMap<number, Vm> {
    const known = aloneByIndex.get(index);
    if (known !== undefined) return known;
    const inVm = new Map<number, number[]>();
    for (const number of index.elements.keys()) {
        const kernel = at(index.kernel, at(index.carrier, number));
        if (!isWorkload(index, number)) continue;
        append(inVm, kernel, number);
    }
    const alone = new Map<number, Vm>();
    for (const [kernel, [first, ...others]] of inVm) {
        const vm = elementAt(index, kernel, 'vm');
        if (vm !== undefined && !vm.implicit && first !== undefined && others.length === 0 && at(index.multiplicity, first) === at(index.multiplicity, kernel))
            alone.set(first, vm);
    }
    aloneByIndex.set(index, alone);
    return alone;
}

/** The rules ask for one workload at a time. */
const aloneByIndex = new WeakMap<TopologyIndex, ReadonlyMap<number, Vm>>();

/** Of a container, what its image needs; of a process, what its kernel is. */
function familyOf(index: TopologyIndex, number: number): OsFamily {
    const { definitions } = index.topology;
    const container = elementAt(index, number, 'container');
    return (container === undefined ? osFamily(definitions, index.elements[at(index.kernel, number)]) : imageFamily(definitions, container)) ?? 'linux';
}

/** The system it stands on where that is of its family, else the host's where that is, else the usual one of the family. */
function systemFor(index: TopologyIndex, number: number, host: Host, family: OsFamily): OsChoice {
    const { definitions } = index.topology;
    const kernel = index.elements[at(index.kernel, at(index.carrier, number))];
    for (const machine of [kernel, host]) {
        if (
            (machine?.kind === 'host' || (machine?.kind === 'vm' && !machine.implicit)) &&
            machine.os !== undefined &&
            osFamily(definitions, machine) === family
        )
            return machine.os;
    }
    return { name: usualSystems[family] };
}

/** Names of the catalog; their figures stand there. */
const usualSystems: Readonly<Record<OsFamily, string>> = { linux: 'debian', windows: 'windows-server', macos: 'macos', freebsd: 'freebsd', other: 'other' };

/** `web`, `web-2`, …: workloads of one name come from different places. */
function freeName(name: string, taken: Set<string>): string {
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
    taken.add(free);
    return free;
}
