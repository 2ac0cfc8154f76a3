/**
 * What `ps` shows from a host, a guest or a container: processes with the PIDs they have there and, seen from outside, inside.
 *
 * A kernel shows every process on it, whatever container it is in; a VM is one process of its monitor; a guest's processes are never seen.
 * A container shows its own from PID 1, with those that share its PID namespace; one in its host's PID namespace shows what the host does.
 * A sandbox (gVisor) is one process to its host, and so is a container with a kernel of its own (Kata).
 *
 * PIDs outside are numbered from `firstPid` in the order of declaration and replica, so that the same text always gives the same list:
 * real ones depend on what started before.
 */

import { at, listAt } from '../model/columns.ts';
import { allInstances, type Instance, walk } from '../model/instances.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { kernelInstance, lastTarget } from './namespace-instances.ts';
import { namespaceOwner } from './namespaces.ts';
import { isOpaque, nameIn, nameOfUndescribed } from './process-names.ts';

export interface VisibleProcess {
    /** As the vantage point numbers it. */
    readonly pid: number;
    /** Canonical path of the process, or of the VM or sandbox that it stands for, or of a container whose processes nobody described. */
    readonly path: string;
    /** What the list calls it. */
    readonly as: string;
    /** Inside its own PID namespace, where that is another. */
    readonly innerPid?: number;
}

/** The first PID that a kernel's list gives out; below it are the kernel's own threads and services. */
export const firstPid = 1001;

/** What is found out once for all vantage points. */
export interface Visibility {
    readonly index: TopologyIndex;
    /** Containers whose PID namespace others join. */
    readonly joined: ReadonlySet<number>;
}

export function visibilityOf(index: TopologyIndex): Visibility {
    const joined = new Set<number>();
    for (const [number, element] of index.elements.entries()) {
        if (element.kind === 'container' && element.namespaces.pid?.kind === 'container') joined.add(namespaceOwner(index, number, 'pid'));
    }
    return { index, joined };
}

/** Hosts, guests and containers that run, replica by replica. */
export function* vantagePoints(index: TopologyIndex): Generator<Instance> {
    for (const instance of allInstances(index)) {
        const kind = index.elements[instance.number]?.kind;
        if ((kind === 'host' || kind === 'vm' || kind === 'container') && at(index.running, instance.number) === 1) yield instance;
    }
}

/** The list of processes at one vantage point, one at a time. */
export function* visibleFrom(visibility: Visibility, from: Instance): Generator<VisibleProcess> {
    const { index } = visibility;
    if (index.elements[from.number]?.kind !== 'container') {
        yield* onKernel(visibility, from);
        return;
    }
    const owner = namespaceOwner(index, from.number, 'pid');
    const kernel = kernelInstance(index, from);
    if (kernel !== undefined && owner === kernel.number && owner !== from.number) {
        yield* onKernel(visibility, kernel);
        return;
    }
    yield* inNamespace(visibility, from, owner, kernel);
}

function* onKernel({ index, joined }: Visibility, kernel: Instance): Generator<VisibleProcess> {
    let pid = firstPid;
    const counters = new Map<string, number>();
    for (const { instance, as, container } of entries(index, kernel)) {
        const innerPid = container === undefined ? undefined : innerPidOf({ index, joined }, container, instance, counters);
        yield { pid: pid++, path: instance.path, as, ...(innerPid === undefined ? {} : { innerPid }) };
    }
}

/** What a container sees: the owner of its PID namespace first, then those that joined it. */
function* inNamespace({ index, joined }: Visibility, from: Instance, owner: number, kernel: Instance | undefined): Generator<VisibleProcess> {
    let pid = 1;
    if (!joined.has(owner) || kernel === undefined) {
        for (const { instance, as } of inContainer(index, from)) yield { pid: pid++, path: instance.path, as };
        return;
    }
    const home = lastTarget(index, from, 'pid').path;
    for (const isGuest of [false, true]) {
        for (const { instance, as, container } of entries(index, kernel)) {
            if (container === undefined || (container.number !== owner) !== isGuest || lastTarget(index, container, 'pid').path !== home) continue;
            yield { pid: pid++, path: instance.path, as };
        }
    }
}

interface Entry {
    readonly instance: Instance;
    readonly as: string;
    /** The container it runs in, where that is on the kernel itself. */
    readonly container?: Instance;
}

/** Everything that is a process to a kernel. */
function* entries(index: TopologyIndex, kernel: Instance): Generator<Entry> {
    const isImplicit = index.elements[kernel.number]?.implicit === true;
    const base = isImplicit ? kernel.parent : kernel;
    const below = (instance: Instance) => (isOpaque(index, instance.number) ? new Int32Array(0) : listAt(index.carried, instance.number));
    for (const instance of walk(index, listAt(index.carried, kernel.number), base, below)) {
        if (at(index.running, instance.number) === 0) continue;
        const as = nameIn(index, instance.number);
        if (as === undefined) continue;
        const container = isOpaque(index, instance.number) ? undefined : containerAround(index, instance);
        yield { instance, as, ...(container === undefined ? {} : { container }) };
    }
}

function* inContainer(index: TopologyIndex, container: Instance): Generator<Entry> {
    const own = nameOfUndescribed(index, container.number);
    if (own !== undefined) yield { instance: container, as: own };
    for (const instance of walk(index, listAt(index.carried, container.number), container, () => new Int32Array(0))) {
        const element = index.elements[instance.number];
        if (element?.kind === 'process' && at(index.running, instance.number) === 1) yield { instance, as: element.name };
    }
}

/** PID in the innermost namespace: counted in the container that owns it, and after all of its own for those that joined. */
function innerPidOf({ index, joined }: Visibility, container: Instance, entry: Instance, counters: Map<string, number>): number | undefined {
    const owner = namespaceOwner(index, container.number, 'pid');
    if (owner !== container.number && index.elements[owner]?.kind !== 'container') return undefined;
    const isGuest = owner !== container.number;
    if (!isGuest && !joined.has(owner)) return placeAmongSiblings(index, entry);
    const key = `${isGuest ? 'joined' : 'own'} ${lastTarget(index, container, 'pid').path}`;
    const next = (counters.get(key) ?? (isGuest ? processesIn(index, owner) : 0)) + 1;
    counters.set(key, next);
    return next;
}

/** Position of a process among all replicas of its container's processes. */
function placeAmongSiblings(index: TopologyIndex, entry: Instance): number {
    let before = 0;
    if (index.elements[entry.number]?.kind !== 'process') return 1;
    for (const sibling of listAt(index.carried, at(index.carrier, entry.number))) {
        if (sibling === entry.number) break;
        if (at(index.running, sibling) === 1) before += at(index.count, sibling);
    }
    return before + entry.replica;
}

function processesIn(index: TopologyIndex, container: number): number {
    let count = nameOfUndescribed(index, container) === undefined ? 0 : 1;
    for (const process of listAt(index.carried, container)) if (at(index.running, process) === 1) count += at(index.count, process);
    return count;
}

function containerAround(index: TopologyIndex, instance: Instance): Instance | undefined {
    for (let step: Instance | undefined = instance; step !== undefined; step = step.parent) if (index.elements[step.number]?.kind === 'container') return step;
    return undefined;
}
