/**
 * What a run costs, counted in looks at a member, over all groups of hosts: held against the most that a run may cost, and asked in time whether to stop.
 *
 * Invariant: whatever takes time in proportion to members, events or points of a series counts them here before or after each pass, and ends early once it is told to.
 * A look takes some 50 ns, so that the question is put about every millisecond. The longest piece without is laying out one group of hosts: 20,000 members take some 40 ms.
 */

/** Looks that a run may cost: about half a minute. */
export const mostLooks = 1_000_000_000;

/** Looks between two questions whether to stop: about a millisecond. */
const looksBetweenAsking = 20_000;

export interface VisitsOptions {
    /** Parts of about equal size that are looked at one after the other. */
    readonly parts: number;
    /** Told the share that is done. */
    readonly shouldStop: (share: number) => boolean;
    /** Looks that may be spent. */
    readonly most: number;
}

export class Visits {
    readonly #parts: number;
    readonly #shouldStop: (share: number) => boolean;
    #left: number;
    #untilAsking = looksBetweenAsking;
    #part = 0;
    /** Of the part, the furthest that it has come: what is run again goes back in time, but not in progress. */
    #share = 0;
    #isStopped = false;

    constructor({ parts, shouldStop, most }: VisitsOptions) {
        this.#parts = parts;
        this.#shouldStop = shouldStop;
        this.#left = most;
    }

    begin(part: number): void {
        this.#part = part;
        this.#share = 0;
    }

    /** Whether so many more looks may be spent. */
    canAfford(looks: number): boolean {
        return looks <= this.#left;
    }

    /** Counts looks, and answers whether to stop; `share` is that of the part which is done. */
    stopsAfter(looks: number, share: number): boolean {
        this.#left -= looks;
        this.#untilAsking -= looks;
        if (this.#untilAsking > 0 || this.#isStopped) return this.#isStopped;
        this.#untilAsking = looksBetweenAsking;
        this.#share = Math.max(this.#share, share);
        this.#isStopped = this.#shouldStop((this.#part + this.#share) / this.#parts);
        return this.#isStopped;
    }
}
