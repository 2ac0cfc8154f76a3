/** Runs a scenario: each group of hosts that may influence one another by itself, and what came of it as columns. */
import { Arena } from '../model/arena.ts';
import { at, none } from '../model/columns.ts';
import type { GroupColumns, Members, Run } from '../model/timeline.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import { type Seconds, seconds } from '../model/units.ts';
import { EventQueue } from '../solver/event-queue.ts';
import { componentsOf } from './components.ts';
import { defaultDuration } from './default-scenario.ts';
import type { EarlierGroup, EarlierRun } from './earlier-run.ts';
import { GrowingFloats, GrowingInts } from './growing-columns.ts';
import { Log, type LogMark } from './log.ts';
import type { Split } from './memory.ts';
import { type RecordedSeries, Recorder } from './recorder.ts';
import { type Budget, runGroup, Visits } from './run-group.ts';
import { type Cuts, cohortOf, cut, cutsOf } from './split-replicas.ts';
import { createWorld, type World } from './world.ts';

export interface ScenarioOptions {
    /** Told the share of the run that is done. */
    readonly shouldStop: (share: number) => boolean;
    /** Elements whose series are kept. */
    readonly isRecorded: (element: number) => boolean;
    /** Groups that are run. */
    readonly isRun: (elements: Int32Array) => boolean;
    /** Of the same scenario: what it already says need not be run again. */
    readonly earlier: EarlierRun | undefined;
    /** Classes of equals in place of a node for each element; for tests that hold one against the other. */
    readonly lumps: boolean;
}

export const scenarioDefaults: ScenarioOptions = { shouldStop: () => false, isRecorded: () => false, isRun: () => true, earlier: undefined, lumps: true };

/** One group, run. */
export interface GroupRun {
    readonly members: Members;
    readonly series: readonly RecordedSeries[];
    /** Number of its first member in the run. */
    readonly base: number;
}

export interface ScenarioRun {
    readonly run: Omit<Run, 'expectations'>;
    /** Of groups with recorded elements. */
    readonly recorded: readonly GroupRun[];
}

/** What a run may cost: some ten million events, or some seconds of looking at everything. */
const mostInstants = 10_000_000;
const mostVisits = 60_000_000;

export function runScenario(index: TopologyIndex, scenario: Scenario, given: Partial<ScenarioOptions> = {}): ScenarioRun | 'stopped' {
    const options = { ...scenarioDefaults, ...given };
    const log = new Log();
    const members = new MemberLog();
    const recorded: GroupRun[] = [];
    const budget: Budget = { instants: mostInstants, visits: mostVisits };
    const cuts = cutsOf(index, scenario);
    let earliestCut = Infinity;
    const arena = new Arena();
    const timers = new EventQueue();
    const groups = componentsOf(index, scenario);
    const began = new GroupLog();
    const asked = new Visits(groups.length, options.shouldStop);
    for (const [place, elements] of groups.entries()) {
        if (!options.isRun(elements)) continue;
        log.base = members.length;
        asked.begin(place);
        began.push(log.mark(), members.length);
        const known = options.earlier === undefined || elements.some(options.isRecorded) ? undefined : options.earlier.groupOf(elements);
        if (known !== undefined) {
            log.takeOver(known);
            members.takeOver(known);
            continue;
        }
        const outcome = runComponent({ index, scenario, elements, cuts, log, budget, options, asked, arena, timers });
        if (outcome === 'stopped') return 'stopped';
        if (outcome.cutAt !== undefined) earliestCut = Math.min(earliestCut, outcome.cutAt);
        if (outcome.recorder !== undefined) recorded.push({ members: outcome.world.cohort, series: outcome.recorder.series, base: members.length });
        members.add(outcome.world);
    }
    return { run: { ...finishedRun(scenario, log, members, earliestCut), groups: began.finished(log.instants) }, recorded };
}

export function durationOf({ duration }: Scenario): Seconds {
    return duration ?? defaultDuration;
}

interface Component {
    readonly index: TopologyIndex;
    readonly scenario: Scenario;
    readonly elements: Int32Array;
    readonly cuts: Cuts;
    readonly log: Log;
    readonly budget: Budget;
    readonly options: ScenarioOptions;
    readonly asked: Visits;
    readonly arena: Arena;
    readonly timers: EventQueue;
}

interface ComponentRun {
    readonly world: World;
    readonly recorder: Recorder | undefined;
    readonly cutAt: number | undefined;
}

/** Of one element more replicas than these are not told apart by kills: then all that are alike die together. */
const mostApart = 2000;

/** Runs a group until no kill tells replicas apart that were computed as one; each time they are told apart, and all is run again. */
function runComponent({ index, scenario, elements, cuts: given, log, budget, options, asked, arena, timers }: Component): ComponentRun | 'stopped' {
    const mark = log.mark();
    const cuts = new Map(Array.from(given, ([element, places]) => [element, new Set(places)]));
    const isRecorded = options.isRecorded !== scenarioDefaults.isRecorded && elements.some((element) => options.isRecorded(element));
    for (let apart = 1; ; apart *= 2) {
        arena.reset();
        timers.clear();
        const cohort = cohortOf(index, elements, cuts);
        const recorder = isRecorded ? new Recorder(options.isRecorded) : undefined;
        const world = createWorld(index, cohort, {
            log,
            duration: durationOf(scenario),
            lumps: options.lumps && !isRecorded,
            tellsApart: apart <= mostApart,
            columns: arena,
            timers,
        });
        const outcome = runGroup(world, { scenario, asked, recorder, budget });
        if (outcome.kind === 'stopped') return 'stopped';
        if (outcome.kind !== 'split') return { world, recorder, cutAt: outcome.kind === 'cut' ? outcome.at : undefined };
        log.forgetSince(mark);
        tellApart(index, world, outcome, cuts, apart);
    }
}

/** Makes members of their own of the last replicas of what is to be killed, and of all between it and the limit: more each time. */
function tellApart(index: TopologyIndex, world: World, { member, bounded }: Split, cuts: Map<number, Set<number>>, apart: number): void {
    for (let one = member; one !== bounded && one !== none; one = at(world.carrier, one)) {
        const last = at(world.cohort.last, one);
        for (let place = 0; place < apart && at(world.cohort.count, one) > 1; place++) cut(cuts, index, at(world.cohort.element, one), last - place);
    }
}

/** Where the rows of each group begin. */
class GroupLog {
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
class MemberLog {
    readonly #element = new GrowingInts();
    readonly #parent = new GrowingInts();
    readonly #columns = Array.from({ length: 8 }, () => new GrowingFloats());

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
            for (let place = 0; place < columns.length; place++) this.#columns[place]?.push(columns[place]?.[member] ?? 0);
        }
    }

    takeOver({ run: { members, lifecycles }, members: [from, to], elementOf }: EarlierGroup): void {
        const base = this.length;
        const { readyAt, finishedAt, downtime, oomKills, restarts, work } = lifecycles;
        const columns = [members.first, members.last, readyAt, finishedAt, downtime, oomKills, restarts, work];
        for (let member = from; member < to; member++) {
            const parent = at(members.parent, member);
            this.#element.push(elementOf(at(members.element, member)));
            this.#parent.push(parent === none ? none : base + parent - from);
            for (let place = 0; place < columns.length; place++) this.#columns[place]?.push(columns[place]?.[member] ?? 0);
        }
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

function finishedRun(scenario: Scenario, log: Log, members: MemberLog, cutAt: number): Omit<Run, 'expectations' | 'groups'> {
    return {
        scenario: scenario.name,
        duration: durationOf(scenario),
        ...members.finished(),
        events: { at: log.at.finished(), type: Uint8Array.from(log.type.finished()), member: log.member.finished(), detail: log.detail },
        phases: {
            member: log.phaseMember.finished(),
            phase: log.phase.finished(),
            started: log.phaseStarted.finished(),
            finished: log.phaseFinished.finished(),
        },
        instants: log.instants,
        ...(cutAt < Infinity ? { cut: { at: seconds(cutAt), events: log.instants } } : {}),
    };
}
