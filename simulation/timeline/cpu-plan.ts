/**
 * Lays out the share trees of a group of hosts: which node stands for whom, and what is alike.
 *
 * A node stands for an element, or for a class of equals: processes, or containers with one process, that stand in one group and have the same weight, limit, reserve and
 * demand, where that makes fewer leaves. Boot work is a class as well, with a thread for each that boots.
 */
import { innerBootStep, outerBootStep } from '../lifecycle/boot-steps.ts';
import type { Columns } from '../model/arena.ts';
import { at, listAt, none } from '../model/columns.ts';
import type { Container, Element, Process } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { bounded, cpuOverhead, cpusOf, hypervisorTypeOf, isNative, logicalCpus, vmCopies, weightOf } from '../resources/cpu-forest.ts';
import type { Tree } from '../solver/share-forest.ts';
import { type Ask, type Asks, asksOf, isSameAsk } from './cpu-asks.ts';

export interface Kernel {
    /** The host or VM. */
    readonly member: number;
    readonly tree: Tree;
    readonly cpus: number;
    readonly overhead: number;
    /** Node of a VM in the tree of what carries it; below 0 for a host. */
    readonly leaf: number;
}

export const groupKind = 0;
export const workKind = 1;
export const machineKind = 2;

export interface CpuPlanOptions {
    readonly view: TopologyIndex;
    readonly loadCpu: Float64Array;
    /** Without, every element has a node of its own. */
    readonly lumps: boolean;
    readonly columns: Columns;
    /** By member: CPU that a core of work costs there, and 1 for a process that moves data. */
    readonly costs: Float64Array;
    readonly movesData: Uint8Array;
}

/** The nodes of the trees, in columns that grow while they are laid out. */
export class CpuPlan {
    readonly parent: number[] = [];
    readonly weight: number[] = [];
    readonly count: number[] = [];
    readonly reserve: number[] = [];
    readonly kind: number[] = [];
    readonly isClass: number[] = [];
    readonly ask: number[] = [];
    readonly threads: number[] = [];
    readonly cost: number[] = [];
    readonly limit: number[] = [];
    readonly setSize: number[] = [];
    readonly sets = new Map<number, readonly number[]>();
    readonly kernels: Kernel[] = [];
    readonly nodes: Int32Array;
    readonly bootNodes: Int32Array;
    readonly innerBootNodes: Int32Array;
    readonly uniformNode: Int32Array;
    readonly phaseNodes = new Map<number, Int32Array>();
    readonly #view: TopologyIndex;
    readonly #loadCpu: Float64Array;
    readonly #lumps: boolean;
    readonly #costs: Float64Array;
    readonly #movesData: Uint8Array;

    constructor({ view, loadCpu, lumps, columns, costs, movesData }: CpuPlanOptions) {
        this.#costs = costs;
        this.#movesData = movesData;
        this.#view = view;
        this.#loadCpu = loadCpu;
        this.#lumps = lumps;
        const column = () => columns.ints(view.elements.length).fill(none);
        this.uniformNode = column();
        this.nodes = column();
        this.bootNodes = column();
        this.innerBootNodes = column();
    }

    /** A host's tree, and then those of the VMs in it. */
    addMachines(host: number): void {
        const machines = [{ member: host, leaf: none }];
        for (let machine = machines.shift(); machine !== undefined; machine = machines.shift()) machines.push(...this.#addKernel(machine.member, machine.leaf));
    }

    #addKernel(machine: number, leaf: number): readonly { readonly member: number; readonly leaf: number }[] {
        const view = this.#view;
        const cpus = logicalCpus(view, machine);
        const root = this.#node(none, { weight: 1, count: 1 });
        if (leaf < 0) this.nodes[machine] = root;
        const hasSets = this.#hasSets(machine);
        const guests: { readonly member: number; readonly leaf: number }[] = [];
        const groups = [{ member: machine, node: root }];
        for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
            const children = listAt(view.carried, group.member);
            const lumped = this.#lumps && !hasSets ? this.#addClasses(group.node, children) : undefined;
            for (const child of children) {
                const element = view.elements[child];
                if (element === undefined || element.kind === 'disk' || element.kind === 'nic' || lumped?.has(child) === true) continue;
                const node = element.kind === 'hypervisor' && isNative(view, element) ? group.node : this.#addNode(group.node, child, element, cpus);
                if (element.kind === 'vm') guests.push({ member: child, leaf: node });
                else if (element.kind !== 'process') groups.push({ member: child, node });
            }
            this.#addBoots(group.node, children);
        }
        this.#addInnerBoot(machine, root);
        this.kernels.push({ member: machine, tree: { root, end: this.parent.length, hasSets }, cpus, overhead: cpuOverhead(view, machine), leaf });
        return guests;
    }

    #hasSets(machine: number): boolean {
        const open = [machine];
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
            for (const child of listAt(this.#view.carried, member)) {
                const element = this.#view.elements[child];
                if (element !== undefined && 'cpuSet' in element && element.cpuSet !== undefined) return true;
                if (element?.kind !== 'vm' && element?.kind !== 'process') open.push(child);
            }
        }
        return false;
    }

    #node(parent: number, { weight, count, kind = groupKind }: { readonly weight: number; readonly count: number; readonly kind?: number }): number {
        this.parent.push(parent);
        this.weight.push(weight);
        this.count.push(count);
        this.kind.push(kind);
        this.reserve.push(0);
        this.isClass.push(0);
        this.ask.push(0);
        this.threads.push(0);
        this.cost.push(1);
        this.limit.push(Infinity);
        this.setSize.push(Infinity);
        return this.parent.length - 1;
    }

    /** A node of its own for an element. */
    #addNode(group: number, member: number, element: Element, cpus: number): number {
        const count = at(this.#view.count, member);
        const cost = at(this.#costs, member);
        let node: number;
        switch (element.kind) {
            case 'hypervisor':
            case 'engine':
                node = this.#node(group, { weight: weightOf(element.cpuWeight), count });
                break;
            case 'vm': {
                const type = hypervisorTypeOf(this.#view, member);
                node = this.#node(group, { weight: weightOf(element.cpuWeight * vmCopies(this.#view, member, element)), count, kind: machineKind });
                this.reserve[node] = type?.reserve === 'guaranteed' ? bounded(element.cpuReserve) : 0;
                this.limit[node] = element.cpuLimit ?? Infinity;
                this.cost[node] = 1 + cpuOverhead(this.#view, member);
                break;
            }
            case 'slice':
            case 'pod':
            case 'container':
                node = this.#node(group, { weight: weightOf(element.cpuWeight), count });
                this.limit[node] = element.cpuLimit ?? Infinity;
                if (element.cpuSet !== undefined) {
                    this.sets.set(node, element.cpuSet);
                    this.setSize[node] = cpusOf(element.cpuSet, cpus);
                }
                break;
            default:
                node = this.#node(group, { weight: 100, count, kind: workKind });
                this.cost[node] = cost;
        }
        this.nodes[member] = node;
        return node;
    }

    /** Puts what is alike into classes, where that makes fewer leaves; answers who needs no node of its own. */
    #addClasses(group: number, children: Int32Array): ReadonlySet<number> | undefined {
        const jobs: Job[] = [];
        for (const child of children) {
            const job = this.#jobOf(child);
            if (job !== undefined) jobs.push(job);
        }
        if (jobs.length < 2) return undefined;
        const classes = new JobClasses();
        const classesOf = jobs.map((job) => job.asks.map((ask) => classes.of(job, ask)));
        if (classes.all.length > jobs.length) return undefined;
        for (const one of classes.all) one.node = this.#addClass(group, one);
        const lumped = new Set<number>();
        for (const [place, { member, process, askOfPhase }] of jobs.entries()) {
            const own = classesOf[place] ?? [];
            if (askOfPhase === undefined) this.uniformNode[process] = own[0]?.node ?? none;
            else
                this.phaseNodes.set(
                    process,
                    askOfPhase.map((slot) => own[slot]?.node ?? none),
                );
            lumped.add(member);
        }
        return lumped;
    }

    #addClass(group: number, { job, ask }: JobClass): number {
        const node = this.#node(group, { weight: weightOf(job.weight ?? 100 * ask.threads), count: 0, kind: workKind });
        this.isClass[node] = 1;
        this.ask[node] = ask.cpu;
        this.threads[node] = ask.threads;
        this.cost[node] = job.cost;
        this.limit[node] = job.limit;
        return node;
    }

    /** A process, or a container or slice that holds one process and nothing else; none where it moves data, which slows it by itself. */
    #jobOf(member: number): Job | undefined {
        const element = this.#view.elements[member];
        if (element?.kind === 'process') return this.#job(member, member, element, undefined);
        if (element?.kind !== 'container' && element?.kind !== 'slice' && element?.kind !== 'pod') return undefined;
        const children = listAt(this.#view.carried, member);
        const process = at(children, 0);
        const only = this.#view.elements[process];
        if (children.length !== 1 || only?.kind !== 'process' || at(this.#view.count, process) !== 1) return undefined;
        return this.#job(member, process, only, element);
    }

    #job(member: number, process: number, element: Process, group: Pick<Container, 'cpuWeight' | 'cpuLimit'> | undefined): Job | undefined {
        if (at(this.#movesData, process) === 1) return undefined;
        const { asks, askOfPhase } = asksOf(element, at(this.#loadCpu, process));
        return { member, process, weight: group?.cpuWeight, limit: group?.cpuLimit ?? Infinity, cost: at(this.#costs, process), asks, askOfPhase };
    }

    /** Work of starting what a group carries: one thread for each that starts. */
    #addBoots(node: number, children: Int32Array): void {
        let starting = none;
        for (const child of children) {
            if (outerBootStep(this.#view, child).work <= 0) continue;
            if (starting === none) starting = this.#bootClass(node);
            this.bootNodes[child] = starting;
        }
    }

    #addInnerBoot(machine: number, root: number): void {
        if (innerBootStep(this.#view, machine).work > 0) this.innerBootNodes[machine] = this.#bootClass(root);
    }

    #bootClass(group: number): number {
        const node = this.#node(group, { weight: 100, count: 0, kind: workKind });
        this.isClass[node] = 1;
        this.ask[node] = 1;
        this.threads[node] = 1;
        return node;
    }
}

/** One who works alone in its group, and what it asks for, phase by phase. */
interface Job extends Asks {
    readonly member: number;
    readonly process: number;
    /** Of the group that it is alone in; absent where it stands in a larger one by itself. */
    readonly weight: number | undefined;
    readonly limit: number;
    readonly cost: number;
}

/** Jobs that get the same while they ask for the same. */
interface JobClass {
    readonly job: Job;
    readonly ask: Ask;
    node: number;
}

/** The classes of one group, found by a number: to make a text of what is equal would cost a small host more than all else. */
class JobClasses {
    readonly all: JobClass[] = [];
    readonly #known = new Map<number, JobClass[]>();

    of(job: Job, ask: Ask): JobClass {
        const mark = (job.weight ?? 0) + 7919 * ask.cpu + 104_729 * ask.threads + 31 * (job.limit < Infinity ? job.limit : 0);
        const alike = this.#known.get(mark) ?? [];
        const known = alike.find((one) => isSameAsk(one.ask, ask) && one.job.weight === job.weight && one.job.limit === job.limit && one.job.cost === job.cost);
        if (known !== undefined) return known;
        const made = { job, ask, node: none };
        this.#known.set(mark, [...alike, made]);
        this.all.push(made);
        return made;
    }
}
