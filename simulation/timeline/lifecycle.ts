/**
 * How members come up and go down.
 *
 * What starts waits for its carrier and for all that it comes `after`; what it carries starts once it is ready. What a step stopped or failed stays so until a step
 * says otherwise, and so does what it took along. A container ends with its first process (PID 1), and a container or VM that was killed, or ended, starts again as its
 * `restart` says: after 100 ms, doubling to a minute; ten seconds up make it 100 ms again (Docker's rule).
 */
import { innerBootStep, outerBootStep } from '../lifecycle/boot-steps.ts';
import { at, none } from '../model/columns.ts';
import type { Element, RestartPolicy } from '../model/topology.ts';
import { endProcess, startProcess } from './phases.ts';
import { booting, failed, finished, killed, migrating, running, stopped } from './state-numbers.ts';
import { bootTimer, failoverTimer, restartTimer } from './timer-kinds.ts';
import { stopsAfter, type World } from './world.ts';

/** Docker's delays before a restart, in seconds. Source: `docker run --restart`, docs.docker.com. */
const firstDelay = 0.1;
const longestDelay = 60;
const steadyAfter = 10;
/** What a start costs, in looks at a member. */
const looksToStart = 10;
/** How long it takes to notice that a host is gone, in seconds: model.md §4. */
const detection = 30;

export function isUp(world: World, member: number): boolean {
    const state = at(world.state, member);
    return state === running || state === booting || state === migrating;
}

const isReady = (world: World, member: number): boolean => {
    const state = at(world.state, member);
    return state === running || state === migrating;
};

/** Switches all hosts on. */
export function switchOn(world: World): void {
    for (const [member, element] of world.elements.entries()) {
        if ((element.kind === 'vm' || element.kind === 'container' || element.kind === 'process') && !element.autostart) world.isHeld[member] = 1;
    }
    for (const [member, element] of world.elements.entries()) if (element.kind === 'host') tryStart(world, member);
}

/** Starts a member unless something it needs is not there; it will be tried again when that is. */
export function tryStart(world: World, member: number): void {
    const carrier = at(world.carrier, member);
    if (isUp(world, member) || at(world.isHeld, member) === 1 || at(world.isFailed, member) === 1 || at(world.cohort.count, member) === 0) return;
    if (carrier !== none && !isReady(world, carrier)) return;
    if (stopsAfter(world, looksToStart)) return;
    if (world.waitsFor.get(member)?.some((other) => Number.isNaN(at(world.readyAt, other))) === true) return;
    world.stamp[member] = at(world.stamp, member) + 1;
    world.bootStep[member] = 0;
    world.state[member] = booting;
    world.memory.isOutdated = true;
    goOnBooting(world, member, 'silent');
}

/** Latency, work, inner latency, inner work: each that takes time is waited for. */
export function goOnBooting(world: World, member: number, before: 'silent' | 'said' = 'said'): void {
    const kind = world.elements[member]?.kind;
    // Most members have no boot at all.
    const last = kind === 'host' || kind === 'vm' ? 4 : kind === 'engine' || kind === 'hypervisor' || kind === 'container' ? 2 : 0;
    for (let step = at(world.bootStep, member); step < last; step++) {
        const { latency, work } = step < 2 ? outerBootStep(world.view, member) : innerBootStep(world.view, member);
        const takes = step % 2 === 0 ? latency : work;
        if (takes <= 0) continue;
        if (before === 'silent') world.log.event(world.now, 'booting', member);
        world.bootStep[member] = step + 1;
        if (step % 2 === 0) {
            world.timers.put(world.now + takes, bootTimer, member, at(world.stamp, member));
        } else {
            const nodes = step < 2 ? world.cpu.bootNodes : world.cpu.innerBootNodes;
            world.cpu.beginBoot(member, at(nodes, member), takes, world.now);
        }
        return;
    }
    becomeReady(world, member);
}

function becomeReady(world: World, member: number): void {
    const { now } = world;
    const element = world.elements[member];
    world.state[member] = running;
    world.upSince[member] = now;
    world.memory.isOutdated = true;
    if (Number.isNaN(at(world.readyAt, member))) world.readyAt[member] = now;
    if (!Number.isNaN(at(world.downSince, member))) {
        world.downtime[member] = at(world.downtime, member) + now - at(world.downSince, member);
        world.downSince[member] = Number.NaN;
    }
    if (hasLifecycle(element)) world.log.event(now, 'ready', member);
    if (element?.kind === 'process') startProcess(world, member);
    else startCarried(world, member);
    for (const waiter of world.waiters.get(member) ?? []) tryStart(world, waiter);
}

function startCarried(world: World, member: number): void {
    const { start, items } = world.view.carried;
    for (let slot = at(start, member); slot < at(start, member + 1); slot++) tryStart(world, at(items, slot));
}

/** Control groups and devices come and go with what carries them, and nobody asks when. */
export const hasLifecycle = (element: Element | undefined): boolean =>
    element !== undefined && element.kind !== 'slice' && element.kind !== 'pod' && element.kind !== 'disk' && element.kind !== 'nic';

export type Ending = 'failed' | 'stopped' | 'killed' | 'finished';
const endings = { failed, stopped, killed, finished } as const;

/** Takes a member down, and all that it carries first. */
export function takeDown(world: World, member: number, ending: Ending): void {
    const element = world.elements[member];
    const livesOn = element?.kind === 'engine' && ending === 'failed' && !needsDaemon(world, element.type) ? 'container' : undefined;
    takeDownTree(world, member, ending, livesOn);
}

function takeDownTree(world: World, member: number, ending: Ending, livesOn: Element['kind'] | undefined): void {
    // A machine that dies takes its guests' processes along; they were not the kernel's choice.
    const below: Ending = ending === 'finished' ? 'stopped' : ending;
    const { start, items } = world.view.carried;
    for (let slot = at(start, member); slot < at(start, member + 1); slot++) {
        const child = at(items, slot);
        if (livesOn === undefined || world.elements[child]?.kind !== livesOn) takeDownTree(world, child, below, undefined);
    }
    if (!isUp(world, member)) return;
    const element = world.elements[member];
    world.stamp[member] = at(world.stamp, member) + 1;
    if (element?.kind === 'process') endProcess(world, member);
    else world.cpu.endBoot(member, world.now);
    world.migrations.delete(member);
    world.cpu.setPaused(member, false);
    world.state[member] = endings[ending];
    world.memory.isLighter = true;
    if ((ending === 'failed' || ending === 'killed') && Number.isNaN(at(world.downSince, member))) world.downSince[member] = world.now;
    // A member that is down anew has touched nothing.
    world.memory.touched[member] = 0;
    if (hasLifecycle(element)) world.log.event(world.now, ending === 'failed' ? 'failed' : ending === 'finished' ? 'finished' : 'stopped', member);
}

const needsDaemon = (world: World, type: string): boolean => world.index.topology.definitions.engineTypes.get(type)?.daemon ?? true;

/** Ends the containers whose first processes have finished. */
export function settleEnded(world: World): void {
    // Whoever ends by this is not the first to end, so that nothing is added meanwhile.
    for (const process of world.ended) processEnded(world, process, 'finished');
    world.ended.length = 0;
}

/** A process has come to its end, or was killed: its container may end with it. */
export function processEnded(world: World, process: number, ending: 'killed' | 'finished'): void {
    const container = at(world.carrier, process);
    const element = world.elements[container];
    if (element?.kind !== 'container' || !isUp(world, container) || !isFirstProcess(world, process)) return;
    takeDown(world, container, ending);
    if (ending === 'finished') world.finishedAt[container] = world.now;
    scheduleRestart(world, container, element.restart, ending);
}

/** Whether a member is, or begins with, the process that its container ends with. */
export function isFirstProcess(world: World, member: number): boolean {
    const container = world.elements[at(world.carrier, member)];
    return container?.kind === 'container' && container.children[0] === world.elements[member]?.id && at(world.cohort.first, member) === 1;
}

export function scheduleRestart(world: World, member: number, policy: RestartPolicy, ending: 'killed' | 'finished'): void {
    if (policy === 'no' || (policy === 'on-failure' && ending === 'finished')) return;
    const wasSteady = world.now - at(world.upSince, member) >= steadyAfter;
    const last = at(world.backOff, member);
    const delay = wasSteady || last === 0 ? firstDelay : Math.min(last * 2, longestDelay);
    world.backOff[member] = delay;
    world.timers.put(world.now + delay, restartTimer, member, at(world.stamp, member));
}

export function restart(world: World, member: number): void {
    const carrier = at(world.carrier, member);
    if (carrier !== none && !isReady(world, carrier)) return;
    world.restarts[member] = at(world.restarts, member) + 1;
    world.log.event(world.now, 'restarted', member);
    tryStart(world, member);
}

/** Plans where the VMs of a lost host restart, once its loss is noticed. */
export function scheduleFailover(world: World, host: number): void {
    world.timers.put(world.now + detection, failoverTimer, host, at(world.stamp, host));
}
