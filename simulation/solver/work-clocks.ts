/**
 * When work is done that many do at the same speed: one virtual clock for each class of equals.
 *
 * A class's clock V shows the work that each of its members has been granted since the clock was started: dV/dt = speed. A member that has w to do when the
 * clock shows v is done when it shows v + w, its tag, whatever the speed does meanwhile. So a change of speed costs O(1) a class, not O(1) a member, and the next
 * to finish is the top of a heap of tags. The classes' next times stand in a heap as well, so that the next of all is found in O(log classes).
 *
 * Invariants: tags in a class's heap are not below V but by rounding; `next` of a class is `since + (top tag − V) / speed`, Infinity where nobody waits or nothing moves.
 * A clock without members starts anew at 0, which keeps tags small and rounding with them.
 */
import { type Columns, separateColumns } from '../model/arena.ts';

export class WorkClocks {
    readonly #clock: Float64Array;
    readonly #speed: Float64Array;
    readonly #since: Float64Array;
    /** By class: members in it, waiting for an end or not. */
    readonly #population: Int32Array;
    readonly #heaps: (number[] | undefined)[];
    readonly #tag: Float64Array;
    readonly #entered: Float64Array;
    readonly #class: Int32Array;
    /** Classes that have somebody waiting, as a heap by next time; where each stands in it, below 0 if it does not. */
    readonly #order: number[] = [];
    readonly #place: Int32Array;
    readonly #next: Float64Array;

    constructor(classes: number, members: number, { floats, ints }: Columns = separateColumns) {
        this.#clock = floats(classes);
        this.#speed = floats(classes);
        this.#since = floats(classes);
        this.#population = ints(classes);
        this.#heaps = new Array<undefined>(classes);
        this.#place = ints(classes).fill(-1);
        this.#next = floats(classes).fill(Infinity);
        this.#tag = floats(members);
        this.#entered = floats(members);
        this.#class = ints(members).fill(-1);
    }

    /** The class of a member; below 0 where it is in none. */
    classOf(member: number): number {
        return this.#class[member] ?? -1;
    }

    speedOf(member: number): number {
        return this.#speed[this.classOf(member)] ?? 0;
    }

    /** Work that a member has left at a time; Infinity where it has no end. */
    leftOf(member: number, now: number): number {
        return Math.max((this.#tag[member] ?? 0) - this.#shown(this.classOf(member), now), 0);
    }

    /** Earliest time at which somebody's work is done. */
    get nextTime(): number {
        const [first] = this.#order;
        return first === undefined ? Infinity : (this.#next[first] ?? Infinity);
    }

    setSpeed(clock: number, speed: number, now: number): void {
        if (this.#speed[clock] === speed) return;
        this.#advance(clock, now);
        this.#speed[clock] = speed;
        this.#reschedule(clock);
    }

    /** Lets a member in; `work` may be Infinity. */
    enter(member: number, clock: number, work: number, now: number): void {
        this.#advance(clock, now);
        if (this.#population[clock] === 0) this.#clock[clock] = 0;
        this.#population[clock] = (this.#population[clock] ?? 0) + 1;
        const shown = this.#clock[clock] ?? 0;
        this.#class[member] = clock;
        this.#entered[member] = shown;
        this.#wait(member, clock, shown + work);
    }

    /** Gives a member that has just finished its next work where it is, and answers what it has done; its tags add up without rounding by the clock. */
    goOn(member: number, work: number): number {
        const clock = this.classOf(member);
        const tag = this.#tag[member] ?? 0;
        const done = tag - (this.#entered[member] ?? 0);
        this.#entered[member] = tag;
        this.#wait(member, clock, tag + work);
        return done;
    }

    /** Lets a member go and answers the work it was granted since it entered. */
    leave(member: number, now: number): number {
        const clock = this.classOf(member);
        if (clock < 0) return 0;
        this.#advance(clock, now);
        const done = (this.#clock[clock] ?? 0) - (this.#entered[member] ?? 0);
        this.#population[clock] = (this.#population[clock] ?? 0) - 1;
        this.#class[member] = -1;
        const heap = this.#heaps[clock];
        const place = heap === undefined ? -1 : heap.indexOf(member);
        if (heap !== undefined && place >= 0) {
            this.#remove(heap, place);
            this.#reschedule(clock);
        }
        return Math.max(done, 0);
    }

    /** Appends all whose work is done by a time; they stay in their classes, waiting for nothing. */
    takeFinished(now: number, finished: number[]): void {
        const latest = now * (1 + instant);
        for (let [clock] = this.#order; clock !== undefined && (this.#next[clock] ?? Infinity) <= latest; [clock] = this.#order) {
            const heap = this.#heaps[clock] ?? [];
            this.#advance(clock, now);
            const shown = (this.#clock[clock] ?? 0) + (this.#speed[clock] ?? 0) * (latest - now);
            do {
                const [member] = heap;
                if (member === undefined) break;
                this.#remove(heap, 0);
                finished.push(member);
            } while (heap[0] !== undefined && (this.#tag[heap[0]] ?? 0) <= shown);
            this.#reschedule(clock);
        }
    }

    #shown(clock: number, now: number): number {
        return (this.#clock[clock] ?? 0) + (this.#speed[clock] ?? 0) * (now - (this.#since[clock] ?? 0));
    }

    #advance(clock: number, now: number): void {
        this.#clock[clock] = this.#shown(clock, now);
        this.#since[clock] = now;
    }

    #wait(member: number, clock: number, tag: number): void {
        this.#tag[member] = tag;
        if (tag === Infinity) return;
        const heap = this.#heaps[clock] ?? [];
        this.#heaps[clock] = heap;
        heap.push(member);
        this.#rise(heap, heap.length - 1);
        if (heap[0] === member) this.#reschedule(clock);
    }

    /** Ties go to the smaller member. */
    #isBefore(one: number, other: number): boolean {
        const [a, b] = [this.#tag[one] ?? 0, this.#tag[other] ?? 0];
        return a === b ? one < other : a < b;
    }

    #rise(heap: number[], from: number): void {
        const member = heap[from] ?? 0;
        let place = from;
        while (place > 0) {
            const above = (place - 1) >> 1;
            const other = heap[above] ?? 0;
            if (!this.#isBefore(member, other)) break;
            heap[place] = other;
            place = above;
        }
        heap[place] = member;
    }

    #sink(heap: number[], from: number): void {
        const member = heap[from] ?? 0;
        let place = from;
        for (;;) {
            let below = 2 * place + 1;
            if (below >= heap.length) break;
            if (below + 1 < heap.length && this.#isBefore(heap[below + 1] ?? 0, heap[below] ?? 0)) below++;
            const other = heap[below] ?? 0;
            if (!this.#isBefore(other, member)) break;
            heap[place] = other;
            place = below;
        }
        heap[place] = member;
    }

    #remove(heap: number[], place: number): void {
        const last = heap.pop();
        if (last === undefined || place === heap.length) return;
        heap[place] = last;
        this.#rise(heap, place);
        this.#sink(heap, heap[place] === last ? place : heap.indexOf(last));
    }

    #reschedule(clock: number): void {
        const top = this.#heaps[clock]?.[0];
        const speed = this.#speed[clock] ?? 0;
        const left = top === undefined ? Infinity : Math.max((this.#tag[top] ?? 0) - (this.#clock[clock] ?? 0), 0);
        // What has nothing left is done now, also where nothing moves.
        const takes = left === 0 ? 0 : speed > 0 ? left / speed : Infinity;
        this.#next[clock] = top === undefined ? Infinity : (this.#since[clock] ?? 0) + takes;
        const place = this.#place[clock] ?? -1;
        if (place < 0) {
            if (top === undefined) return;
            this.#order.push(clock);
            this.#lift(this.#order.length - 1);
        } else {
            this.#lift(place);
            this.#lower(this.#place[clock] ?? 0);
        }
    }

    #lift(from: number): void {
        const order = this.#order;
        const clock = order[from] ?? 0;
        const next = this.#next[clock] ?? 0;
        let place = from;
        while (place > 0) {
            const above = (place - 1) >> 1;
            const other = order[above] ?? 0;
            if (next >= (this.#next[other] ?? 0)) break;
            order[place] = other;
            this.#place[other] = place;
            place = above;
        }
        order[place] = clock;
        this.#place[clock] = place;
    }

    #lower(from: number): void {
        const order = this.#order;
        const clock = order[from] ?? 0;
        const next = this.#next[clock] ?? 0;
        let place = from;
        for (;;) {
            let below = 2 * place + 1;
            if (below >= order.length) break;
            if (below + 1 < order.length && (this.#next[order[below + 1] ?? 0] ?? 0) < (this.#next[order[below] ?? 0] ?? 0)) below++;
            const other = order[below] ?? 0;
            if ((this.#next[other] ?? 0) >= next) break;
            order[place] = other;
            this.#place[other] = place;
            place = below;
        }
        order[place] = clock;
        this.#place[clock] = place;
    }
}

/** Times that differ by this share are one instant: rounding of equal sums in different order. */
export const instant = 1e-12;
