/** What a run writes down of its groups as each comes to its end: members with their lifecycles, and where the rows of each group begin. */
import { at, none } from '../model/columns.ts';
import type { GroupColumns, Run } from '../model/timeline.ts';
import type { EarlierGroup } from './earlier-run.ts';
import { GrowingFloats, GrowingInts } from './growing-columns.ts';
import type { LogMark } from './log.ts';
import type { World } from './world.ts';

/** Where the rows of each group begin. */
export class GroupLog {
    readonly #member = new GrowingInts();
    readonly #event = new GrowingInts();
    readonly #phase = new GrowingInts();
    readonly #instants = new GrowingFloats();

    push({ events, phases, instants }: LogMark, members: number): void {
        this.#member.push(members);
        this.#event.push(events);
        this.#phase.push(phases);
        this.#instants.push(instants);
    }

    finished(allInstants: number): GroupColumns {
        const begins = this.#instants.finished();
        const instants = begins.map((begin, group) => (begins[group + 1] ?? allInstants) - begin);
        return { member: this.#member.finished(), event: this.#event.finished(), phase: this.#phase.finished(), instants };
    }
}

/** Members and lifecycles of all groups. */
export class MemberLog {
    readonly #element: GrowingInts;
    readonly #parent: GrowingInts;
    readonly #columns: readonly GrowingFloats[];

    /** So many members are expected. */
    constructor(members: number) {
        this.#element = new GrowingInts(members);
        this.#parent = new GrowingInts(members);
        this.#columns = Array.from({ length: 8 }, () => new GrowingFloats(members));
    }

    get length(): number {
        return this.#element.length;
    }

    add({ cohort, size, readyAt, finishedAt, downtime, oomKills, restarts, work }: World): void {
        const base = this.length;
        const columns = [cohort.first, cohort.last, readyAt, finishedAt, downtime, oomKills, restarts, work];
        for (let member = 0; member < size; member++) {
            const parent = at(cohort.parent, member);
            this.#element.push(at(cohort.element, member));
            this.#parent.push(parent === none ? none : base + parent);
        }
        for (const [place, column] of columns.entries()) this.#columns[place]?.append(column);
    }

    takeOver({ run: { members, lifecycles }, members: [from, to], elementOf }: EarlierGroup): void {
        const base = this.length;
        const { readyAt, finishedAt, downtime, oomKills, restarts, work } = lifecycles;
        const columns = [members.first, members.last, readyAt, finishedAt, downtime, oomKills, restarts, work];
        for (let member = from; member < to; member++) {
            const parent = at(members.parent, member);
            this.#element.push(elementOf(at(members.element, member)));
            this.#parent.push(parent === none ? none : base + parent - from);
        }
        for (const [place, column] of columns.entries()) this.#columns[place]?.append(column.subarray(from, to));
    }

    finished(): Pick<Run, 'members' | 'lifecycles'> {
        const [first, last, readyAt, finishedAt, downtime, oomKills, restarts, work] = this.#columns.map((column) => column.finished());
        const none = new Float64Array();
        return {
            members: { element: this.#element.finished(), parent: this.#parent.finished(), first: first ?? none, last: last ?? none },
            lifecycles: {
                readyAt: readyAt ?? none,
                finishedAt: finishedAt ?? none,
                downtime: downtime ?? none,
                oomKills: oomKills ?? none,
                restarts: restarts ?? none,
                work: work ?? none,
            },
        };
    }
}
