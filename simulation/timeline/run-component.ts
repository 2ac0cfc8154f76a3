/** Runs one group of hosts that may influence one another, again and again until no kill has to tell replicas apart that were computed as one. */
import { type Arena, separateColumns } from '../model/arena.ts';
import type { Scenario } from '../model/topology.ts';
import type { TopologyIndex } from '../model/topology-index.ts';
import type { EventQueue } from '../solver/event-queue.ts';
import { durationOf } from './default-scenario.ts';
import type { Log } from './log.ts';
import { Recorder } from './recorder.ts';
import { cutRun, runGroup } from './run-group.ts';
import { type Cuts, cohortOf, cohortSize } from './split-replicas.ts';
import { ToldApart } from './told-apart.ts';
import type { Visits } from './visits.ts';
import { createWorld, looksToCreate, stopsAfter, type World } from './world.ts';

export interface Component {
    readonly index: TopologyIndex;
    readonly scenario: Scenario;
    readonly elements: Int32Array;
    readonly cuts: Cuts;
    readonly log: Log;
    readonly options: ComponentOptions;
    readonly visits: Visits;
    readonly arena: Arena;
    readonly timers: EventQueue;
}

export interface ComponentOptions {
    /** Elements whose series are kept. */
    readonly isRecorded: (element: number) => boolean;
    /** Classes of equals in place of a node for each element; for tests that hold one against the other. */
    readonly lumps: boolean;
}

/** No series is kept. */
export const nobody = (): boolean => false;

export interface ComponentRun {
    readonly world: World;
    readonly recorder: Recorder | undefined;
    readonly cutAt: number | undefined;
}

export function runComponent(component: Component): ComponentRun | 'stopped' {
    const { index, scenario, elements, log, options, visits } = component;
    const mark = log.mark();
    const apart = new ToldApart(component.cuts);
    const isRecorded = options.isRecorded !== nobody && elements.some(options.isRecorded);
    for (;;) {
        const recorder = isRecorded ? new Recorder(options.isRecorded) : undefined;
        const world = begin(component, apart.cuts, isRecorded);
        if (world === 'stopped') return 'stopped';
        const outcome = runGroup(world, { scenario, recorder });
        if (outcome.kind === 'stopped') return 'stopped';
        if (outcome.kind !== 'split') return { world, recorder, cutAt: outcome.kind === 'cut' ? outcome.at : undefined };
        const canGoOn = apart.tell(index, world, outcome.splits) && visits.canAfford(cohortSize(index, elements, apart.cuts) * looksToCreate);
        // To go on would take a guess at who dies.
        if (!canGoOn) return { world, recorder, cutAt: cutRun(world).at };
        log.forgetSince(mark);
    }
}

function begin({ index, scenario, elements, log, options, visits, arena, timers }: Component, cuts: Cuts, isRecorded: boolean): World | 'stopped' {
    arena.reset();
    timers.clear();
    // Who reads what was recorded asks of whom it was.
    const cohort = cohortOf(index, elements, cuts, isRecorded ? separateColumns : arena);
    const world = createWorld(index, cohort, { log, duration: durationOf(scenario), lumps: options.lumps && !isRecorded, columns: arena, timers, visits });
    return stopsAfter(world, world.size * looksToCreate) ? 'stopped' : world;
}
