/**
 * Who gets how much CPU now, and when work is done: the shares of `resources/cpu.ts` for demands that come and go.
 *
 * Same equations, other columns. A leaf of the share tree is a process, a VM, or a class of equals (`cpu-plan.ts`). A class has a count that rises and falls as its members
 * begin and end, so what a thousand unlike jobs with few kinds of demand cost is the kinds. Each leaf is a class of `solver/work-clocks.ts`.
 *
 * Invariants: shares change only in `share`; between two calls every speed is constant. Lumped and unlumped trees give equal shares up to rounding.
 * Cost: `share` O(n log n) in the leaves of the group of hosts; entering, leaving and finishing O(log members).
 */
import type { Columns } from '../model/arena.ts';
import { at } from '../model/columns.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { runtimeCosts, weightOf } from '../resources/cpu-forest.ts';
import { gather, type ShareForest, share, shareForest } from '../solver/share-forest.ts';
import { shareWithSets } from '../solver/share-with-sets.ts';
import { WorkClocks } from '../solver/work-clocks.ts';
import { askOf, movesAny } from './cpu-asks.ts';
import { CpuPlan, groupKind, type Kernel, workKind } from './cpu-plan.ts';

export interface CpuSharingOptions {
    readonly view: TopologyIndex;
    readonly order: Int32Array;
    readonly loadCpu: Float64Array;
    /** Without, every element has a node of its own. */
    readonly lumps: boolean;
    readonly columns: Columns;
}

/** Activities of the clocks: a process's work has the number of its member, its boot that number and the number of members. */
export class CpuSharing {
    readonly forest: ShareForest;
    readonly kernels: readonly Kernel[];
    readonly clocks: WorkClocks;
    /** By member: its own node; below 0 where it has none. */
    readonly nodes: Int32Array;
    /** By member that boots: where its boot's work is done on what carries it, and in itself. */
    readonly bootNodes: Int32Array;
    readonly innerBootNodes: Int32Array;
    /** By member: CPU that a core of work costs there. */
    readonly costs: Float64Array;
    /** By member: 1 for a process that moves data. */
    readonly movesData: Uint8Array;
    readonly hasIo: boolean;
    readonly hasSets: boolean;
    /** Times that shares were computed. */
    version = 0;
    /** Shares no longer fit the demands. */
    isOutdated = true;
    /** By VM: 1 while its guest stands still. */
    readonly isPaused: Uint8Array;

    readonly #view: TopologyIndex;
    readonly #size: number;
    readonly #loadCpu: Float64Array;
    readonly #kind: Uint8Array;
    readonly #isClass: Uint8Array;
    /** By node, of leaves: what is asked for, with how many threads, and the CPU that a core of work costs. */
    readonly #ask: Float64Array;
    readonly #threads: Float64Array;
    readonly #cost: Float64Array;
    readonly #limit: Float64Array;
    readonly #setSize: Float64Array;
    readonly #guestWant: Float64Array;
    /** Class of each process that asks for the same in all its phases; below 0 elsewhere. */
    readonly #uniformNode: Int32Array;
    /** Classes by phase of the other processes in classes. */
    readonly #phaseNodes: ReadonlyMap<number, Int32Array>;

    constructor({ view, order, loadCpu, lumps, columns }: CpuSharingOptions) {
        this.#view = view;
        this.#size = view.elements.length;
        this.#loadCpu = loadCpu;
        this.costs = runtimeCosts(view, columns);
        this.movesData = columns.bytes(this.#size);
        let hasIo = false;
        for (let member = 0; member < this.#size; member++) {
            const element = view.elements[member];
            if (element?.kind !== 'process' || !movesAny(element)) continue;
            this.movesData[member] = 1;
            hasIo = true;
        }
        this.hasIo = hasIo;
        const plan = new CpuPlan({ view, loadCpu, lumps, columns, costs: this.costs, movesData: this.movesData });
        for (const member of order) if (view.elements[member]?.kind === 'host') plan.addMachines(member);
        const size = plan.parent.length;
        const parent = columns.ints(size);
        parent.set(plan.parent);
        this.forest = shareForest(parent, columns);
        this.forest.weight.set(plan.weight);
        this.forest.count.set(plan.count);
        this.forest.reserve.set(plan.reserve);
        const sets = this.forest.sets as (readonly number[] | undefined)[];
        for (const [node, set] of plan.sets) sets[node] = set;
        this.kernels = plan.kernels;
        this.hasSets = plan.kernels.some(({ tree }) => tree.hasSets);
        this.nodes = plan.nodes;
        this.bootNodes = plan.bootNodes;
        this.innerBootNodes = plan.innerBootNodes;
        this.#phaseNodes = plan.phaseNodes;
        this.#uniformNode = plan.uniformNode;
        this.#kind = columns.bytes(size);
        this.#kind.set(plan.kind);
        this.#isClass = columns.bytes(size);
        this.#isClass.set(plan.isClass);
        const floats = (values: readonly number[]): Float64Array => {
            const column = columns.floats(size);
            column.set(values);
            return column;
        };
        this.#ask = floats(plan.ask);
        this.#threads = floats(plan.threads);
        this.#cost = floats(plan.cost);
        this.#limit = floats(plan.limit);
        this.#setSize = floats(plan.setSize);
        this.#guestWant = columns.floats(plan.kernels.length);
        this.isPaused = columns.bytes(this.#size);
        this.clocks = new WorkClocks(size, 2 * this.#size, columns);
    }

    /** Lets a process begin a stretch: its phase's, or its own where it has none. `work` is Infinity where none ends it. */
    begin(process: number, phase: number, work: number, now: number): void {
        const node = this.#nodeOf(process, phase);
        if (node < 0) return;
        if (at(this.#isClass, node) === 1) this.forest.count[node] = at(this.forest.count, node) + this.#copies(process);
        else this.#askFor(node, process, phase);
        this.clocks.enter(process, node, work, now);
        this.isOutdated = true;
    }

    /** Lets a process that has just done its work go on with the next stretch, and answers the work that it did. */
    goOn(process: number, phase: number, work: number, now: number): number {
        const node = this.#nodeOf(process, phase);
        const before = this.clocks.classOf(process);
        if (node === before && (at(this.#isClass, node) === 1 || !this.#changesAsk(node, process, phase))) return this.clocks.goOn(process, work);
        const done = this.end(process, now);
        this.begin(process, phase, work, now);
        return done;
    }

    /** Lets a process go and answers the work that it was granted. */
    end(process: number, now: number): number {
        const node = this.clocks.classOf(process);
        if (node < 0) return 0;
        const done = this.clocks.leave(process, now);
        if (at(this.#isClass, node) === 1) this.forest.count[node] = Math.max(at(this.forest.count, node) - this.#copies(process), 0);
        else this.#ask[node] = 0;
        this.isOutdated = true;
        return done;
    }

    /** Lets the work of a member's boot begin at a node. */
    beginBoot(member: number, node: number, work: number, now: number): void {
        this.forest.count[node] = at(this.forest.count, node) + this.#bootCopies(member, node);
        this.clocks.enter(this.#size + member, node, work, now);
        this.isOutdated = true;
    }

    endBoot(member: number, now: number): void {
        const node = this.clocks.classOf(this.#size + member);
        if (node < 0) return;
        this.clocks.leave(this.#size + member, now);
        this.forest.count[node] = Math.max(at(this.forest.count, node) - this.#bootCopies(member, node), 0);
        this.isOutdated = true;
    }

    setPaused(vm: number, isPaused: boolean): void {
        this.isPaused[vm] = isPaused ? 1 : 0;
        this.isOutdated = true;
    }

    /** What a process asks for while it runs its stretch; 0 where it does not. */
    asked(process: number): number {
        const node = this.clocks.classOf(process);
        return node < 0 ? 0 : Math.min(at(this.#ask, node), at(this.#threads, node));
    }

    /** CPU that a process is granted, its runtime's own part left out. */
    granted(process: number): number {
        const node = this.clocks.classOf(process);
        return node < 0 ? 0 : at(this.forest.grant, node) / at(this.#cost, node);
    }

    /** Fills all shares anew. `capacity` bounds hosts: their CPUs, or Infinity to see what limits alone leave. */
    fill(capacity: 'real' | 'endless'): void {
        for (let place = this.kernels.length - 1; place >= 0; place--) this.#wantOf(place);
        for (let place = 0; place < this.kernels.length; place++) this.#distribute(place, capacity);
    }

    /** Brings shares and speeds up to date. */
    share(now: number): void {
        this.fill('real');
        const { grant } = this.forest;
        for (const { tree } of this.kernels) {
            for (let node = tree.root + 1; node < tree.end; node++) {
                if (at(this.#kind, node) === workKind) this.clocks.setSpeed(node, at(grant, node) / at(this.#cost, node), now);
            }
        }
        this.version++;
        this.isOutdated = false;
    }

    /** Slows the work of processes that wait for disks and networks; `rates` has how far each may advance of what it asks for. */
    slow(rates: Float64Array, now: number): void {
        for (let member = 0; member < this.#size; member++) {
            if (at(this.movesData, member) === 0) continue;
            const node = this.clocks.classOf(member);
            if (node >= 0) this.clocks.setSpeed(node, Math.min(this.granted(member), at(rates, member) * this.asked(member)), now);
        }
    }

    #nodeOf(process: number, phase: number): number {
        const uniform = at(this.#uniformNode, process);
        if (uniform >= 0) return uniform;
        const nodes = this.#phaseNodes.get(process);
        return nodes === undefined ? at(this.nodes, process) : at(nodes, Math.max(phase, 0));
    }

    /** Copies of a process under one copy of the group that its class stands in. */
    #copies(process: number): number {
        const { count, carrier } = this.#view;
        const above = at(carrier, process);
        const isAlone = at(this.nodes, process) < 0 && at(this.nodes, above) < 0;
        return isAlone ? at(count, above) : at(count, process);
    }

    /** A machine boots once in itself, and so often on what carries it as it has copies. */
    #bootCopies(member: number, node: number): number {
        return node === at(this.innerBootNodes, member) ? 1 : at(this.#view.count, member);
    }

    #askFor(node: number, process: number, phase: number): void {
        const { cpu, threads } = askOf(this.#view.elements[process], phase, at(this.#loadCpu, process));
        this.#ask[node] = cpu;
        this.#threads[node] = threads;
        this.forest.weight[node] = weightOf(100 * threads);
    }

    #changesAsk(node: number, process: number, phase: number): boolean {
        const { cpu, threads } = askOf(this.#view.elements[process], phase, at(this.#loadCpu, process));
        return cpu !== at(this.#ask, node) || threads !== at(this.#threads, node);
    }

    #wantOf(place: number): void {
        const kernel = this.kernels[place];
        if (kernel === undefined) return;
        const { shares, tree, cpus } = { shares: this.forest, ...kernel };
        this.#gather(kernel, 1);
        if (kernel.leaf < 0) return;
        if (tree.hasSets) shareWithSets(shares, tree, cpus, { cpus, rate: 1 });
        const wanted = at(this.isPaused, kernel.member) === 1 ? 0 : Math.min(tree.hasSets ? at(shares.grant, tree.root) : at(shares.want, tree.root), cpus);
        this.#guestWant[place] = wanted;
        this.#ask[kernel.leaf] = wanted;
        this.#threads[kernel.leaf] = cpus;
    }

    #distribute(place: number, capacity: 'real' | 'endless'): void {
        const kernel = this.kernels[place];
        if (kernel === undefined) return;
        const { tree, cpus, leaf, overhead } = kernel;
        const isGuest = leaf >= 0;
        const wanted = at(this.#guestWant, place);
        const ofHost = capacity === 'real' ? cpus : Infinity;
        const supply = isGuest ? at(this.forest.grant, leaf) / (1 + overhead) : ofHost;
        const rate = isGuest && wanted > 0 ? Math.min(1, supply / wanted) : 1;
        // At full rate the wants are those that `#wantOf` gathered.
        if (rate !== 1 || tree.hasSets) this.#gather(kernel, rate);
        if (tree.hasSets && (isGuest || Number.isFinite(ofHost))) shareWithSets(this.forest, tree, supply, { cpus, rate });
        else share(this.forest, tree, supply);
    }

    #gather({ tree }: Kernel, rate: number): void {
        const { demand, limit } = this.forest;
        for (let node = tree.root + 1; node < tree.end; node++) {
            const setSize = at(this.#setSize, node);
            limit[node] = Math.max(0, Math.min(at(this.#limit, node), setSize === Infinity ? setSize : setSize * rate));
            const kind = at(this.#kind, node);
            if (kind === groupKind) continue;
            const threads = at(this.#threads, node);
            // A VM's cost is what virtualisation takes.
            demand[node] = Math.min(at(this.#ask, node), threads === Infinity ? threads : threads * rate) * at(this.#cost, node);
        }
        gather(this.forest, tree);
    }
}
