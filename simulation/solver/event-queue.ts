/**
 * A queue of timed events: a binary heap in columns, ordered by time, then kind, then subject, so that events of one instant have one order whatever
 * order they were put in. Events that became void are not taken out: they carry a stamp, and who takes them compares it.
 * Cost: O(log n) to put and to take.
 */
export class EventQueue {
    #time = new Float64Array(16);
    #kind = new Int32Array(16);
    #subject = new Int32Array(16);
    #stamp = new Int32Array(16);
    #size = 0;
    /** The event that was taken last. */
    kind = 0;
    subject = 0;
    stamp = 0;

    /** Time of the earliest event; Infinity where there is none. */
    get nextTime(): number {
        return this.#size === 0 ? Infinity : (this.#time[0] ?? Infinity);
    }

    clear(): void {
        this.#size = 0;
    }

    put(time: number, kind: number, subject: number, stamp: number): void {
        if (this.#size === this.#time.length) this.#grow();
        let place = this.#size++;
        while (place > 0) {
            const above = (place - 1) >> 1;
            if (!this.#isBefore(time, kind, subject, above)) break;
            this.#move(above, place);
            place = above;
        }
        this.#write(place, time, kind, subject, stamp);
    }

    /** Takes the earliest event into `kind`, `subject` and `stamp`. Requires one. */
    take(): void {
        this.kind = this.#kind[0] ?? 0;
        this.subject = this.#subject[0] ?? 0;
        this.stamp = this.#stamp[0] ?? 0;
        const last = --this.#size;
        if (last <= 0) return;
        const [time, kind, subject, stamp] = [this.#time[last] ?? 0, this.#kind[last] ?? 0, this.#subject[last] ?? 0, this.#stamp[last] ?? 0];
        let place = 0;
        for (;;) {
            let below = 2 * place + 1;
            if (below >= last) break;
            if (below + 1 < last && this.#isBefore(this.#time[below + 1] ?? 0, this.#kind[below + 1] ?? 0, this.#subject[below + 1] ?? 0, below)) below++;
            if (!this.#isAfter(time, kind, subject, below)) break;
            this.#move(below, place);
            place = below;
        }
        this.#write(place, time, kind, subject, stamp);
    }

    #isBefore(time: number, kind: number, subject: number, other: number): boolean {
        const otherTime = this.#time[other] ?? 0;
        if (time !== otherTime) return time < otherTime;
        const otherKind = this.#kind[other] ?? 0;
        if (kind !== otherKind) return kind < otherKind;
        return subject < (this.#subject[other] ?? 0);
    }

    #isAfter(time: number, kind: number, subject: number, other: number): boolean {
        const otherTime = this.#time[other] ?? 0;
        if (time !== otherTime) return time > otherTime;
        const otherKind = this.#kind[other] ?? 0;
        if (kind !== otherKind) return kind > otherKind;
        return subject > (this.#subject[other] ?? 0);
    }

    #move(from: number, to: number): void {
        this.#write(to, this.#time[from] ?? 0, this.#kind[from] ?? 0, this.#subject[from] ?? 0, this.#stamp[from] ?? 0);
    }

    #write(place: number, time: number, kind: number, subject: number, stamp: number): void {
        this.#time[place] = time;
        this.#kind[place] = kind;
        this.#subject[place] = subject;
        this.#stamp[place] = stamp;
    }

    #grow(): void {
        const size = this.#time.length * 2;
        const time = new Float64Array(size);
        time.set(this.#time);
        this.#time = time;
        const larger = (column: Int32Array) => {
            const copy = new Int32Array(size);
            copy.set(column);
            return copy;
        };
        this.#kind = larger(this.#kind);
        this.#subject = larger(this.#subject);
        this.#stamp = larger(this.#stamp);
    }
}
